"""Times as whole numbers of steps: the arithmetic that makes a series regular."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import pandas as pd
from pandas.tseries import offsets

from lstm_core.data.series.frequency import Frequency, read_offset
from lstm_core.errors import DataError

DAY = 86_400_000_000_000
"""Nanoseconds."""

WEEKDAY_NAMES = ("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")
MONTH_NAMES = (
    "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
)  # fmt: skip

_WEEKDAYS = {name: number for number, name in enumerate(WEEKDAY_NAMES)}
_MONTHS = {name: number for number, name in enumerate(MONTH_NAMES)}
_EPOCH = np.datetime64("1970-01-01", "D")


class Grid(Protocol):
    """Every time of a frequency has a whole number, and neighbours differ by one.

    Times are int64: nanoseconds since 1970, or the numbers of numbered rows.
    """

    def to_ordinals(self, times: np.ndarray) -> np.ndarray:
        """Return the number of the nearest (for months: the enclosing) step of each time."""
        ...

    def to_times(self, ordinals: np.ndarray) -> np.ndarray: ...


@dataclass(frozen=True)
class EvenGrid:
    """Steps of one length; ``origin`` is a time on the grid."""

    origin: int
    step: int

    def to_ordinals(self, times: np.ndarray) -> np.ndarray:
        return np.floor_divide(times - self.origin + self.step // 2, self.step)

    def to_times(self, ordinals: np.ndarray) -> np.ndarray:
        return self.origin + ordinals * self.step


@dataclass(frozen=True)
class BusinessDayGrid:
    """Mondays to Fridays at ``clock`` after midnight; a weekend's time counts for Monday.

    ``weekmask`` says which days of the week are worked on, Monday first.
    """

    clock: int
    weekmask: str = "1111100"

    def to_ordinals(self, times: np.ndarray) -> np.ndarray:
        days = np.floor_divide(times, DAY).astype("datetime64[D]")
        worked = np.busday_offset(days, 0, roll="forward", weekmask=self.weekmask)
        return np.busday_count(_EPOCH, worked, weekmask=self.weekmask)

    def to_times(self, ordinals: np.ndarray) -> np.ndarray:
        days = np.busday_offset(_EPOCH, ordinals, roll="forward", weekmask=self.weekmask)
        return days.astype(np.int64) * DAY + self.clock


@dataclass(frozen=True)
class MonthGrid:
    """Every ``num_months`` months from the month ``first_month`` (0 is January of the year 0).

    ``at_end`` puts a step's time on the last day of its last month, otherwise it is the first
    day of its first month; ``clock`` is added to either.
    """

    num_months: int
    first_month: int
    at_end: bool
    clock: int

    def to_ordinals(self, times: np.ndarray) -> np.ndarray:
        return np.floor_divide(to_months(times) - self.first_month, self.num_months)

    def to_times(self, ordinals: np.ndarray) -> np.ndarray:
        months = ordinals * self.num_months + self.first_month
        if self.at_end:
            months = months + self.num_months
        days = (months - 1970 * 12).astype("datetime64[M]").astype("datetime64[D]")
        return (days.astype(np.int64) - int(self.at_end)) * DAY + self.clock


def to_months(times: np.ndarray) -> np.ndarray:
    """Return ``12 * year + month - 1`` of times in nanoseconds."""
    months = times.astype("datetime64[ns]").astype("datetime64[M]").astype(np.int64)
    return months + 1970 * 12


def build_grid(frequency: Frequency, times: np.ndarray) -> Grid:
    """Return the grid of ``frequency`` that lies best on ``times`` (int64, not empty).

    Raises:
        DataError: the frequency is one that rows can't be put on.
    """
    if frequency.step is not None:
        return EvenGrid(_best_origin(times, frequency.step), frequency.step)
    assert frequency.alias is not None
    offset = read_offset(frequency.alias)
    count = offset.n
    if isinstance(offset, offsets.Tick):
        step = int(pd.Timedelta(offset).value)
        return EvenGrid(_best_origin(times, step), step)
    if isinstance(offset, offsets.Day):
        return EvenGrid(_best_origin(times, DAY * count), DAY * count)
    clock = _shared_clock(times)
    if isinstance(offset, offsets.Week):
        weekday = _WEEKDAYS[offset.freqstr.rpartition("-")[2]]
        first_day = int(times.min()) // DAY
        to_anchor = (weekday - (first_day + 3)) % 7  # 1970-01-01 is a Thursday
        return EvenGrid((first_day + to_anchor) * DAY + clock, 7 * DAY * count)
    if type(offset) is offsets.BusinessDay and count == 1:
        return BusinessDayGrid(clock)
    if isinstance(offset, offsets.CustomBusinessDay) and count == 1:
        return BusinessDayGrid(clock, frequency.weekmask)
    month_grid = _build_month_grid(offset, times, clock)
    if month_grid is not None:
        return month_grid
    raise DataError(
        f'Rows can\'t be put on the spacing "{frequency.alias}".',
        "Use an offset such as h, D, B, W-MON, MS or 15min.",
    )


def _build_month_grid(
    offset: offsets.BaseOffset, times: np.ndarray, clock: int
) -> MonthGrid | None:
    at_end = isinstance(offset, offsets.MonthEnd | offsets.QuarterEnd | offsets.YearEnd)
    if type(offset) in (offsets.MonthBegin, offsets.MonthEnd):
        first = int(to_months(times).min()) if offset.n > 1 else 0
        return MonthGrid(offset.n, first + int(at_end and offset.n > 1), at_end, clock)
    if type(offset) in (offsets.QuarterBegin, offsets.QuarterEnd):
        length = 3 * offset.n
    elif type(offset) in (offsets.YearBegin, offsets.YearEnd):
        length = 12 * offset.n
    else:
        return None
    anchor = _MONTHS[offset.freqstr.rpartition("-")[2]]
    return MonthGrid(length, anchor + int(at_end), at_end, clock)


def _shared_clock(times: np.ndarray) -> int:
    """Return the nanoseconds after midnight that all times share; 0 where they differ."""
    clocks = times % DAY
    return int(clocks[0]) if (clocks == clocks[0]).all() else 0


def _best_origin(times: np.ndarray, step: int) -> int:
    """Return the phase that most times share, if half of them do; else a round one."""
    phases, counts = np.unique(times % step, return_counts=True)
    shared = int(phases[counts.argmax()]) if counts.max() * 2 >= len(times) else 0
    return shared
