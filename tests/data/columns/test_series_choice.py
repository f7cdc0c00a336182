"""Several series in one table: what tells them apart, and when that is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import pytest

from lstm_core.data.columns.roles import RoleChoice, choose_roles
from lstm_core.data.reading.read import read_table
from lstm_core.data.reading.table import SourceTable
from lstm_core.data.series.building.building import build_dataset
from lstm_core.errors import DataError
from lstm_core.spec import SeriesDataSpec
from lstm_core.spec.reading import ReadingPlan
from tests.data.tables import make_table

NUM_DAYS = 30
DAYS = pd.date_range("2024-01-01", periods=NUM_DAYS)
RNG = np.random.default_rng(5)

Columns = Mapping[str, Sequence[Any] | pd.Index]


def choose(columns: Columns, **spec: Any) -> RoleChoice:
    return choose_roles(make_table(columns), SeriesDataSpec(source="csv", name="t", **spec))


def interleave(*names: str) -> dict[str, list[Any]]:
    """Rows of all series for each day, in turn."""
    return {
        "date": [day for day in DAYS for _ in names],
        "who": [name for _ in DAYS for name in names],
        "value": RNG.normal(50, 5, NUM_DAYS * len(names)).tolist(),
    }


def test_two_columns_together_name_series_and_the_plan_says_so() -> None:
    rows = [(day, store, item) for day in DAYS for store in (1, 2) for item in (1, 2, 3)]
    columns = {
        "date": [row[0] for row in rows],
        "store": [row[1] for row in rows],
        "item": [row[2] for row in rows],
        "sales": RNG.poisson(20, len(rows)),
    }
    choice = choose(columns, targets=("sales",))
    assert choice.spec.series is not None
    assert sorted(choice.spec.reading.keys or ()) == ["item", "store"]
    assert choice.questions == ()
    told = choose(columns, targets=("sales",), reading={"keys": ["store", "item"]})
    assert (told.spec.series, told.spec.reading.keys) == ("store / item", ("store", "item"))


def test_several_rows_at_a_time_may_be_told_to_be_one_series() -> None:
    choice = choose(interleave("a", "b"), reading={"keys": []})
    assert choice.spec.series is None
    assert [question.item for question in choice.questions] == ["data.reading.repeats"]


def test_keys_that_are_not_there_are_refused_by_name() -> None:
    with pytest.raises(DataError, match='no column "shop"'):
        choose(interleave("a", "b"), reading={"keys": ["shop"]})


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("time", ["00:00", "08:00", "16:00"]),
        ("Hours", ["00 - 08", "08 - 16", "16 - 24"]),
        ("Monat", ["Januar", "März", "Mai"]),
        ("day", ["Mon", "Tue", "Wed"]),
    ],
)
def test_parts_of_a_time_are_no_series(name: str, parts: list[str]) -> None:
    columns = {
        "date": [day for day in DAYS for _ in parts],
        name: [part for _ in DAYS for part in parts],
        "value": range(NUM_DAYS * len(parts)),
    }
    assert choose(columns).spec.series is None


def test_sensors_that_take_turns_are_asked_about() -> None:
    num_rows = 60
    times = pd.date_range("2024-01-01", periods=num_rows, freq="17min")
    columns = {
        "last_changed": times,
        "entity_id": [f"sensor.{'ab'[row % 2]}" for row in range(num_rows)],
        "state": RNG.normal(20, 1, num_rows),
    }
    choice = choose(columns)
    assert choice.spec.series == "entity_id"
    (question,) = choice.questions
    assert question.item == "data.reading.keys"
    assert [each.value for each in question.choices] == [["entity_id"], []]
    assert '"sensor.a" with 30 rows' in question.choices[0].gives
    columns["entity_id"] = ["sensor.a"] * 30 + ["sensor.b"] * 30
    assert choose(columns).questions == ()  # one took the other's place


def test_attributes_of_what_happens_are_asked_about() -> None:
    """Each kind of purchase stands there once a day at most, and at few days at all."""
    kinds = [f"kind {number}" for number in range(15)]
    rows = [(day, kind) for day in DAYS for kind in RNG.choice(kinds, 4, replace=False)]
    columns = {
        "Date": [row[0] for row in rows],
        "Description": [row[1] for row in rows],
        "Amount": RNG.normal(50, 5, len(rows)).round(2),
    }
    choice = choose(columns)
    asked = {question.item: question for question in choice.questions}
    assert list(asked) == ["data.reading.keys", "data.reading.repeats"]
    assert [each.value for each in asked["data.reading.keys"].choices] == [[], ["Description"]]
    assert choice.spec.reading.repeats == "sum"


def test_zeros_of_names_stay() -> None:
    frame = pd.DataFrame(interleave("007", "07"))
    spelt = frame["who"]
    frame["who"] = frame["who"].astype(int)
    frame.loc[frame.index % 2 == 0, "who"] = 7
    table = SourceTable(frame.assign(who=[7, 8] * NUM_DAYS), "t", spelt={"who": spelt})
    choice = choose_roles(table, SeriesDataSpec(source="csv", name="t"))
    assert choice.spec.series == "who"


def test_it_is_found_quickly_in_many_rows() -> None:
    num_series, num_times = 500, 400
    rows = num_series * num_times
    columns: dict[str, Any] = {
        "date": np.repeat(pd.date_range("2020-01-01", periods=num_times), num_series),
        "a": np.tile(np.arange(num_series) % 25, num_times),
        "b": np.tile(np.arange(num_series) // 25, num_times),
    }
    columns |= {f"x{n}": RNG.integers(0, 9, rows) for n in range(6)}
    columns["y"] = RNG.normal(size=rows)
    choice = choose(columns, targets=("y",))
    assert sorted(choice.spec.reading.keys or ()) == ["a", "b"]


def test_measured_numbers_tell_no_series_apart() -> None:
    columns = {
        "date": np.repeat(DAYS, 2),
        "systolic": RNG.permutation(np.arange(2 * NUM_DAYS) % 29) + 110,
        "pulse": RNG.normal(60, 3, 2 * NUM_DAYS),
    }
    choice = choose(columns, targets=("pulse",))
    assert choice.spec.series is None
    assert [question.item for question in choice.questions] == ["data.reading.repeats"]


def test_customers_have_no_series_of_their_own() -> None:
    number = NUM_DAYS * 5
    columns = {
        "order_date": np.repeat(DAYS, 5),
        "customer": np.concatenate([RNG.choice(list("abcdefghijkl"), 5, False) for _ in DAYS]),
        "total": RNG.normal(50, 5, number),
    }
    choice = choose(columns)
    assert choice.spec.series is None
    assert [each.value for each in choice.questions[0].choices] == [[], ["customer"]]
    assert any("differing between rows of one time" in note for note in choice.notes)


def test_names_of_keys_may_hold_what_joins_them() -> None:
    columns = interleave("a", "b")
    columns["shop / till"] = columns.pop("who")
    columns["part"] = ["x"] * len(columns["date"])
    choice = choose(columns, reading={"keys": ["part", "shop / till"]})
    assert choice.spec.series == "part / shop / till"
    assert choice.spec.reading.keys == ("part", "shop / till")


@pytest.mark.parametrize("is_stacked", [False, True])
def test_rows_that_nothing_tells_apart_can_be_told_apart_by_their_order(is_stacked: bool) -> None:
    rows = [(day, place) for day in DAYS for place in range(3)]
    rows.sort(key=lambda row: row[1] if is_stacked else row[0])
    lines = [f"{day:%Y-%m-%d},{100 * place + day.day}" for day, place in rows]
    content = "\n".join(["date,value", *lines]).encode()
    spec = SeriesDataSpec(source="csv", name="t")
    asked = next(
        question
        for question in choose_roles(read_table(content, "t"), spec).questions
        if question.item == "data.reading.keys"
    )
    assert asked.choices[0].value == []
    plan = ReadingPlan(keys=asked.choices[1].value)
    dataset = build_dataset(
        read_table(content, "t", plan), spec.model_copy(update={"reading": plan})
    )
    assert dataset.frame.index.get_level_values("series").nunique() == 3
    assert dataset.frame["value"].to_numpy()[[0, NUM_DAYS, 2 * NUM_DAYS]].tolist() == [1, 101, 201]


def test_rows_that_come_as_things_happen_are_not_told_apart_by_order() -> None:
    days = [day for day in DAYS for _ in range(1 + day.day % 3)]
    choice = choose({"date": days, "value": RNG.normal(50, 5, len(days)).tolist()})
    assert [question.item for question in choice.questions] == ["data.reading.repeats"]
