"""Columns of years, months and days, and of hours and minutes beside them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from lstm_core.data.reading.table import SourceTable
from lstm_core.data.reading.times.forms.composing import (
    DAY_NANOS,
    NANOS,
    NOTHING,
    days_of,
    days_of_weeks,
)
from lstm_core.data.reading.times.joining.clocks import read_clock, read_minutes
from lstm_core.data.reading.times.joining.dates import read_dates
from lstm_core.data.reading.times.joining.found import Found, add, count_distinct
from lstm_core.data.reading.times.joining.parts import (
    read_days,
    read_days_of_year,
    read_months,
    read_quarters,
    read_weeks,
    read_years,
)
from lstm_core.data.reading.times.names import has_time_name, says_nothing
from lstm_core.spec.reading import ReadingPlan

_MOST_LOST = 0.1

_Read = Callable[[pd.Series], np.ndarray | None]


def find_calendar(
    table: SourceTable, names: Sequence[str], plan: ReadingPlan, is_told: bool
) -> Found | None:
    """Return a year and what stands beside it of a month, quarter, week, day, hour and minute.

    A table with a column of times that is none of these keeps its columns: they say again what
    that one says.
    """
    frame = table.frame
    year = _find(frame, names, read_years) or _find_unnamed(frame, names)
    if year is None:
        return None
    used = [year[0]]
    parts: dict[str, np.ndarray] = {}
    for part, read in _PARTS.items():
        found = _find(frame, [name for name in names if name not in used], read)
        if found is not None and _fits(part, parts):
            used.append(found[0])
            parts[part] = found[1]
    if not parts or (set(parts) == {"day"}):
        return None
    days = _compose(year[1], parts)
    if not is_told and _has_times(table, names, year[0], plan, days):
        return None
    told = ""
    if "day" in parts or "day_of_year" in parts:
        clock = _find_hours(table, [name for name in names if name not in used])
        if clock is not None:
            days = add(days, clock[1])
            used += clock[0]
            told = clock[2]
    num_years, num_joined = count_distinct(year[1]), count_distinct(days)
    if (days == NOTHING).mean() > _MOST_LOST or (not is_told and num_joined <= num_years):
        return None
    return Found(tuple(used), days, told)


def _fits(part: str, parts: dict[str, np.ndarray]) -> bool:
    """Whether a part says more than those that are there."""
    if part == "day":
        return "month" in parts
    return not parts


_PARTS: dict[str, _Read] = {
    "month": read_months,
    "quarter": read_quarters,
    "week": read_weeks,
    "day_of_year": read_days_of_year,
    "day": read_days,
}
"""The finer first: with a month, a quarter says nothing more."""


def _find(frame: pd.DataFrame, names: Sequence[str], read: _Read) -> tuple[str, np.ndarray] | None:
    for name in names:
        found = read(frame[name])
        if found is not None:
            return name, found
    return None


def _find_unnamed(frame: pd.DataFrame, names: Sequence[str]) -> tuple[str, np.ndarray] | None:
    """Return years in a column without a name, where names of months stand beside them."""
    unnamed = [name for name in names if says_nothing(name)]
    texts = [name for name in names if pd.api.types.is_string_dtype(frame[name])]
    if not unnamed or not any(read_months(frame[name]) is not None for name in texts):
        return None
    return _find(frame, unnamed, lambda column: read_years(column.rename("year")))


def _has_times(
    table: SourceTable, names: Sequence[str], year: str, plan: ReadingPlan, days: np.ndarray
) -> bool:
    """Whether there is a column of dates or times that is no part of a date itself.

    One that says no more than the parts do is none: a label of theirs that nobody called a time,
    or when the table was made.
    """
    num_days = count_distinct(days)
    for name in names:
        column = table.frame[name]
        if name == year or read_months(column) is not None:
            continue
        if pd.api.types.is_datetime64_any_dtype(column):
            num_others = column.nunique()
        elif (dates := read_dates(table, name, plan)) is not None:
            num_others = count_distinct(dates.times)
        else:
            continue
        if num_others + has_time_name(name) > num_days:
            return True
    return False


def _compose(years: np.ndarray, parts: dict[str, np.ndarray]) -> np.ndarray:
    """Return int64 nanoseconds since 1970, ``(rows,)``; ``NOTHING`` where a part is missing."""
    given = years != NOTHING
    for values in parts.values():
        given = given & (values != NOTHING)
    one = np.ones_like(years)
    known = np.where(given, years, 1970)
    filled = {part: np.where(given, values, 1) for part, values in parts.items()}
    if "week" in filled:
        days, exist = days_of_weeks(known, filled["week"], one)
    elif "day_of_year" in filled:
        first, _ = days_of(known, one, one)
        following, _ = days_of(known + 1, one, one)
        days = first + filled["day_of_year"] - 1
        exist = days < following
    else:
        months = filled["month"] if "month" in filled else filled["quarter"] * 3 - 2
        days, exist = days_of(known, months, filled.get("day", one))
    return np.where(given & exist, days * DAY_NANOS, NOTHING)


def _find_hours(
    table: SourceTable, names: Sequence[str]
) -> tuple[list[str], np.ndarray, str] | None:
    for name in names:
        clock = read_clock(table.frame[name], table.spelt.get(name))
        if clock is None:
            continue
        given = clock.times[clock.times != NOTHING]
        if not len(given) or given.min() == given.max():
            continue
        used, clocks = [name], clock.times
        for other in names:
            minutes = read_minutes(table.frame[other]) if other != name else None
            if minutes is not None and (given % (3_600 * NANOS) == 0).all():
                clocks = add(clocks, minutes * 60 * NANOS)
                used.append(other)
                break
        return used, clocks, clock.told
    return None
