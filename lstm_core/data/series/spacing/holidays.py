"""Working days on which nothing has a row: holidays, not gaps."""

from __future__ import annotations

import numpy as np

from lstm_core.data.series.spacing.calendars.own import Grid
from lstm_core.data.series.spacing.calendars.sessions import SessionGrid
from lstm_core.data.series.spacing.calendars.weekdays import BusinessDayGrid

_MOST_IN_A_ROW = 6
"""Working days; longer breaks are gaps."""
_MOST_OF_ALL = 0.12
"""Of all working days; one may always be free."""
_MOST_OF_ALL_IN_SESSIONS = 0.4
"""Holidays and days that end early, of all steps."""


def find_holidays(grid: Grid, ordinals: np.ndarray) -> np.ndarray:
    """Return the steps, int64, between the first and the last one that are taken for free.

    On business days, and on other days of the week, it is a day without a row in any series: an
    exchange or an office was closed, and a value between the two around it would be made up. In
    sessions it is a whole day, and what is missing from a day's end or beginning. A few days in
    a row can be free; a longer break, and a step within a session, is a gap.

    Args:
        ordinals: the steps that any series has a row for; not empty.
    """
    if isinstance(grid, BusinessDayGrid):
        absent = _list_absent(ordinals)
        most = max(1.0, _MOST_OF_ALL * (len(absent) + len(np.unique(ordinals))))
        return _keep_short_runs(absent) if len(absent) <= most else absent[:0]
    if isinstance(grid, SessionGrid):
        return _find_closed(grid, ordinals)
    return np.array([], dtype=np.int64)


def _list_absent(ordinals: np.ndarray) -> np.ndarray:
    first, last = int(ordinals.min()), int(ordinals.max())
    is_absent = np.ones(last - first + 1, dtype=bool)
    is_absent[ordinals - first] = False
    return first + np.flatnonzero(is_absent)


def _keep_short_runs(numbers: np.ndarray) -> np.ndarray:
    """Return those of ascending numbers that stand in runs of a few."""
    if not len(numbers):
        return numbers
    runs = np.cumsum(np.diff(numbers, prepend=numbers[0]) > 1)
    return numbers[np.bincount(runs)[runs] <= _MOST_IN_A_ROW]


def _find_closed(grid: SessionGrid, ordinals: np.ndarray) -> np.ndarray:
    absent = _list_absent(ordinals)
    taken = np.unique(ordinals)
    if len(absent) > _MOST_OF_ALL_IN_SESSIONS * (len(absent) + len(taken)):
        return absent[:0]
    days = grid.day_of(taken)
    starts = np.flatnonzero(np.diff(days, prepend=days[0] - 1))
    opened, first = days[starts], taken[starts]
    last = taken[np.append(starts[1:], len(taken)) - 1]
    days_of_absent = grid.day_of(absent)
    place = np.minimum(np.searchsorted(opened, days_of_absent), len(opened) - 1)
    is_open = opened[place] == days_of_absent
    at_an_end = is_open & ((absent < first[place]) | (absent > last[place]))
    whole = np.unique(days_of_absent[~is_open])
    closed = _keep_short_breaks(whole, opened)
    return absent[at_an_end | (~is_open & np.isin(days_of_absent, closed))]


def _keep_short_breaks(closed: np.ndarray, opened: np.ndarray) -> np.ndarray:
    """Return the closed days with no more than a few of them between two opened ones."""
    between = np.searchsorted(opened, closed)
    return closed[np.bincount(between)[between] <= _MOST_IN_A_ROW] if len(closed) else closed
