"""``Found``: columns that make one time together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lstm_core.data.reading.times.forms.composing import NOTHING
from lstm_core.data.reading.times.parsed import DateOrder


@dataclass(frozen=True)
class Found:
    """Columns that make one time together.

    Attributes:
        names: in the order in which they are read, the date or year first.
        times: int64 nanoseconds since 1970, ``(rows,)``; ``NOTHING`` for none.
        told: how they were read, where that could be mistaken.
        ends: columns of clocks that say where each stretch ends.
        date_order: what the clocks have proven of the dates, where it was open.
    """

    names: tuple[str, ...]
    times: np.ndarray
    told: str = ""
    ends: tuple[str, ...] = ()
    date_order: DateOrder | None = None


def count_distinct(times: np.ndarray) -> int:
    """Return how many times there are; at once where they stand in order."""
    given = times[times != NOTHING]
    steps = np.diff(given)
    if len(steps) and (steps >= 0).all():
        return int((steps > 0).sum()) + 1
    return len(np.unique(given))


def add(days: np.ndarray, clocks: np.ndarray) -> np.ndarray:
    """Return days with their clocks; ``NOTHING`` where either is missing."""
    is_missing = (days == NOTHING) | (clocks == NOTHING)
    return np.where(is_missing, NOTHING, np.where(is_missing, 0, days) + clocks)
