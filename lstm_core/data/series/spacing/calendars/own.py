"""Spacings that pandas has no alias for."""

from __future__ import annotations

from typing import Protocol

import numpy as np

from lstm_core.data.series.spacing.calendars.days import Days
from lstm_core.data.series.spacing.calendars.month_days import MonthDays
from lstm_core.data.series.spacing.calendars.sessions import Sessions
from lstm_core.data.series.spacing.calendars.turns import Turns
from lstm_core.data.series.spacing.calendars.weekdays import Weekdays


class Grid(Protocol):
    """Every time of a frequency has a whole number, and neighbours differ by one.

    Times are int64: nanoseconds since 1970, or the numbers of numbered rows.
    """

    def to_ordinals(self, times: np.ndarray) -> np.ndarray:
        """Return the number of the nearest (for months: the enclosing) step of each time."""
        ...

    def to_times(self, ordinals: np.ndarray) -> np.ndarray: ...


class OwnCalendar(Protocol):
    """A spacing with an alias of its own."""

    @property
    def alias(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def usual_season(self) -> int: ...

    def build_grid(self, times: np.ndarray, days: Days) -> Grid:
        """Return the grid that lies best on ``times`` (int64, not empty)."""
        ...


def read_own(alias: str) -> OwnCalendar | None:
    """Return the calendar of an alias of our own, None where it is none of these."""
    for kind in (Weekdays, Sessions, MonthDays, Turns):
        found = kind.read(alias)
        if found is not None:
            return found
    return None
