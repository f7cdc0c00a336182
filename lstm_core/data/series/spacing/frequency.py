"""The spacing of a series: its words, its season and the times that come after it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from pandas.tseries import offsets
from pandas.tseries.frequencies import to_offset
from pandas.tseries.offsets import BaseOffset

from lstm_core.data.series.spacing.calendars.days import find_days
from lstm_core.data.series.spacing.calendars.names import DAY_WORDS, WEEKDAY_NAMES, say_ordinal
from lstm_core.data.series.spacing.calendars.own import OwnCalendar, read_own
from lstm_core.data.series.spacing.calendars.sessions import Sessions
from lstm_core.data.series.spacing.calendars.weekdays import Weekdays
from lstm_core.errors import DataError

_WORDS = {  # base alias: (adjective, one, season in steps)
    "us": ("Every microsecond", "microsecond", 1),
    "ms": ("Every millisecond", "millisecond", 1),
    "s": ("Every second", "second", 60),
    "min": ("Every minute", "minute", 60),
    "h": ("Hourly", "hour", 24),
    "D": ("Daily", "day", 7),
    "B": ("Business days", "business day", 5),
    "W": ("Weekly", "week", 52),
    "SMS": ("Twice a month", "half-month", 24),
    "SME": ("Twice a month", "half-month", 24),
    "ME": ("Monthly", "month", 12),
    "MS": ("Monthly", "month", 12),
    "BME": ("Monthly", "month", 12),
    "BMS": ("Monthly", "month", 12),
    "WOM": ("Monthly", "month", 12),
    "LWOM": ("Monthly", "month", 12),
    "QE": ("Quarterly", "quarter", 4),
    "QS": ("Quarterly", "quarter", 4),
    "BQE": ("Quarterly", "quarter", 4),
    "BQS": ("Quarterly", "quarter", 4),
    "YE": ("Yearly", "year", 1),
    "YS": ("Yearly", "year", 1),
    "BYE": ("Yearly", "year", 1),
    "BYS": ("Yearly", "year", 1),
}
_STEPS_IN_A_DAY = {"s": 86_400, "min": 1_440, "h": 24}
_STEPS_IN_A_SECOND = {"ms": 1_000, "us": 1_000_000}
_MOST_A_SECOND = 1_000


def read_offset(alias: str) -> BaseOffset:
    """Return the pandas offset of an alias, of days of the week too.

    Raises:
        ValueError: there is none.
    """
    own = read_own(alias)
    return own.offset if isinstance(own, Weekdays) else to_offset(alias)


@dataclass(frozen=True)
class Frequency:
    """How far apart the rows of a series are.

    Exactly one of the two is set: ``alias`` is a pandas offset (``"15min"``, ``"B"``,
    ``"W-MON"``, ``"SMS-15"``, ``"LWOM-FRI"``) or one of our own (``calendars.own``: days of the
    week, sessions, days of the month, periods in turn) for times of the calendar; ``step`` is the
    distance of plain numbers.
    """

    alias: str | None = None
    step: int | None = None

    def __post_init__(self) -> None:
        if (self.alias is None) == (self.step is None):
            raise ValueError("a frequency has either an alias or a step")
        if self.alias is not None and self.own is None:
            try:
                to_offset(self.alias)
            except ValueError as error:
                raise DataError(
                    f'"{self.alias}" is not a spacing that pandas knows.',
                    "Use an offset such as h, D, B, W-MON, MS or 15min.",
                ) from error

    @property
    def is_calendar(self) -> bool:
        return self.alias is not None

    @property
    def is_within_days(self) -> bool:
        """Whether the clock counts: rows can be less than a day apart."""
        own = self.own
        if own is not None:
            return isinstance(own, Sessions)
        return self.is_calendar and isinstance(self._offset, offsets.Tick)

    @property
    def own(self) -> OwnCalendar | None:
        """The calendar of an alias that pandas does not have; None for its own."""
        return None if self.alias is None else read_own(self.alias)

    @property
    def _offset(self) -> BaseOffset:
        assert self.alias is not None
        return read_offset(self.alias)

    @property
    def weekmask(self) -> str:
        """Which days of the week rows are on, such as ``"1111110"``; empty where none is free."""
        return self.own.mask if isinstance(self.own, Weekdays) else ""

    @property
    def _base(self) -> str:
        return self._offset.base.freqstr.split("-")[0]

    @property
    def label(self) -> str:
        """``"Hourly"``, ``"Every 15 minutes"``, ``"Business days"``; for a confirm card."""
        if self.step is not None:
            return "Numbered rows" if self.step == 1 else f"Numbered rows, {self.step} apart"
        own = self.own
        return _say_offset(self._offset, self._base) if own is None else own.label

    @property
    def label_inside(self) -> str:
        """The label as it stands inside a sentence: names of days keep their capitals."""
        return self.label if self.weekmask else self.label[:1].lower() + self.label[1:]

    @property
    def unit(self) -> str:
        """One step in words: ``"hour"``, ``"week"``, or ``"step"`` where no word fits."""
        if self.step is not None:
            return "step"
        own = self.own
        if own is not None:
            return own.unit
        return "step" if self._offset.n != 1 else _WORDS.get(self._base, ("", "step", 1))[1]

    @property
    def usual_season(self) -> int:
        """Steps in the season that this spacing usually has; 1 where none is usual."""
        if self.step is not None:
            return 1
        own = self.own
        if own is not None:
            return own.usual_season
        count = self._offset.n
        if self._base in _STEPS_IN_A_DAY and count > 1:
            steps, remainder = divmod(_STEPS_IN_A_DAY[self._base], count)
            return steps if remainder == 0 else 1
        season = _WORDS.get(self._base, ("", "", 1))[2]
        return max(1, season // count) if season % count == 0 else 1

    def times_after(self, last: pd.Timestamp | int, count: int) -> pd.Index:
        """Return the ``count`` times that follow ``last``; business days skip weekends.

        Raises:
            DataError: they lie beyond the year 2262, where dates end here.
        """
        if self.step is not None:
            first = int(last) + self.step
            return pd.RangeIndex(first, first + self.step * count, self.step)
        own = self.own
        try:
            if own is not None and not isinstance(own, Weekdays):
                return _count_on(own, pd.Timestamp(last), count)
            times = pd.date_range(pd.Timestamp(last), periods=count + 1, freq=self._offset)
            # where ``last`` does not lie on the grid, the range began after it
            following = times[1:] if times[0] == last else times[:count]
            return following.as_unit("ns")
        except (OverflowError, pd.errors.OutOfBoundsDatetime) as error:
            raise DataError(
                f"{count} steps after {last:%Y-%m-%d} lie beyond the year 2262.",
                "Shorten the horizon.",
            ) from error

    def grid(self, first: pd.Timestamp | int, last: pd.Timestamp | int) -> pd.Index:
        """Return every time from ``first`` to ``last``, both included."""
        if self.step is not None:
            return pd.RangeIndex(int(first), int(last) + 1, self.step)
        start, end = pd.Timestamp(first), pd.Timestamp(last)
        own = self.own
        if own is None or isinstance(own, Weekdays):
            return pd.date_range(start, end, freq=self._offset).as_unit("ns")
        ends = np.array([start.as_unit("ns").value, end.as_unit("ns").value])
        grid = own.build_grid(ends[:1], find_days(ends[:1]))
        one, other = grid.to_ordinals(ends).tolist()
        times = grid.to_times(np.arange(one, other + 1))
        return _to_index(times[(times >= ends[0]) & (times <= ends[1])])


def _count_on(own: OwnCalendar, last: pd.Timestamp, count: int) -> pd.DatetimeIndex:
    moment = np.array([last.as_unit("ns").value])
    grid = own.build_grid(moment, find_days(moment))
    place = int(grid.to_ordinals(moment)[0])
    is_before = int(grid.to_times(np.array([place]))[0]) > moment[0]
    times = grid.to_times(place + np.arange(count) + int(not is_before))
    if (np.diff(times, prepend=moment) <= 0).any():
        raise OverflowError("beyond the year 2262")
    return _to_index(times)


def _to_index(times: np.ndarray) -> pd.DatetimeIndex:
    return pd.DatetimeIndex(times.astype("datetime64[ns]"))


def _say_offset(offset: BaseOffset, base: str) -> str:
    adjective, one, _ = _WORDS.get(base, (f"Every {offset.freqstr}", "step", 1))
    count = offset.n
    per_second, rest = divmod(_STEPS_IN_A_SECOND.get(base, 0), count)
    if 1 < per_second <= _MOST_A_SECOND and rest == 0:
        return f"{per_second:,} a second"
    if base in ("MS", "ME") and count % 12 == 0:
        one, count = "year", count // 12
    words = adjective if count == 1 else f"Every {count} {one}s"
    return words + _say_place(offset, base)


def _say_place(offset: BaseOffset, base: str) -> str:
    """Say which days of the month are meant, where it is neither its first nor its last."""
    anchor = offset.freqstr.rpartition("-")[2]
    if base == "SMS":
        return f", on the 1st and {say_ordinal(int(anchor))}"
    if base == "SME":
        return f", on the {say_ordinal(int(anchor))} and last"
    if base in ("WOM", "LWOM"):
        week = "last" if base == "LWOM" else say_ordinal(int(anchor[0]))
        return f", on the {week} {DAY_WORDS[WEEKDAY_NAMES.index(anchor[-3:])]}"
    if base in ("BME", "BQE", "BYE"):
        return ", on the last business day"
    return ", on the first business day" if base in ("BMS", "BQS", "BYS") else ""
