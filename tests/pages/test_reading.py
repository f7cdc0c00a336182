"""How a file was read stands on the card, and can be corrected and answered there."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Code

from lstm_core.data.series.dataset import Dataset
from lstm_core.runs.stores.store import Store
from lstm_core.spec import ExperimentSpec, read_setting
from lstm_core.spec.reading import ReadingPlan
from pages._ui.data.kinds.series.reading.items.all import ITEMS
from tests.pages.tables import SALES, make_days, make_wave, to_csv
from tests.pages.visiting import assert_refused, find, get_draft, has_button, read_texts, upload
from tests.pages.workbooks import make_workbook

HOSTILE = "<b>*x*</b> [a](http://b.c)"
TABLE = to_csv({"day": make_days(), "units": make_wave(level=104)})
TWO_WAY = "\n".join(["date,units", *(f"{n:02d}/01/2023,{20 + n % 5}" for n in range(1, 13))])
SALES_OF_DAYS = [1000 + 100 * math.sin(number) for number in range(60)]
GERMAN = "\n".join(
    ["Datum;Umsatz"]
    + [
        f"{day:%d.%m.%Y};" + f"{sold:.3f}".replace(".", ",")
        for day, sold in zip(pd.date_range("2024-01-01", periods=60), SALES_OF_DAYS, strict=True)
    ]
)
QUESTION = "card.ask.data.reading.date_order"


def list_code(app: AppTest) -> list[Code]:
    """Return what is shown as it stands in the file; the card's address is not."""
    return [each for each in app.code if "data?draft=" not in each.value]


def test_a_question_is_answered_with_one_click(store: Store) -> None:
    app = upload(TWO_WAY.encode())
    texts = read_texts(app)
    assert any(text.startswith(":material/help: **Is 02/01/2023 in") for text in texts)
    assert any(text.startswith("Assumed until you say: 1 February 2023") for text in texts)
    assert has_button(app, "data.train")
    app.button(key=f"{QUESTION}.1").click().run()
    assert not app.exception
    assert get_draft(app).spec.data.reading == ReadingPlan(date_order="day")
    assert not has_button(app, f"{QUESTION}.1")
    assert find(app, "button_group", "reading.date_order").value == "day"
    app.button(key="data.train").click().run()
    dataset = store.collections.get_as(store.runs.list_newest()[0].dataset_id, Dataset)
    assert dataset.frequency.alias == "D"


def test_an_answer_can_be_changed_and_taken_back() -> None:
    app = upload(TWO_WAY.encode())
    app.button(key=f"{QUESTION}.1").click().run()
    find(app, "button_group", "reading.date_order").set_value("month").run()
    assert get_draft(app).spec.data.reading.date_order == "month"
    app.button(key="reading.date_order.found").click().run()
    assert get_draft(app).spec.data.reading == ReadingPlan()
    assert has_button(app, f"{QUESTION}.0")


def test_no_the_comma_stands_between_thousands(store: Store) -> None:
    app = upload(GERMAN.encode(), "umsatz.csv")
    assert find(app, "button_group", "reading.decimal").value == ","
    find(app, "button_group", "reading.decimal").set_value(".").run()
    assert get_draft(app).spec.data.reading == ReadingPlan(decimal=".")
    find(app, "button_group", "reading.decimal").set_value(",").run()
    assert get_draft(app).spec.data.reading == ReadingPlan(decimal=",")
    app.button(key="data.train").click().run()
    dataset = store.collections.get_as(store.runs.list_newest()[0].dataset_id, Dataset)
    assert dataset.frame["Umsatz"].iloc[:2].tolist() == pytest.approx(SALES_OF_DAYS[:2], abs=1e-3)


