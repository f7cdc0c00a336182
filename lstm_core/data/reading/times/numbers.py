"""Columns of numbers that are times: years, compact dates, seconds since 1970, Excel's days."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import numpy as np
import pandas as pd

from lstm_core.data.reading.telling import Remark
from lstm_core.data.reading.times.digits import (
    read_compact,
    read_parts_of_years,
    read_quarters,
    read_weeks,
    take_digits_apart,
)
from lstm_core.data.reading.times.forms.composing import (
    NANOS,
    NOTHING,
)
from lstm_core.data.reading.times.names import (
    may_name_year,
    names_date,
    names_day,
    names_quarter,
    names_week,
    names_year,
)
from lstm_core.data.reading.times.one_clock.zones import read_local_days
from lstm_core.data.reading.times.order import put_in_order
from lstm_core.data.reading.times.parsed import DateOrder, ParsedTimes

NumberMeaning = Literal[
    "step",
    "year",
    "year_fraction",
    "quarter",
    "month",
    "week",
    "day",
    "compact",
    "epoch",
    "excel",
    "digits",
]  # fmt: skip

_COMPACT: dict[int, NumberMeaning] = {
    6: "month", 8: "day", 10: "compact", 12: "compact", 14: "compact",
}  # fmt: skip
"""By their number of digits."""

_YEAR_2001, _YEAR_2100 = 978_307_200, 4_102_444_800
_FEWEST_SECONDS = 5
_LARGEST_STEP = 1e15  # exact in a float64, and sums of some stay within an int64
_MOST_MICROS = 9.2e15  # of which a thousandfold is still an int64
_EXCEL_START = -25_569  # 1899-12-30, in days since 1970
_FEWEST_EVEN_YEARS = 8
_MOST_YEARS_AHEAD = 30
_UNITS = (
    (1e11, NANOS, "s", "seconds"), (1e14, 1_000_000, "ms", "milliseconds"),
    (1e17, 1_000, "us", "microseconds"), (np.inf, 1, "ns", "nanoseconds"),
)  # fmt: skip
"""Below which number they count what: nanoseconds of one, sign and word."""


def meaning_of_numbers(column: pd.Series) -> NumberMeaning | None:
    """Say what a column of numbers counts if it is a time; None for other fractions."""
    numbers = column.dropna().to_numpy(dtype=np.float64)
    if not len(numbers) or not np.isfinite(numbers).all():
        return None
    name = str(column.name)
    low, high = float(numbers.min()), float(numbers.max())
    is_whole = not (numbers % 1 != 0).any()
    if low >= 20_000 and high < 80_000 and names_date(name) and not names_year(name):
        return "excel"
    if low >= 1500 and high <= 2250 and (names_year(name) or may_name_year(name)):
        if is_whole:
            return "year" if names_year(name) or _are_years_apart(numbers) else "step"
        if read_parts_of_years(numbers) is not None:
            return "year_fraction"
    if names_quarter(name) and read_quarters(numbers) is not None:
        return "quarter"
    if not is_whole:
        return "epoch" if low > 1e8 and (high < 1e10 or low > 1e11) and high < 1e19 else None
    if low >= 1700 and _count_up_by_one(numbers) and high <= _latest_year():
        return "year"
    if names_week(name) and low >= 160_001 and read_weeks(numbers) is not None:
        return "week"
    for size, named in _COMPACT.items():
        smallest = 10 ** (size - 4)
        if 1600 * smallest <= low and high < 2251 * smallest and _is_compact(numbers):
            return named
    if low > 1e8 and (high > 1e11 or names_date(name)):
        return "epoch"
    if low > _YEAR_2001 and high < _YEAR_2100 and _are_minutes_apart(numbers):
        return "epoch"
    if names_day(name) and low >= 10_100 and take_digits_apart(numbers) is not None:
        return "digits"
    return "step" if max(-low, high) <= _LARGEST_STEP else None


def parse_numbers(
    column: pd.Series, wanted: str | None = None, order: DateOrder | None = None
) -> ParsedTimes | None:
    """Read a column of numbers as times; None where they are none.

    Args:
        wanted: a form that a person named, such as ``epoch_ms``, ``excel``, ``year``.
        order: of the day and the month, where a person said it.
    """
    meaning = meaning_of_numbers(column)
    if wanted is not None and wanted.partition("_")[0] in ("epoch", "excel", "step"):
        meaning = wanted.partition("_")[0]  # type: ignore[assignment]
    elif wanted in ("year", "year_fraction", "quarter", "week", "compact"):
        meaning = wanted  # type: ignore[assignment]
    if meaning is None:
        return None
    if meaning == "step":
        return ParsedTimes(column.astype("Float64").astype("Int64"), form="step")
    numbers = column.to_numpy(dtype=np.float64, na_value=np.nan)
    given = np.isfinite(numbers)
    filled = np.where(given, numbers, 0.0)
    if meaning == "excel":
        times = np.round((filled + _EXCEL_START) * 86_400).astype(np.int64) * NANOS
        return _finish(column, times, given, "excel", "Times were read as Excel's count of days.")
    if meaning == "epoch":
        return _parse_epoch(column, filled, given, wanted)
    if meaning == "digits":
        return _parse_digits(column, numbers, given, order)
    if meaning in _PARTS_OF_YEARS:
        read, told = _PARTS_OF_YEARS[meaning]
        found = read(numbers[given])
        if found is None:
            return None
        times = np.zeros(len(numbers), dtype=np.int64)
        times[given] = found
        return _finish(column, times, given, meaning, told)
    times, exist = read_compact(filled.astype(np.int64), given)
    return _finish(column, times, given & exist, "year" if meaning == "year" else "compact")


def _parse_epoch(
    column: pd.Series, filled: np.ndarray, given: np.ndarray, wanted: str | None
) -> ParsedTimes:
    if wanted in {f"epoch_{unit}" for *_, unit, _ in _UNITS}:
        rows = np.array([f"epoch_{unit}" for *_, unit, _ in _UNITS].index(str(wanted)))
        kinds = np.full(len(filled), rows)
    else:
        kinds = np.searchsorted([limit for limit, *_ in _UNITS], np.abs(filled), side="right")
    kinds = np.minimum(kinds, len(_UNITS) - 1)
    is_whole = pd.api.types.is_integer_dtype(column)
    exact = column.fillna(0).to_numpy(dtype=np.int64) if is_whole else None
    times = np.zeros(len(filled), dtype=np.int64)
    used = [kind for kind in range(len(_UNITS)) if (kinds[given] == kind).any()]
    for kind in used:
        size = _UNITS[kind][1]
        rows = given & (kinds == kind)
        if exact is not None:
            times[rows] = exact[rows] * size
        else:  # what a float holds of it, to the microsecond
            micros = np.clip(filled[rows] * (size / 1_000), -_MOST_MICROS, _MOST_MICROS)
            times[rows] = np.round(micros).astype(np.int64) * 1_000
    words = " and ".join(_UNITS[kind][3] for kind in used)
    form = f"epoch_{_UNITS[used[0]][2]}" if len(used) == 1 else "epoch"
    days = read_local_days(np.where(given, times, NOTHING))
    where = ", in UTC" if days is None else ", at local midnights"
    told = f"Times were read as {words} since 1970{where}."
    if len(used) > 1:
        told = f"Times were read as {words} since 1970{where}: the unit changes in the file."
    return _finish(column, times if days is None else days, given, form, told)


def _is_compact(numbers: np.ndarray) -> bool:
    _, exist = read_compact(numbers.astype(np.int64), np.ones(len(numbers), dtype=bool))
    return bool(exist.mean() >= 0.95)


def _are_years_apart(numbers: np.ndarray) -> bool:
    """Whether distances are those of a calendar: one, two, five or ten years."""
    distances = np.diff(np.unique(numbers))
    return bool(len(distances)) and bool((distances == distances[0]).all()) and distances[0] <= 10


def _are_minutes_apart(seconds: np.ndarray) -> bool:
    """Whether numbers rise, by whole minutes nearly always."""
    steps = np.diff(seconds)
    if len(steps) < _FEWEST_SECONDS or not (steps > 0).all():
        return False
    return float((steps % 60 == 0).mean()) >= 0.9


def _count_up_by_one(numbers: np.ndarray) -> bool:
    steps = np.diff(numbers)
    return len(numbers) >= _FEWEST_EVEN_YEARS and bool((steps == 1).all())


def _latest_year() -> int:
    return pd.Timestamp.now().year + _MOST_YEARS_AHEAD


def _parse_digits(
    column: pd.Series, numbers: np.ndarray, given: np.ndarray, order: DateOrder | None
) -> ParsedTimes | None:
    parts = take_digits_apart(numbers[given])
    if parts is None:
        return None
    ordered = put_in_order(parts, order, str(column.name), "", False)
    times = np.full(len(numbers), NOTHING, dtype=np.int64)
    times[given] = ordered.times
    parsed = _finish(column, times, given, "digits")
    return replace(
        parsed,
        remarks=ordered.remarks,
        questions=ordered.questions,
        date_order=ordered.date_order,
    )


_PARTS_OF_YEARS = {
    "year_fraction": (read_parts_of_years, "Times were read as years with a fraction."),
    "quarter": (read_quarters, "2024.1 was read as a quarter."),
    "week": (read_weeks, "202405 was read as an ISO week."),
}


def _finish(
    column: pd.Series, times: np.ndarray, given: np.ndarray, form: str, told: str = ""
) -> ParsedTimes:
    moments = np.where(given, times, NOTHING).astype("datetime64[ns]")
    remarks = (Remark("time_form", told),) if told else ()
    return ParsedTimes(pd.Series(moments, column.index, name=column.name), remarks, form=form)
