"""Dates without a year, such as ``Jan 5``, ``5. Mai``, ``01-05``; months of counted years."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from lstm_core.data.reading.times.forms.cells import extract, to_whole, translate
from lstm_core.data.reading.times.forms.composing import DAY_NANOS, NOTHING, days_of
from lstm_core.data.reading.times.forms.forms import LETTERS
from lstm_core.data.reading.times.forms.words import month_of

YEAR = 2001
"""That is assumed; an earlier one where a 29th of February needs it."""

_FEWEST = 5
_EVEN = 0.6
"""Share of the cells that follow upon each other like most do, before they are dates."""
_MOST_UNREAD = 0.05
_HALF_YEAR = 183
_NAME = rf"(?P<name>[{LETTERS}]{{3,13}})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|\.)?"
_NAMED = (rf"^{_NAME}[-/. ]{{0,2}}{_DAY}$", rf"^{_DAY}[-/. ]{{0,2}}{_NAME}$")
_NUMBERED = r"^(?P<one>\d{1,2})[-/.](?P<two>\d{1,2})\.?$"


def read_yearless(
    array: pa.Array, cells: Sequence[str], *, is_named: bool
) -> tuple[np.ndarray, str] | None:
    """Return int64 nanoseconds, ``(rows,)``, and what was assumed; None where cells are no dates.

    The year goes on where a date lies half a year and more before the one above it. Numbers alone
    are dates where they follow upon each other evenly.

    Args:
        array: text, trimmed; null for an empty cell.
        cells: a sample of it.
        is_named: whether the column's name speaks of time.
    """
    if len(cells) < _FEWEST:
        return None
    for pattern in _NAMED:
        if any(map(re.compile(pattern).match, cells[:_FEWEST])):
            groups, is_read = extract(array, pattern)
            months = translate(_given(groups["name"]), month_of)
            found = _go_on(months, to_whole(_given(groups["day"])), is_read & (months > 0))
            return None if found is None else (found, _tell(found))
    if not is_named or not any(map(re.compile(_NUMBERED).match, cells[:_FEWEST])):
        return None
    groups, is_read = extract(array, _NUMBERED)
    one, two = to_whole(_given(groups["one"])), to_whole(_given(groups["two"]))
    if _counts_months(one, two, is_read):
        days, exist = days_of(YEAR - 1 + one, two, np.ones_like(one))
        told = f"Years are counted: year 1 was taken to be {YEAR}."
        return np.where(exist & is_read, days * DAY_NANOS, NOTHING), told
    for months, days in ((one, two), (two, one)):
        found = _go_on(months, days, is_read)
        if found is not None:
            return found, _tell(found)
    return None


def _given(group: pa.Array) -> pa.Array:
    return group.fill_null("")


def _counts_months(years: np.ndarray, months: np.ndarray, is_read: np.ndarray) -> bool:
    """Whether months of year 1, 2 and on follow one upon the other, as in ``1-01``."""
    counted = (years * 12 + months)[is_read]
    is_year = bool((months[is_read] <= 12).all()) and len(np.unique(months[is_read])) == 12
    return is_year and bool((np.diff(counted) == 1).all()) and int(years[is_read].min()) == 1


def _go_on(months: np.ndarray, days: np.ndarray, is_read: np.ndarray) -> np.ndarray | None:
    ahead = np.zeros(len(months), dtype=np.int64)
    starts, exist = days_of(np.full_like(months, YEAR - 1), months, days)  # with a 29th of February
    exist &= is_read
    given = starts[exist]
    if len(np.unique(given)) < _FEWEST or (~exist).sum() > _MOST_UNREAD * len(exist):
        return None
    steps = np.diff(given)
    turns = np.where(steps < -_HALF_YEAR, 1, np.where(steps > _HALF_YEAR, -1, 0))
    ahead[exist] = np.concatenate([[0], np.cumsum(turns)])
    ahead -= ahead[exist].min()
    for year in range(YEAR, YEAR - 4, -1):
        starts, still = days_of(year + ahead, months, days)
        if still[exist].all():
            break
    exist &= still
    steps = np.diff(starts[exist])
    steps = steps[steps != 0]
    _, counts = np.unique(np.abs(steps), return_counts=True)
    if counts.max() < _EVEN * len(steps):
        return None
    return np.where(exist, starts * DAY_NANOS, NOTHING)


def _tell(times: np.ndarray) -> str:
    first = int(times[times != NOTHING].astype("datetime64[ns]").astype("datetime64[Y]").min()
                .astype(np.int64)) + 1970  # fmt: skip
    return (
        f"The dates have no year: the first one was taken to be in {first}. Weekdays and holidays "
        "say nothing then."
    )
