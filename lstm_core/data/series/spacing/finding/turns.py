"""Months of whole weeks: four, four and five in turn."""

from __future__ import annotations

import numpy as np

from lstm_core.data.series.spacing.calendars.days import DAY, Days
from lstm_core.data.series.spacing.calendars.turns import Turns

_LENGTHS = (28, 35, 42)
"""Six weeks where a year of 53 gives one of its months another."""
_PATTERNS = ((28, 28, 35), (28, 35, 28), (35, 28, 28))
_FEWEST = 6
_PERIODS_BETWEEN = 60
"""One year in five or six has 53 weeks."""
_MOST_MOVED = 10
"""Days: a year of 53 weeks moves all before it by a week."""


def find_turns(days: np.ndarray, distances: np.ndarray) -> str:
    """Return the alias of periods of 28, 28 and 35 days in turn; ``""`` where they are not.

    After a year of 53 weeks the turns begin anew: they are those of the latest rows, and a row
    before counts for the nearest of them.

    Args:
        days: int64, days since 1970 with a row, sorted, each once.
        distances: in days, between neighbours within each series.
    """
    is_usual = np.isin(distances, _LENGTHS)
    if len(days) < _FEWEST or not is_usual.mean() > 0.8 or not (distances == 35).any():
        return ""
    for start, fewest in ((0, len(days)), (-1, _FEWEST)):
        for lengths in _PATTERNS:
            turns = Turns(lengths, str(days[start].astype("datetime64[D]")).replace("-", ""))
            if _follow(days, turns, fewest):
                return turns.alias
    return ""


def _follow(days: np.ndarray, turns: Turns, fewest: int) -> bool:
    """Whether the latest ``fewest`` days are those of the turns, and those before a week apart.

    Before a year of 53 weeks all are moved by the same week, unlike the last Fridays of months,
    which are now and then.
    """
    grid = turns.build_grid(days * DAY, Days())
    ordinals = grid.to_ordinals(days * DAY)
    moved = grid.to_times(ordinals) // DAY - days
    is_one_each = bool((np.diff(ordinals) > 0).all())
    num_long_years = int(np.count_nonzero(np.diff(moved)))
    is_rare = num_long_years <= 1 + len(days) / _PERIODS_BETWEEN and (np.diff(moved) <= 0).all()
    is_near = bool((np.abs(moved) <= _MOST_MOVED).all())
    return is_one_each and is_near and bool(is_rare) and not moved[-fewest:].any()
