"""Which day each row is of, where their clocks differ."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

DAY = 86_400_000_000_000
"""Nanoseconds."""

_NEAR_MIDNIGHT = DAY // 8
"""Clocks that lie at both sides of midnight are of one midnight if none is further from it."""


@dataclass(frozen=True)
class Days:
    """Where one day ends and the next begins, and the clock that stands for a day.

    Attributes:
        clock: nanoseconds after midnight.
        start: how long before midnight a day begins.
    """

    clock: int = 0
    start: int = 0

    def number(self, times: np.ndarray) -> np.ndarray:
        """Return the days since 1970, int64, of times in nanoseconds."""
        return np.floor_divide(times + self.start, DAY)


def find_days(times: np.ndarray) -> Days:
    """Return how times, int64 and not empty, belong to days.

    The clock is the one that all share, or half of them do (a close at 16:00 and a few early
    ones); otherwise midnight. Where all lie close to midnight and at both sides of it, such as
    local midnights told in another zone, a day begins at the noon before.
    """
    clocks = times % DAY
    if (clocks == clocks[0]).all():
        return Days(clock=int(clocks[0]))
    from_midnight = np.where(clocks > DAY // 2, clocks - DAY, clocks)
    is_near = bool((np.abs(from_midnight) <= _NEAR_MIDNIGHT).all())
    if is_near and from_midnight.min() < 0 <= from_midnight.max():
        return Days(start=DAY // 2)
    values, counts = np.unique(clocks, return_counts=True)
    is_shared = counts.max() * 2 >= len(times)
    return Days(clock=int(values[counts.argmax()]) if is_shared else 0)


def weekdays_of(days: np.ndarray) -> np.ndarray:
    """Return the day of the week of days since 1970; Monday is 0."""
    return (days + 3) % 7  # 1970-01-01 is a Thursday
