"""What can't be used ends in a message that says what to do, and leaves no trace in the record."""

from __future__ import annotations

import random

import numpy as np
import pandas as pd
import pytest

from lstm_core.data.series.dataset import Dataset
from lstm_core.runs.stores.store import Store
from lstm_core.spec import ROW_ORDER
from tests.pages.tables import make_days, make_wave, to_csv
from tests.pages.visiting import assert_refused, get_draft, has_button, read_texts, upload
from tests.shares import share

DAYS = make_days()
WAVE = make_wave()
WORDS = ["red", "green", "blue"] * 40
BINARY = random.Random(7).randbytes(4_000)

REFUSED = {
    "empty": (b"", "is empty"),
    "header only": (b"day,value\n", "only a header"),
    "one row": (b"day,value\n2024-01-01,1\n", "only one row"),
    "binary": (b"PK\x03\x04" + BINARY, "damaged"),
    "no numeric column": (to_csv({"day": DAYS, "colour": WORDS}), "number"),
    "constant target": (to_csv({"day": DAYS, "value": [5] * 120}), "nothing to learn"),
    "infinite value": (to_csv({"day": DAYS, "value": [*WAVE[:-1], "inf"]}), "infinite"),
    "nothing but NaN": (to_csv({"day": DAYS, "value": ["NaN"] * 120}), "value"),
    "mostly NaN": (to_csv({"day": DAYS, "value": [1, *["NaN"] * 118, 2]}), "missing"),
    "too few rows": (to_csv({"day": DAYS[:8], "value": WAVE[:8]}), "at least"),
    "10 MB of one line": (b"x" * 10_000_000, "line"),
}


# Of what the reader, the dataset and the task refuse, one each.
@pytest.mark.parametrize(
    "name", share(REFUSED, ("empty", "binary", "constant target", "infinite value", "too few rows"))
)
def test_a_table_that_cannot_be_used_is_refused(name: str, store: Store) -> None:
    content, said = REFUSED[name]
    app = upload(content)
    message = assert_refused(app)
    assert said in message
    assert not has_button(app, "data.train")
    assert store.runs.list_newest() == []
    assert store.collections.list_newest() == []


def test_what_was_refused_for_its_columns_can_be_mended(store: Store) -> None:
    app = upload(to_csv({"day": DAYS, "colour": WORDS, "value": WAVE}))
    app.selectbox(key="columns.time").set_value("colour").run()
    assert "can't be read as times" in assert_refused(app)
    app.selectbox(key="columns.time").set_value(ROW_ORDER).run()
    assert not app.error
    app.button(key="data.train").click().run()
    assert store.runs.list_newest()[0].spec.data.time == ROW_ORDER


def test_what_can_be_read_all_the_same_is_told(store: Store) -> None:
    for content, said in (
        (to_csv({"colour": WORDS, "value": WAVE}), "order"),
        (to_csv({"day": DAYS, "value": [*WAVE[:-1], "n/a?"]}), "n/a?"),
    ):
        app = upload(content)
        assert not app.error
        told = [text.replace("\\", "") for text in read_texts(app)]
        assert any(text.startswith("•") and said in text for text in told), told
        assert has_button(app, "data.train")


def test_several_rows_at_one_time_are_asked_about(store: Store) -> None:
    app = upload(to_csv({"day": [day for day in DAYS[:60] for _ in "ab"], "value": WAVE}))
    assert not app.error
    assert has_button(app, "data.train")
    app.button(key="card.ask.data.reading.repeats.1").click().run()
    assert get_draft(app).spec.data.reading.repeats is not None
    assert not has_button(app, "card.ask.data.reading.repeats.1")


def test_times_without_a_spacing_are_asked_about(store: Store) -> None:
    minutes = np.random.default_rng(0).exponential(70, 200).cumsum()
    times = [f"{pd.Timestamp('2024-01-05') + pd.Timedelta(minutes=each):%Y-%m-%d %H:%M}"
             for each in minutes]  # fmt: skip
    values = np.random.default_rng(1).normal(20, 3, 200).round(2).tolist()
    app = upload(to_csv({"time": times, "degrees": values}))
    assert not app.error
    assert get_draft(app).spec.data.frequency is None
    app.button(key="card.ask.data.frequency.1").click().run()
    answered = get_draft(app).spec.data.frequency
    assert answered is not None
    assert not has_button(app, "card.ask.data.frequency.1")
    app.button(key="data.train").click().run()
    assert store.runs.list_newest()[0].spec.data.frequency == answered


def test_a_better_file_takes_the_place_of_a_refused_one(store: Store) -> None:
    app = upload(REFUSED["constant target"][0])
    upload(to_csv({"day": DAYS, "value": WAVE}), app=app)
    assert not app.error
    app.button(key="data.train").click().run()
    assert len(store.runs.list_newest()) == 1


def test_a_long_gap_costs_a_fold_and_refuses_nothing() -> None:
    app = upload(to_csv({"day": DAYS, "value": [*WAVE[:104], *[""] * 12, *WAVE[116:]]}))
    assert not app.error
    assert has_button(app, "data.train")
    said = "With more, one of them would hold no window with known values."
    assert any(said in text.replace("\\", "") for text in read_texts(app))


def test_series_that_are_too_short_are_left_out_by_name(store: Store) -> None:
    shops = ["long"] * 120 + ["longer"] * 120 + ["tiny"] * 5
    app = upload(
        to_csv({"day": DAYS * 2 + DAYS[:5], "shop": shops, "value": [*WAVE, *WAVE, *WAVE[:5]]})
    )
    assert not app.error
    assert any("left out: 1 series (tiny)" in text.replace("\\", "") for text in read_texts(app))
    assert has_button(app, "data.train")


def test_gaps_and_stray_duplicates_are_told_and_do_no_harm(store: Store) -> None:
    values = [*WAVE[:50], "NaN", "", *WAVE[52:]]
    app = upload(to_csv({"day": [*DAYS, DAYS[-1]], "value": [*values, WAVE[-1]]}))
    assert not app.error
    told = " ".join(read_texts(app)).replace("\\", "")
    assert "2 gaps" in told
    assert "duplicate" in told.lower() or "twice" in told.lower() or "same time" in told.lower()
    app.button(key="data.train").click().run()
    assert store.collections.get_as(
        store.runs.list_newest()[0].dataset_id, Dataset
    ).num_rows == len(DAYS)