def test_another_sheet_is_chosen() -> None:
    def make_rows(name: str, count: int) -> list[list[str | float]]:
        rows: list[list[str | float]] = [["day", name]]
        for day, value in zip(make_days(count), make_wave(count), strict=True):
            rows.append([day, value])
        return rows

    app = upload(make_workbook({HOSTILE: make_rows("units", 50), "B": make_rows("costs", 40)}))
    assert any("Daily, 50 rows" in text.replace("\\", "") for text in read_texts(app))
    find(app, "selectbox", "reading.member").set_value("B").run()
    assert get_draft(app).spec.data.reading == ReadingPlan(member="B")
    assert any("Predicting **costs**" in text for text in read_texts(app))


@pytest.mark.parametrize(
    ("kind", "name", "said", "kept"),
    [
        pytest.param(*("selectbox", "encoding", "cp1250", "cp1250"), marks=pytest.mark.slow),
        ("selectbox", "zone", "Europe/Berlin", "Europe/Berlin"),
        pytest.param(
            *("selectbox", "time_form", "year_month_day", "year_month_day"), marks=pytest.mark.slow
        ),
        pytest.param(*("multiselect", "keys", ["units"], ("units",)), marks=pytest.mark.slow),
        ("multiselect", "times", ["day", "units"], ("day", "units")),
        pytest.param(
            *("multiselect", "missing", ["-9999", "n/a"], ("-9999", "n/a")), marks=pytest.mark.slow
        ),
        pytest.param(*("number_input", "header_rows", 2, 2), marks=pytest.mark.slow),
        ("number_input", "skip_top", 3, 3),
        ("text_input", "comment", "#", "#"),
        pytest.param(*("button_group", "repeats", "sum", "sum"), marks=pytest.mark.slow),
        ("button_group", "separator", ";", ";"),
        pytest.param(*("button_group", "thousands", "'", "'"), marks=pytest.mark.slow),
        ("button_group", "layout", "wide", "wide"),
    ],
)
def test_each_kind_of_item_goes_into_the_draft(kind: str, name: str, said: Any, kept: Any) -> None:
    app = upload(TABLE)
    find(app, kind, f"reading.{name}").set_value(said).run()
    assert not app.exception
    assert getattr(get_draft(app).spec.data.reading, name) == kept
    app.button(key=f"reading.{name}.found").click().run()
    assert get_draft(app).spec.data.reading == ReadingPlan()


def test_rows_are_said_to_be_one_series() -> None:
    app = upload(TABLE)
    find(app, "multiselect", "reading.keys").set_value(["units"]).run()
    find(app, "multiselect", "reading.keys").set_value([]).run()
    assert get_draft(app).spec.data.reading == ReadingPlan(keys=())


def test_keys_that_were_named_among_the_columns_give_way_to_the_chip() -> None:
    shops = {"day": make_days() * 2, "shop": ["a"] * 120 + ["b"] * 120}
    values = make_wave() + make_wave(level=20)
    app = upload(to_csv({**shops, "units": values, "kind": ["x", "y"] * 120}))
    app.selectbox(key="columns.fill").set_value("previous").run()
    assert get_draft(app).spec.data.series == "shop"
    find(app, "multiselect", "reading.keys").set_value(["shop", "kind"]).run()
    data = get_draft(app).spec.data
    assert (data.series, data.reading.keys) == (None, ("shop", "kind"))


def test_with_other_rows_columns_are_chosen_anew() -> None:
    app = upload(SALES)
    app.multiselect(key="columns.targets").set_value(["visitors"]).run()
    find(app, "button_group", "reading.thousands").set_value("'").run()
    assert get_draft(app).spec.data.targets == ("visitors",)
    find(app, "number_input", "reading.skip_top").set_value(1).run()
    assert get_draft(app).spec.data.targets == ()
    assert get_draft(app).spec.data.reading.thousands == "'"


def test_a_changed_column_says_nothing_of_how_the_file_is_read() -> None:
    app = upload(SALES)
    app.multiselect(key="columns.targets").set_value(["visitors"]).run()
    assert get_draft(app).spec.data.reading == ReadingPlan()


