"""How a file was read stands on the card, and can be corrected and answered there."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from lstm_core.data import loading
from lstm_core.data.reading.table import Rows, SourceTable
from lstm_core.data.reading.telling import Choice, Question, Remark, SetAside
from lstm_core.spec.reading import ReadingPlan
from pages._ui.data.kinds.series.reading.items import ITEMS
from tests.pages.tables import SALES, make_days, make_wave, to_csv
from tests.pages.visiting import find, get_draft, has_button, read_texts, upload

HOSTILE = "<b>*x*</b> [a](http://b.c)"


class Reader:
    """Reads as the real one does, and tells and asks more than a plain table gives rise to."""

    def __init__(self) -> None:
        self.plans: list[ReadingPlan] = []
        self._read = loading.read_table

    def __call__(self, content: bytes, name: str, plan: ReadingPlan, **options: Any) -> SourceTable:
        self.plans.append(plan)
        table = self._read(content, name, plan, **options)
        found = plan.fill(
            separator=",",
            encoding="utf-8",
            decimal=",",
            header_rows=1,
            skip_top=0,
            missing=("n/a",),
        )
        lines = content.decode().splitlines()[:50]
        aside = (SetAside(3, HOSTILE, "1 cell instead of 3"),)
        rows = Rows(
            pd.DataFrame(), np.empty(0, np.int64), found, tuple(lines), ("Sales", HOSTILE), aside, 1
        )
        asked = Question(
            "data.reading.date_order",
            "Does the day or the month come first?",
            (Choice("day", "The day", "3 April"), Choice("month", "The month", "March 4")),
        )
        questions = () if plan.date_order else (asked,)
        remarks = (*table.remarks, Remark("words", f"{HOSTILE} is missing.", (3, 7)))
        frame = table.frame.assign(day=pd.to_datetime(table.frame["day"]))
        return replace(
            table, frame=frame, plan=found, rows=rows, questions=questions, remarks=remarks
        )


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Reader:
    reader = Reader()
    monkeypatch.setattr(loading, "read_table", reader)
    return reader


def make_table(level: float) -> bytes:
    """Each test has a file of its own: what was read is kept for all sessions."""
    return to_csv({"day": make_days(), "units": make_wave(level=level)})


def test_a_question_is_answered_with_one_click(reader: Reader) -> None:
    app = upload(make_table(101))
    assert any("Does the day or the month come first?" in text for text in read_texts(app))
    assert "Assumed until you say: 3 April" in read_texts(app)
    assert has_button(app, "data.train")
    app.button(key="card.ask.data.reading.date_order.1").click().run()
    assert not app.exception
    assert get_draft(app).spec.data.reading == ReadingPlan(date_order="month")
    assert reader.plans[-1] == ReadingPlan(date_order="month")
    assert not has_button(app, "card.ask.data.reading.date_order.1")
    assert find(app, "button_group", "reading.date_order").value == "month"


def test_an_answer_can_be_changed_and_taken_back(reader: Reader) -> None:
    app = upload(make_table(102))
    app.button(key="card.ask.data.reading.date_order.1").click().run()
    find(app, "button_group", "reading.date_order").set_value("day").run()
    assert get_draft(app).spec.data.reading.date_order == "day"
    app.button(key="reading.date_order.found").click().run()
    assert get_draft(app).spec.data.reading == ReadingPlan()
    assert has_button(app, "card.ask.data.reading.date_order.0")


def test_no_the_point_is_the_decimal(reader: Reader) -> None:
    app = upload(make_table(103))
    assert find(app, "button_group", "reading.decimal").value == ","
    find(app, "button_group", "reading.decimal").set_value(".").run()
    assert get_draft(app).spec.data.reading == ReadingPlan(decimal=".")
    assert reader.plans[-1].decimal == "."
    find(app, "button_group", "reading.decimal").set_value(",").run()
    assert get_draft(app).spec.data.reading == ReadingPlan(decimal=",")


@pytest.mark.parametrize(
    ("kind", "name", "said", "kept"),
    [
        ("selectbox", "member", HOSTILE, HOSTILE),
        ("selectbox", "encoding", "cp1250", "cp1250"),
        ("selectbox", "zone", "Europe/Berlin", "Europe/Berlin"),
        ("multiselect", "keys", ["units"], ("units",)),
        ("multiselect", "missing", ["n/a", "-9999"], ("n/a", "-9999")),
        ("multiselect", "missing", [], ()),
        ("multiselect", "times", ["day", "units"], ("day", "units")),
        ("number_input", "header_rows", 2, 2),
        ("number_input", "skip_top", 3, 3),
        ("text_input", "comment", "#", "#"),
        ("button_group", "repeats", "sum", "sum"),
        ("button_group", "separator", ";", ";"),
        ("button_group", "thousands", "", ""),
    ],
)
def test_each_kind_of_item_goes_into_the_draft(
    kind: str, name: str, said: Any, kept: Any, reader: Reader
) -> None:
    app = upload(make_table(104))
    find(app, kind, f"reading.{name}").set_value(said).run()
    assert not app.exception
    assert getattr(get_draft(app).spec.data.reading, name) == kept


def test_rows_are_said_to_be_one_series(reader: Reader) -> None:
    app = upload(make_table(106))
    find(app, "multiselect", "reading.keys").set_value(["units"]).run()
    find(app, "multiselect", "reading.keys").set_value([]).run()
    assert get_draft(app).spec.data.reading == ReadingPlan(keys=())


def test_with_other_rows_columns_are_chosen_anew(reader: Reader) -> None:
    app = upload(SALES)
    app.multiselect(key="columns.targets").set_value(["visitors"]).run()
    find(app, "button_group", "reading.decimal").set_value(".").run()
    assert get_draft(app).spec.data.targets == ("visitors",)
    find(app, "number_input", "reading.skip_top").set_value(1).run()
    assert get_draft(app).spec.data.targets == ()
    assert get_draft(app).spec.data.reading.decimal == "."


def test_the_lines_the_rows_and_what_was_set_aside_stand_side_by_side(reader: Reader) -> None:
    content = make_table(105)
    app = upload(content)
    (raw,) = app.code
    assert raw.value.splitlines() == content.decode().splitlines()[:50]
    assert raw.language in ("", "plaintext", None)
    parsed, aside, _ = app.dataframe
    assert parsed.value["units"].tolist() == make_wave(level=105)[:50]
    assert aside.value.to_numpy().tolist() == [[3, "1 cell instead of 3", HOSTILE]]
    texts = read_texts(app)
    assert any("1 row does not fit the table and was set aside" in text for text in texts)
    said = next(text for text in texts if text.endswith("(lines 3, 7)"))
    assert HOSTILE in said.replace("\\", "").replace("\u2060", "")
    assert "<b>" not in said


def test_a_file_that_is_read_as_no_table_still_shows_its_lines() -> None:
    content = f"Report {HOSTILE}\n\nnothing to see\n".encode()
    app = upload(content)
    assert app.error
    (raw,) = app.code
    assert raw.value.splitlines() == content.decode().splitlines()
    find(app, "number_input", "reading.skip_top").set_value(1).run()
    assert not app.exception
    assert get_draft(app).spec.data.reading.skip_top == 1


@pytest.mark.parametrize("name", ITEMS)
def test_every_item_is_one_of_the_plan_and_has_words_for_its_values(name: str) -> None:
    item = ITEMS[name]
    assert name in ReadingPlan.model_fields
    for value in (*item.values, *item.usual):
        plan = ReadingPlan.model_validate({name: value})
        assert item.say(getattr(plan, name))
