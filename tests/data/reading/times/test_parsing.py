import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.data.reading.times import ParsedTimes, parse_times


def parse(cells: list[object], name: str = "when") -> ParsedTimes | None:
    return parse_times(pd.Series(cells, name=name))


def read(cells: list[object], name: str = "when") -> list[str]:
    parsed = parse(cells, name)
    assert parsed is not None
    assert parsed.values.dtype == "datetime64[ns]"
    return [f"{time:%Y-%m-%d %H:%M:%S}".removesuffix(" 00:00:00") for time in parsed.values]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["2024-03-01", "2024-03-02"], ["2024-03-01", "2024-03-02"]),
        (["2024-03-01T04:05:06", "2024-03-02 04:05"],
         ["2024-03-01 04:05:06", "2024-03-02 04:05:00"]),
        (["1949-01", "1949-02"], ["1949-01-01", "1949-02-01"]),
        (["2024/03/01 10:00", "2024/03/02 11:00"], ["2024-03-01 10:00:00", "2024-03-02 11:00:00"]),
        (["13/02/2024", "14/02/2024"], ["2024-02-13", "2024-02-14"]),
        (["02/13/2024", "02/14/2024"], ["2024-02-13", "2024-02-14"]),
        (["01.02.2024", "02.02.2024", "03.02.2024"], ["2024-02-01", "2024-02-02", "2024-02-03"]),
        (["01/02/2024", "02/02/2024", "03/02/2024"], ["2024-02-01", "2024-02-02", "2024-02-03"]),
        (["01/02/2024", "01/03/2024", "01/04/2024"], ["2024-02-01", "2024-03-01", "2024-04-01"]),
        (["1.2.24 08:15", "2.2.24 08:15", "13.2.24 08:15"],
         ["2024-02-01 08:15:00", "2024-02-02 08:15:00", "2024-02-13 08:15:00"]),
        (["3/31/2024 2:05 PM", "4/1/2024 2:05 AM"], ["2024-03-31 14:05:00", "2024-04-01 02:05:00"]),
        (["Jan 02, 2024", "Jan 03, 2024"], ["2024-01-02", "2024-01-03"]),
        (["2 Jan 2024", "3 Jan 2024"], ["2024-01-02", "2024-01-03"]),
        (["2020Q1", "2020-Q2", "Q3 2020"], ["2020-01-01", "2020-04-01", "2020-07-01"]),
        (["2020-W01", "2020-W02"], ["2019-12-30", "2020-01-06"]),
    ],
)  # fmt: skip
def test_texts(cells: list[object], expected: list[str]) -> None:
    assert read(cells) == expected


@pytest.mark.parametrize(
    ("cells", "name", "expected"),
    [
        ([1999, 2000], "Year", ["1999-01-01", "2000-01-01"]),
        ([199912, 200001], "period", ["1999-12-01", "2000-01-01"]),
        ([20240131, 20240201], "d", ["2024-01-31", "2024-02-01"]),
        ([1_700_000_000, 1_700_003_600], "timestamp",
         ["2023-11-14 22:13:20", "2023-11-14 23:13:20"]),
        ([1_700_000_000_000, 1_700_003_600_000], "x",
         ["2023-11-14 22:13:20", "2023-11-14 23:13:20"]),
        ([1_700_000_000.5, 1_700_003_600.5], "x", ["2023-11-14 22:13:20", "2023-11-14 23:13:20"]),
        ([45292.0, 45292.5], "date", ["2024-01-01", "2024-01-01 12:00:00"]),
    ],
)  # fmt: skip
def test_numbers(cells: list[object], name: str, expected: list[str]) -> None:
    assert read(cells, name) == expected


@pytest.mark.parametrize("cells", [[0, 1, 2], [1990, 1995, 2000], [5.0, 6.0], [-3, 0, 3]])
def test_other_whole_numbers_are_steps(cells: list[object]) -> None:
    parsed = parse(cells, "n")
    assert parsed is not None
    assert not parsed.is_calendar
    assert parsed.values.tolist() == cells


@pytest.mark.parametrize(
    "cells",
    [["a", "b"], ["H1", "H2"], [0.1, 0.2], ["", None], [True, False], ["2024-01-01", "soon"],
     [float("inf"), 1.0], ["12:30", "13:30"], ["13/13/2024", "14/14/2024"], ["1.5.", "2.5."]],
)  # fmt: skip
def test_what_is_no_time(cells: list[object]) -> None:
    assert parse(cells) is None


def test_zones_become_utc_and_are_told() -> None:
    cells: list[object] = ["2024-03-31T01:00:00+01:00", "2024-03-31T03:00:00+02:00"]
    assert read(cells) == ["2024-03-31", "2024-03-31 01:00:00"]
    parsed = parse(cells)
    assert parsed is not None
    assert parsed.notes == ("Times with a zone were turned into UTC.",)


def test_midnights_of_a_zone_stay_dates() -> None:
    cells: list[object] = ["2024-03-08 00:00:00-05:00", "2024-03-11 00:00:00-04:00"]
    assert read(cells) == ["2024-03-08", "2024-03-11"]


def test_a_doubtful_order_of_day_and_month_is_told() -> None:
    parsed = parse(["01/01/2024", "02/02/2024", "03/03/2024"])
    assert parsed is not None
    assert "do not prove" in parsed.notes[0]


def test_a_few_unreadable_cells_are_missing() -> None:
    cells: list[object] = [f"2024-01-{day:02d}" for day in range(1, 31)]
    cells[4] = "n. d."
    parsed = parse(cells)
    assert parsed is not None
    assert parsed.values.isna().sum() == 1


@pytest.mark.parametrize(
    ("num_bad", "num_rows", "is_time"),
    [(1, 3, False), (1, 4, True), (2, 20, False), (3, 60, True), (4, 60, False)],
)
def test_nearly_all_cells_have_to_be_times(num_bad: int, num_rows: int, is_time: bool) -> None:
    days = pd.date_range("2024-01-01", periods=num_rows).strftime("%Y-%m-%d")
    cells: list[object] = [*["soon"] * num_bad, *days[num_bad:]]
    assert (parse(cells) is not None) == is_time


def test_times_beyond_nanoseconds_are_missing_rather_than_an_overflow() -> None:
    cells: list[object] = [f"2024-01-{day:02d}" for day in range(1, 31)] + ["9999-12-31"]
    parsed = parse(cells)
    assert parsed is not None
    assert parsed.values.isna().tolist() == [False] * 30 + [True]


@given(st.lists(st.text(max_size=24), min_size=1, max_size=5))
def test_any_text_is_read_or_refused_quietly(cells: list[str]) -> None:
    parsed = parse_times(pd.Series(cells, name="when", dtype="str"))
    assert parsed is None or len(parsed.values) == len(cells)


@given(st.lists(st.floats() | st.integers(-(2**62), 2**62), min_size=1, max_size=5))
def test_any_numbers_are_read_or_refused_quietly(cells: list[float]) -> None:
    parsed = parse_times(pd.Series(cells, name="time"))
    assert parsed is None or len(parsed.values) == len(cells)
