"""Tables with times across the top become a row for each time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import pytest

from lstm_core.data.reading.layouts.arranging import arrange
from lstm_core.data.reading.table import Rows, SourceTable
from lstm_core.errors import DataError
from lstm_core.spec.reading import ReadingPlan

NAN = float("nan")
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
MONATE = [
    "Jänner",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
]
DAYS = pd.date_range("2024-02-01", periods=3)

Columns = Mapping[str, Sequence[Any] | pd.Index]


def arranged(columns: Columns, **plan: Any) -> SourceTable:
    frame = pd.DataFrame(dict(columns))
    rows = Rows(pd.DataFrame(), np.arange(len(frame)) + 2, ReadingPlan())
    table = SourceTable(frame, "t", rows=rows)
    return arrange(table, ReadingPlan(**plan))


def across(names: Sequence[str], num_rows: int = 2) -> dict[str, list[float]]:
    """Values that count through the table, row by row."""
    return {
        name: [float(row * len(names) + number) for row in range(num_rows)]
        for number, name in enumerate(names)
    }


WIDE: dict[str, tuple[Columns, str, str]] = {
    # columns, the first time, the last
    "days": (
        {"item": ["a", "b"], **across(["2024-01-05", "2024-01-06", "2024-01-07", "2024-01-08"])},
        "2024-01-05", "2024-01-08",
    ),
    "months": (
        {"shop": ["a", "b"], **across(["Jan-2024", "Feb-2024", "Mar-2024"])},
        "2024-01-01", "2024-03-01",
    ),
    "years beside codes and a label": (
        {"Land": ["X", "Y"], "Code": ["XX", "YY"], **across([*map(str, range(1990, 1996))])},
        "1990-01-01", "1995-01-01",
    ),
    "years as a data bank writes them": (
        {"Country": ["X", "Y"], **across([f"{y} [YR{y}]" for y in range(1990, 1996)])},
        "1990-01-01", "1995-01-01",
    ),
    "names that a statistics language makes of dates": (
        {"id": ["X", "Y"], **across([f"X2024.01.0{day}" for day in range(1, 7)])},
        "2024-01-01", "2024-01-06",
    ),
    "with a word before": (
        {"id": ["X", "Y"], **across([f"Sales 2024-0{month}" for month in range(1, 7)])},
        "2024-01-01", "2024-06-01",
    ),
    "quarters": (
        {"id": ["X", "Y"], **across(["2020Q1", "2020Q2", "2020Q3", "2020Q4"])},
        "2020-01-01", "2020-10-01",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", WIDE)
def test_columns_that_are_times_become_rows(case: str) -> None:
    columns, first, last = WIDE[case]
    table = arranged(columns)
    num_times = sum(isinstance(values[0], float) for values in columns.values())
    assert len(table.frame) == 2 * num_times
    assert table.plan.layout == "wide"
    assert (table.frame["time"].min(), table.frame["time"].max()) == (
        pd.Timestamp(first), pd.Timestamp(last)
    )  # fmt: skip
    assert table.frame["value"].tolist() == list(range(2 * num_times))
    assert [name for name in columns if name in table.frame] == list(table.frame.columns[:-2])
    assert table.rows is not None
    assert table.rows.lines.tolist() == [2] * num_times + [3] * num_times
    assert [remark.kind for remark in table.remarks] == ["layout"]


CROSSED: dict[str, tuple[Columns, list[str]]] = {
    "years and months": (
        {"Year": [2020, 2021], **across(MONTHS)},
        ["2020-01-01", "2020-02-01", "2021-12-01"],
    ),
    "in German, and the years have no name": (
        {"column 1": [2020, 2021], **across(MONATE)},
        ["2020-01-01", "2020-02-01", "2021-12-01"],
    ),
    "numbers of months": (
        {"year": [2020, 2021], **across([str(month) for month in range(1, 13)])},
        ["2020-01-01", "2020-02-01", "2021-12-01"],
    ),
    "quarters": (
        {"Jahr": [2020, 2021], **across(["Q1", "Q2", "Q3", "Q4"])},
        ["2020-01-01", "2020-04-01", "2021-10-01"],
    ),
    "days and hours from 0": (
        {"date": DAYS[:2], **across([str(hour) for hour in range(24)])},
        ["2024-02-01 00:00", "2024-02-01 01:00", "2024-02-02 23:00"],
    ),
    "hours from 1 are those that end": (
        {"Date": DAYS[:2], **across([f"H{hour:02d}" for hour in range(1, 25)])},
        ["2024-02-01 00:00", "2024-02-01 01:00", "2024-02-02 23:00"],
    ),
    "clocks": (
        {"Date": DAYS[:2], **across([f"{hour:02d}:00" for hour in range(24)])},
        ["2024-02-01 00:00", "2024-02-01 01:00", "2024-02-02 23:00"],
    ),
    "clocks up to 24:00": (
        {"Date": DAYS[:2], **across([f"{hour}:00" for hour in range(1, 25)])},
        ["2024-02-01 01:00", "2024-02-01 02:00", "2024-02-03 00:00"],
    ),
    "half hours by the clock": (
        {"Date": DAYS[:2], **across([f"{n // 2:02d}:{n % 2 * 30:02d}" for n in range(48)])},
        ["2024-02-01 00:00", "2024-02-01 00:30", "2024-02-02 23:30"],
    ),
    "numbered half hours": (
        {"Date": DAYS[:2], **across([f"P{n}" for n in range(1, 49)])},
        ["2024-02-01 00:00", "2024-02-01 00:30", "2024-02-02 23:30"],
    ),
    "weeks": (
        {"Year": [2021, 2022], **across([f"W{week:02d}" for week in range(1, 53)])},
        ["2021-01-04", "2021-01-11", "2022-12-26"],
    ),
    "months down, years across": (
        {"Month": ["January", "Mar", *MONTHS[1:2], *MONTHS[3:]], **across(["2020", "2021"], 12)},
        ["2020-01-01", "2021-01-01", "2021-12-01"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CROSSED)
def test_times_in_two_parts_become_one(case: str) -> None:
    columns, expected = CROSSED[case]
    table = arranged(columns)
    times = table.frame["time"]
    assert [times[0], times[1], times.iloc[-1]] == [pd.Timestamp(time) for time in expected]
    assert table.frame["value"].tolist() == list(range(len(times)))
    assert table.plan.layout == "year_month"
    assert list(table.frame) == ["time", "value"]


def test_days_of_months_leave_out_the_30th_of_february() -> None:
    starts = pd.to_datetime(["2023-02-01", "2023-03-01"])
    columns = {"Month": starts, **across([str(day) for day in range(1, 32)])}
    for day in ("29", "30"):
        columns[day][0] = NAN
    table = arranged(columns)
    assert len(table.frame) == 28 + 31
    assert table.frame["time"].is_monotonic_increasing
    assert "1 value left out" in table.notes[-1]  # the 31st of February has one


def test_a_column_of_keys_goes_with_its_rows() -> None:
    stations = pd.Series(["0007", "0012"])
    frame = pd.DataFrame({"station": [7, 12], "Year": [2020, 2020], **across(MONTHS)})
    table = arrange(SourceTable(frame, "t", spelt={"station": stations}), ReadingPlan())
    assert list(table.frame) == ["station", "time", "value"]
    assert table.spelt["station"].tolist() == ["0007"] * 12 + ["0012"] * 12


def test_sums_are_told_and_left_out() -> None:
    years = across(["2019", "2020", "2021", "2022"], 3)
    for name, values in years.items():
        years[name] = [*values[:2], sum(values[:2])]
    total = [sum(years[name][row] for name in years) for row in range(3)]
    table = arranged({"shop": ["a", "b", "Total"], **years, "All years": total})
    assert table.frame["shop"].unique().tolist() == ["a", "b"]
    assert list(table.frame) == ["shop", "time", "value"]
    kinds = {remark.kind: remark.lines for remark in table.remarks}
    assert set(kinds) == {"layout", "sums"}
    assert kinds["sums"] == (4,)
    beside = arranged({"Year": [2020, 2021], **across(MONTHS), "J-D": [1.0, 2.0], "DJF": [3, 4]})
    assert '"J-D", "DJF"' in beside.notes[1]


def test_a_total_that_is_none_is_a_series() -> None:
    years = across(["2019", "2020", "2021", "2022"], 3)
    table = arranged({"shop": ["a", "b", "Total"], **years})
    assert table.frame["shop"].nunique() == 3


def test_a_word_among_the_values_is_missing_and_told() -> None:
    columns = {"item": ["a", "b"], **across(["2024-01-05", "2024-01-06", "2024-01-07"])}
    columns["2024-01-06"] = ["1", "closed"]
    table = arranged(columns)
    assert np.isnan(table.frame["value"][4])
    told = table.remarks[-1]
    assert (told.kind, told.lines) == ("missing_words", (3,))
    assert '"closed"' in told.sentence


def test_steps_that_are_counted() -> None:
    days = across([f"d_{day}" for day in range(1, 13)])
    table = arranged({"id": ["a", "b"], "state": ["CA", "CA"], **days})
    assert table.frame["time"].tolist() == [*range(1, 13)] * 2
    assert table.frame["state"].tolist() == ["CA"] * 24


ORDINARY: dict[str, Columns] = {
    "sensors that are numbered": {"time": DAYS, **across(["1", "2", "3", "4", "5", "6"], 3)},
    "fields": {"date": DAYS, **across([f"field{n}" for n in range(1, 9)], 3)},
    "meters": {"when": DAYS, **across([f"MT_{n:03d}" for n in range(1, 9)], 3)},
    "lags": {"date": DAYS, **across([f"t_{n}" for n in range(1, 9)], 3)},
    "items with a label each": {
        "label": ["a", "b", "a"], **across([f"t{n}" for n in range(1, 20)], 3)
    },
    "answers": {"id": ["a", "b", "c"], **across([f"q{n}" for n in range(1, 15)], 3)},
    "a few of something": {"id": ["a", "b", "c"], **across([f"m{n}" for n in range(1, 9)], 3)},
    "numbers alone": across([str(n) for n in range(1, 30)], 3),
    "two years to compare": {"item": ["a", "b"], **across(["2019", "2020"])},
    "years of models": {"date": DAYS, **across(["2019", "2020", "2021"], 3)},
    "a month's name and a number": {"date": DAYS, **across(["Mar", "May", "x"], 3)},
}  # fmt: skip


@pytest.mark.parametrize("case", ORDINARY)
def test_other_tables_stay_as_they_are(case: str) -> None:
    table = arranged(ORDINARY[case])
    assert table.frame.equals(pd.DataFrame(dict(ORDINARY[case])))
    assert (table.plan.layout, table.remarks) == ("long", ())


def test_what_a_person_says_goes_before() -> None:
    columns = WIDE["days"][0]
    assert arranged(columns, layout="long").frame.equals(pd.DataFrame(dict(columns)))
    few = {"item": ["a", "b"], **across(["2019", "2020"])}
    assert len(arranged(few, layout="wide").frame) == 4
    with pytest.raises(DataError, match="can't be read as times"):
        arranged({"date": DAYS, "x": [1, 2, 3]}, layout="wide")
    with pytest.raises(DataError, match="month"):
        arranged(columns, layout="year_month")


def test_many_columns_take_no_time() -> None:
    names = pd.date_range("2015-01-01", periods=1_500).strftime("%Y-%m-%d")
    values = np.random.default_rng(0).normal(size=(400, len(names)))
    frame = pd.DataFrame(values, columns=names)
    frame.insert(0, "item", [f"item {n}" for n in range(400)])
    table = arrange(SourceTable(frame, "t"), ReadingPlan())
    assert table.frame.shape == (600_000, 3)
    assert table.frame["value"].to_numpy()[-1500:] == pytest.approx(values[-1])


def test_names_with_gaps_tell_rows_apart_where_nothing_else_does() -> None:
    columns = {
        "Province": [None, "North", "South"],
        "Country": ["X", "Y", "Y"],
        **across(["1/22/20", "1/23/20", "1/24/20"], 3),
    }
    table = arranged({**columns, "Province": pd.Series(columns["Province"], dtype="str")})
    assert table.frame["Province"].tolist() == ["-"] * 3 + ["North"] * 3 + ["South"] * 3


def test_columns_beside_each_year_are_not_taken_for_years() -> None:
    flags = {f"Y{year}F": ["E", "A"] for year in range(2000, 2005)}
    table = arranged(
        {"Area": ["X", "Y"], **across([f"Y{year}" for year in range(2000, 2005)]), **flags}
    )
    assert len(table.frame) == 10
    assert "Y2000F" in table.frame


def test_a_year_of_which_nothing_is_known_is_a_year() -> None:
    years = across([f"{year} [YR{year}]" for year in range(2000, 2006)])
    years["2000 [YR2000]"] = ["..", ".."]
    table = arranged({"Country": ["X", "Y"], **years})
    assert len(table.frame) == 12
    assert table.frame["value"].isna().sum() == 2
