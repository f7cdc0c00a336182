"""Days of the week that are always free, and the weekday that rows are on."""

from __future__ import annotations

import numpy as np

from lstm_core.data.series.spacing.calendars.days import weekdays_of
from lstm_core.data.series.spacing.calendars.names import WEEKDAY_NAMES
from lstm_core.data.series.spacing.calendars.weekdays import name_weekdays

_EVERY_DAY = "1111111"
_BUSINESS = "1111100"
_FEWEST_DAYS, _FEWEST_WEEKS = 4, 4
"""Days of the week that occur, and weeks without the others, before those count as free."""
_CHANCE = 0.01
"""Or this is the chance at most that a day of the week is only missing."""
_FEWEST_IN_TURN = 0.8


def find_weekmask(days: np.ndarray) -> str:
    """Return which days of the week rows are on, Monday first; every one where none is free.

    A day of the week that is missing by chance misses a few times, not every time: where the
    other days are missing with a probability of ``p``, it is so ``k`` times with ``p ** k``.

    Args:
        days: int64, days since 1970 with a row, sorted, each once; not empty.
    """
    weekdays = weekdays_of(days)
    used = np.unique(weekdays)
    if len(used) == 7 or len(days) < 2:
        return _EVERY_DAY
    is_long = _count_weeks(days) >= _FEWEST_WEEKS
    if (used < 5).all() and (np.diff(days) >= 3).any() and (len(used) == 5 or not is_long):
        return _BUSINESS
    every = weekdays_of(np.arange(days[0], days[-1] + 1))
    expected = np.bincount(every, minlength=7)
    seen = np.bincount(weekdays, minlength=7)
    free = seen == 0
    missing = expected[~free].sum() - seen[~free].sum()
    chance = (missing + 1) / (expected[~free].sum() + 2)
    fewest = int(expected[free].min())
    is_proven = len(used) >= _FEWEST_DAYS and (is_long or chance**fewest < _CHANCE)
    return _write(used) if is_proven else _EVERY_DAY


def name_days(days: np.ndarray) -> str:
    """Return ``B``, an alias of other days of the week where the rest never occur, or ``D``."""
    mask = find_weekmask(days)
    if mask == _EVERY_DAY or not (np.diff(days) > 1).any():
        return "D"
    return "B" if mask == _BUSINESS else f"C-{mask}"


def find_days_in_turn(days: np.ndarray, distances: np.ndarray) -> str | None:
    """Return the alias of two to four days of the week that follow each other, such as Mo We Fr.

    Args:
        days: as above.
        distances: in days, between neighbours within each series.
    """
    used = np.unique(weekdays_of(days))
    if not 2 <= len(used) <= 4 or _count_weeks(days) < _FEWEST_WEEKS:
        return None
    weekdays = weekdays_of(days)
    places = np.searchsorted(used, weekdays)
    follows = places[1:] == (places[:-1] + 1) % len(used)
    is_near = np.diff(days) <= 7
    if (follows & is_near).mean() < _FEWEST_IN_TURN or distances.min() >= 7:
        return None
    return name_weekdays(used)


def usual_weekday(days: np.ndarray) -> str:
    return WEEKDAY_NAMES[int(np.bincount(weekdays_of(days)).argmax())]


def _count_weeks(days: np.ndarray) -> float:
    return (int(days[-1]) - int(days[0])) / 7


def _write(used: np.ndarray) -> str:
    return name_weekdays(used).removeprefix("C-")
