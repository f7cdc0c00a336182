"""Several rows of one series at one time: dropped, or asked about, and never averaged unasked."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from lstm_core.data.columns.repeats import rank_ways
from lstm_core.data.columns.roles import choose_roles
from lstm_core.data.items.reading.files import GivenFile
from lstm_core.data.reading.table import Rows, SourceTable
from lstm_core.data.series.bringing import bring_newer
from lstm_core.data.series.building.building import build_dataset
from lstm_core.data.series.dataset import Dataset
from lstm_core.data.series.storing import collection_from_bytes, collection_to_bytes
from lstm_core.spec import ExperimentSpec, SeriesDataSpec
from lstm_core.spec.reading import ReadingPlan
from lstm_core.tasks.forecasting.defaults import resolve_spec
from tests.data.tables import build, make_table

NAN = float("nan")
UNSTEADY = np.array([1, 3, 2, 1, 4])


def days(*numbers: int) -> pd.DatetimeIndex:
    return pd.to_datetime([f"2024-01-{number:02d}" for number in numbers])


SOLD = {"Date": days(5, 5, 6, 8, 8, 8), "Amount": [10.0, 20.0, 5.0, 1.0, NAN, 2.0]}


def ask(columns: dict[str, Any], **plan: Any) -> Any:
    spec = SeriesDataSpec(source="csv", name="t", reading=ReadingPlan(**plan))
    return choose_roles(make_table(columns), spec)


@pytest.mark.parametrize(
    ("way", "expected"),
    [
        ("sum", [30, 5, 0, 3]),
        ("mean", [15, 5, 3.25, 1.5]),
        ("first", [10, 5, 3, 1]),
        ("last", [20, 5, 3.5, 2]),
        ("count", [2, 1, 0, 2]),
    ],
)
def test_each_way(way: str, expected: list[float]) -> None:
    dataset = build(SOLD, reading={"repeats": way})
    assert dataset.frame["Amount"].tolist() == expected
    assert dataset.repeats == way
    assert ask(SOLD, repeats=way).questions == ()


def test_it_is_asked_with_what_each_gives() -> None:
    choice = ask(SOLD)
    (question,) = choice.questions
    assert question.item == "data.reading.repeats"
    assert [each.value for each in question.choices] == ["sum", "mean", "last", "count"]
    assert question.choices[0].gives == "2024-01-05: 10, 20 become 30"
    assert question.choices[1].gives == "2024-01-05: 10, 20 become 15"
    assert choice.spec.reading.repeats == "sum"
    assert "5 rows" in question.sentence


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Amount", "sum"), ("Umsatz", "sum"), ("units sold", "sum"), ("rainfall", "sum"),
        ("Temperature", "mean"), ("price", "mean"), ("humidity %", "mean"), ("bpm", "mean"),
        ("Balance", "last"), ("Kontostand", "last"), ("stock", "last"),
    ],
)  # fmt: skip
def test_the_likelier_way_comes_first(name: str, first: str) -> None:
    assert rank_ways(name, np.array([1.5, 2.5]), UNSTEADY)[0] == first


def test_without_a_telling_name_the_rows_tell() -> None:
    values = np.array([1.5, 2.5])
    assert rank_ways("x", values, UNSTEADY)[0] == "sum"
    assert rank_ways("x", values, np.array([2, 2, 2, 2]))[0] == "mean"
    assert rank_ways("x", -values, UNSTEADY)[0] == "mean"


def test_the_same_row_again_counts_once_and_is_told_by_line() -> None:
    columns = {"day": days(1, 2, 2, 3, 4, 5), "value": [1.0, 2.0, 2.0, 5.0, 3.0, 4.0]}
    frame = pd.DataFrame(columns)
    rows = Rows(pd.DataFrame(), np.arange(2, 8), ReadingPlan())
    table = SourceTable(frame, "t", rows=rows)
    choice = choose_roles(table, SeriesDataSpec(source="csv", name="t"))
    assert choice.questions == ()
    told = {remark.kind: remark.lines for remark in choice.remarks}
    assert told["duplicates"] == (4,)
    dataset = build_dataset(table, SeriesDataSpec(source="csv", name="t"), choice)
    assert dataset.frame["value"].tolist() == [1, 2, 5, 3, 4]
    assert not any("averaged" in note for note in dataset.notes)
    assert dataset.repeats is None


def test_equal_sales_on_one_day_are_two_sales() -> None:
    columns = {
        "day": days(1, 1, 1, 2, 2, 3, 3, 4), "sales": [5.0, 5.0, 1.0, 2.0, 3.0, 1.0, 7.0, 1.0],
    }  # fmt: skip
    assert build(columns).frame["sales"].tolist() == [11, 5, 8, 1]


def test_what_is_looked_at_beside_a_sum_does_not_add_up() -> None:
    columns = {**SOLD, "promo": [1.0, 1.0, 0.0, 1.0, 1.0, 1.0]}
    dataset = build(columns, targets=("Amount",), past_covariates=("promo",))
    assert dataset.frame["promo"].tolist()[:2] == [1, 0]


def test_the_last_of_a_day_stands_first_where_the_latest_row_does() -> None:
    columns = {"day": days(3, 3, 2, 1), "balance": [9.0, 8.0, 5.0, 4.0]}
    assert build(columns).frame["balance"].tolist() == [4, 5, 9]


def test_rows_that_lie_within_a_wider_step() -> None:
    times = pd.date_range("2024-01-01", periods=48, freq="30min")
    dataset = build({"time": times, "y": range(48)}, frequency="h", reading={"repeats": "count"})
    assert set(dataset.frame["y"].iloc[1:-1]) == {2}


def test_the_way_goes_with_a_run_and_its_newer_rows() -> None:
    rows = [(day, amount) for day in range(1, 29) for amount in (10.0 + day % 7, 5.0)]
    columns = {"Date": days(*(row[0] for row in rows)), "Amount": [row[1] for row in rows]}
    dataset = build(columns)
    kept = collection_from_bytes(collection_to_bytes(dataset))
    assert isinstance(kept, Dataset)
    assert kept.repeats == "sum"
    spec = ExperimentSpec().update("data", {"source": "csv", "name": "t"})
    resolved, _ = resolve_spec(spec, dataset)
    assert resolved.data.reading.repeats == "sum"
    newer = b"Date,Amount\n2024-02-01,1\n2024-02-01,2\n2024-02-02,4\n2024-02-03,4\n"
    file = GivenFile("newer.csv", newer)
    assert bring_newer(resolved.data, [file]).frame["Amount"].tolist()[0] == 3
    before = resolved.data.model_copy(update={"reading": ReadingPlan()})
    assert bring_newer(before, [file]).frame["Amount"].tolist()[0] == 1.5


def test_rows_that_fall_on_one_step_are_asked_about() -> None:
    times = pd.date_range("2024-01-01", periods=48, freq="30min")
    dataset = build({"time": times, "rainfall": range(48)}, frequency="h")
    (question,) = dataset.questions
    assert question.item == "data.reading.repeats"
    assert "From 2024-01-01" in question.choices[0].gives
    assert dataset.repeats == "sum"
    assert dataset.frame["rainfall"].iloc[1:-1].sum() == sum(range(1, 47))
    again = build({"time": times, "rainfall": range(48)}, frequency="h", reading={"repeats": "sum"})
    assert (again.questions, again.fingerprint) == ((), dataset.fingerprint)
