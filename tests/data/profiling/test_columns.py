"""What is told of a column."""

from __future__ import annotations

import pandas as pd

from lstm_core.data.columns.roles import choose_roles
from lstm_core.data.profiling.columns import describe_columns
from lstm_core.data.reading.table import SourceTable
from lstm_core.spec import SeriesDataSpec

DAYS = pd.date_range("2024-01-01", periods=40)


def describe(times: pd.Series | pd.DatetimeIndex) -> dict[str, tuple[str, tuple[str, ...]]]:
    values = [n % 7 + 1 / 3 for n in range(40)]
    table = SourceTable(pd.DataFrame({"day": times, "value": values}), "x")
    choice = choose_roles(table, SeriesDataSpec(source="csv", name="x"))
    return {each.name: (each.type, each.examples) for each in describe_columns(table, choice)}


def test_examples_are_no_finer_than_they_have_to_be() -> None:
    found = describe(DAYS)
    assert found["day"] == ("time", ("2024-01-01", "2024-01-02", "2024-01-03"))
    assert found["value"][1][0] == "0.3333333333"
    assert describe(DAYS + pd.Timedelta(hours=6))["day"][1][0] == "2024-01-01 06:00:00"


def test_texts_that_are_the_times_are_times() -> None:
    assert describe(pd.Series(DAYS.strftime("%d.%m.%Y"), dtype="str"))["day"][0] == "time"