def test_the_lines_the_rows_and_what_was_set_aside_stand_side_by_side() -> None:
    lines = TABLE.decode().splitlines()
    lines.insert(60, HOSTILE)
    app = upload("\n".join(lines).encode())
    (raw,) = list_code(app)
    assert raw.value.splitlines() == lines[:50]
    assert raw.language in ("", "plaintext", None)
    parsed, aside, _ = app.dataframe
    assert parsed.value["units"].tolist() == make_wave(level=104)[:50]
    (set_aside,) = aside.value.to_numpy().tolist()
    assert (set_aside[0], set_aside[2]) == (61, HOSTILE)
    assert any("1 row does not fit the table and was set aside" in text for text in read_texts(app))
    assert not any("<b>" in text for text in read_texts(app))


def test_what_is_too_short_to_be_learnt_from_can_be_corrected_all_the_same() -> None:
    app = upload(b"date,value\n03/04/2024,1.000\n04/04/2024,2.000\n05/04/2024,3.000\n")
    assert "too few rows" in assert_refused(app)
    assert any(text.startswith(":material/help:") for text in read_texts(app))
    assert len(list_code(app)) == 1
    find(app, "button_group", "reading.decimal").set_value(",").run()
    assert get_draft(app).spec.data.reading.decimal == ","


def test_a_file_that_is_read_as_no_table_still_shows_its_lines() -> None:
    app = upload(f"Report {HOSTILE}\n".encode())
    assert_refused(app)
    (raw,) = app.code
    assert raw.value.splitlines()[0] == f"Report {HOSTILE}"
    find(app, "number_input", "reading.header_rows").set_value(0).run()
    assert not app.exception
    assert get_draft(app).spec.data.reading.header_rows == 0


@pytest.mark.parametrize("name", ITEMS)
def test_every_item_is_one_of_the_plan_and_has_words_for_its_values(name: str) -> None:
    item = ITEMS[name]
    for value in (*item.values, *item.usual):
        spec = ExperimentSpec().with_values({item.setting: value})
        assert item.say(read_setting(spec, item.setting))


@pytest.mark.parametrize("name", ITEMS)
def test_values_are_told_apart_by_their_words(name: str) -> None:
    words = list(ITEMS[name].values.values())  # a browser sends nothing else
    assert len(set(words)) == len(words)


def test_a_page_that_is_drawn_again_says_nothing() -> None:
    app = upload(
        (
            "day\tunits\n"
            + "".join(
                f"{day}\t{value}\n" for day, value in zip(make_days(), make_wave(), strict=True)
            )
        ).encode("utf-16")
    )
    app.run()
    assert get_draft(app).spec.data.reading == ReadingPlan()


def test_every_item_of_the_plan_has_a_chip_or_stands_in_the_table_of_columns() -> None:
    of_plan = {name for name, item in ITEMS.items() if not item.path}
    assert set(ReadingPlan.model_fields) == {*of_plan, "types"}


def test_the_spacing_can_be_said_and_taken_back() -> None:
    app = upload(TABLE)
    find(app, "selectbox", "reading.frequency").set_value("W-MON").run()
    assert get_draft(app).spec.data.frequency == "W-MON"
    app.button(key="reading.frequency.found").click().run()
    assert get_draft(app).spec.data.frequency is None


def test_each_remark_stands_in_one_place() -> None:
    rows = [f"{day:%d.%m.%Y};" + f"{sold:.1f}".replace(".", ",") for day, sold in _list_sales()]
    rows[4] = rows[4].partition(";")[0] + ";defekt"
    app = upload("\n".join(["Tag;Verkauf", *rows[:9], "kaputt", *rows[9:]]).encode())
    texts = [text.replace("\\", "") for text in read_texts(app)]
    for words in (
        "separated by semicolons",
        "decimal comma in",
        '"defekt" was read',
        "set aside (line",
    ):
        assert len([text for text in texts if words in text]) == 1, words
    assert any(text.endswith('1 cell of "Verkauf" (line 6).') for text in texts)


def _list_sales() -> list[tuple[pd.Timestamp, float]]:
    return list(zip(pd.date_range("2024-01-01", periods=60), SALES_OF_DAYS, strict=True))
