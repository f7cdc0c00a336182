"""Numbers that are times, and numbers that are not."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.data.reading.times import ParsedTimes, meaning_of_numbers, parse_times
from lstm_core.spec.reading import ReadingPlan

HOURS = pd.date_range("2024-12-30", periods=72, freq="h")
SINCE = HOURS.as_unit("ns").astype("int64")


def read(values: object, name: str = "time", form: str | None = None) -> ParsedTimes:
    parsed = parse_times(pd.Series(values, name=name), ReadingPlan(time_form=form))
    assert parsed is not None
    return parsed


@pytest.mark.parametrize(("unit", "size"), [("s", 10**9), ("ms", 10**6), ("us", 1_000), ("ns", 1)])
@pytest.mark.parametrize("as_float", [False, True])
def test_counts_since_1970(unit: str, size: int, as_float: bool) -> None:
    counted = SINCE // size
    parsed = read(counted.astype("float64") if as_float else counted)
    assert parsed.values.tolist() == HOURS.tolist()
    assert parsed.form == f"epoch_{unit}"
    again = read(counted, form=parsed.form)
    assert again.values.tolist() == HOURS.tolist()


def test_a_unit_that_changes_in_the_middle_is_told() -> None:
    counted = np.concatenate([SINCE[:30] // 10**6, SINCE[30:] // 1_000])
    parsed = read(counted)
    assert parsed.values.tolist() == HOURS.tolist()
    assert "changes" in parsed.notes[0]


def test_fractions_of_a_second() -> None:
    times = pd.date_range("2024-01-05", periods=50, freq="200ms")
    parsed = read(times.as_unit("ns").astype("int64") / 1e9)
    assert parsed.values.tolist() == times.tolist()


@pytest.mark.parametrize("form", ["%Y%m%d%H", "%Y%m%d%H%M", "%Y%m%d%H%M%S"])
def test_compact_numbers(form: str) -> None:
    assert read([int(text) for text in HOURS.strftime(form)]).values.tolist() == HOURS.tolist()


def test_compact_numbers_up_to_hour_24() -> None:
    whole = [2024010101 + hour for hour in range(24)] + [2024010201]
    parsed = read(whole)
    expected = pd.date_range("2024-01-01 01:00", periods=25, freq="h")
    assert parsed.values.tolist() == expected.tolist()


@given(st.integers(1700, 2000), st.integers(8, 60), st.sampled_from(["year", "Jahr", "n", "año"]))
def test_years_one_after_another(first: int, length: int, name: str) -> None:
    years = np.arange(first, first + length)
    assert read(years, name).values.dt.year.tolist() == years.tolist()
    assert read(years.astype("float64"), name).values.dt.year.tolist() == years.tolist()


@pytest.mark.parametrize("name", ["quarter", "Quartal"])
def test_quarters_as_numbers(name: str) -> None:
    times = pd.date_range("2010-01-01", periods=20, freq="QS")
    parsed = read((times.year + times.quarter / 10).to_numpy(), name)
    assert parsed.values.tolist() == times.tolist()
    cells = [f"{time.year}-{time.quarter}" for time in times]
    assert read(cells, name).values.tolist() == times.tolist()


@pytest.mark.parametrize("form", ["%G%V", "%G-%V", "%V/%G"])
def test_weeks_as_numbers(form: str) -> None:
    times = pd.date_range("2019-12-30", periods=70, freq="7D")
    cells = list(times.strftime(form))
    values = [int(cell) for cell in cells] if form == "%G%V" else cells
    assert read(values, "Woche").values.tolist() == times.tolist()


def test_sales_between_1900_and_2100_are_no_years() -> None:
    sales = pd.Series(np.random.default_rng(1).integers(1_900, 2_100, 60), name="sales")
    assert meaning_of_numbers(sales) == "step"
    assert meaning_of_numbers(sales.rename("Run Time")) == "step"


@pytest.mark.parametrize("step", ["MS", "QS"])
@pytest.mark.parametrize("decimals", [2, 3, 4])
@pytest.mark.parametrize("place", ["begin", "middle"])
def test_years_with_a_fraction(step: str, decimals: int, place: str) -> None:
    times = pd.date_range("1990-01-01", periods=50, freq=step)
    shift = 0.5 if place == "middle" and step == "MS" else 0.0
    years = (times.year + (times.month - 1 + shift) / 12).to_series().round(decimals)
    assert read(years.to_numpy(), "year").values.tolist() == times.tolist()


def test_excel_days_with_a_fraction() -> None:
    days = 45_656 + np.arange(72) / 24
    parsed = read(np.round(days, 10), "Date")
    assert parsed.values.tolist() == HOURS.tolist()
    assert parsed.form == "excel"


def test_prices_of_forty_thousand_are_no_days() -> None:
    assert meaning_of_numbers(pd.Series([45_000.5, 45_010.0], name="close")) is None


@pytest.mark.parametrize(
    "cells",
    [["1.2.3", "1.2.4"], ["18-24", "25-34"], ["2010-19", "2000-09"], ["12/25", "12/26"],
     ["5 May", "6 May"], ["Jan 10", "Jan 11", "Jan 12"], ["10115", "20095"], ["30:00", "31:01"],
     ["1.234,50", "1.270,92"], ["1.234.567", "2.345.678"], ["555-12-1234", "555-13-1235"],
     ["May", "March"], ["2024 budget", "2023 budget"], ["3-2", "1-0"], ["A-2024", "B-2024"],
     ["10.0.0.1", "10.0.0.2"], ["Audi 100", "BMW 2002"], ["12 kW", "13 kW"],
     ["2024-01-05 beans", "2024-01-06 peas"], ["beans 2024-01-05", "peas 2024-01-06"],
     ["2024-01-05 08:00 XYZ", "2024-01-06 08:00 XYZ"]],
)  # fmt: skip
def test_texts_that_are_no_times(cells: list[str]) -> None:
    assert parse_times(pd.Series(cells * 4, name="value", dtype="str")) is None
