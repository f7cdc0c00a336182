"""The spacing of a series: its words, its season and the times that come after it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from pandas.tseries.frequencies import to_offset
from pandas.tseries.offsets import BaseOffset, CustomBusinessDay

from lstm_core.errors import DataError

_WORDS = {  # base alias: (adjective, one, season in steps)
    "s": ("Every second", "second", 60),
    "min": ("Every minute", "minute", 60),
    "h": ("Hourly", "hour", 24),
    "D": ("Daily", "day", 7),
    "B": ("Business days", "business day", 5),
    "W": ("Weekly", "week", 52),
    "ME": ("Monthly", "month", 12),
    "MS": ("Monthly", "month", 12),
    "QE": ("Quarterly", "quarter", 4),
    "QS": ("Quarterly", "quarter", 4),
    "YE": ("Yearly", "year", 1),
    "YS": ("Yearly", "year", 1),
}
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEKDAYS = re.compile(r"C-([01]{7})")
_STEPS_IN_A_DAY = {"s": 86_400, "min": 1_440, "h": 24, "D": 1}


def name_weekdays(days: Sequence[int] | np.ndarray) -> str:
    """Return the alias of some days of every week, Monday 0: ``"C-1111110"``, Monday to Saturday.

    pandas knows such days, but has no alias for them.
    """
    return "C-" + "".join("1" if day in days else "0" for day in range(7))


def read_offset(alias: str) -> BaseOffset:
    """Return the pandas offset of an alias, of days of the week too.

    Raises:
        ValueError: there is none.
    """
    weekdays = _WEEKDAYS.fullmatch(alias)
    if weekdays is None or "1" not in weekdays[1]:
        return to_offset(alias)
    return CustomBusinessDay(weekmask=weekdays[1])


@dataclass(frozen=True)
class Frequency:
    """How far apart the rows of a series are.

    Exactly one of the two is set: ``alias`` is a pandas offset (``"15min"``, ``"B"``,
    ``"W-MON"``) or that of some days of the week (see ``name_weekdays``) for times of the
    calendar; ``step`` is the distance of plain numbers.
    """

    alias: str | None = None
    step: int | None = None

    def __post_init__(self) -> None:
        if (self.alias is None) == (self.step is None):
            raise ValueError("a frequency has either an alias or a step")
        if self.alias is not None:
            try:
                read_offset(self.alias)
            except ValueError as error:
                raise DataError(
                    f'"{self.alias}" is not a spacing that pandas knows.',
                    "Use an offset such as h, D, B, W-MON, MS or 15min.",
                ) from error

    @property
    def is_calendar(self) -> bool:
        return self.alias is not None

    @property
    def _offset(self) -> BaseOffset:
        assert self.alias is not None
        return read_offset(self.alias)

    @property
    def weekmask(self) -> str:
        """Which days of the week rows are on, such as ``"1111110"``; empty where none is free."""
        found = _WEEKDAYS.fullmatch(self.alias or "")
        return "" if found is None else found[1]

    @property
    def _weekdays(self) -> list[int]:
        return [day for day, mark in enumerate(self.weekmask) if mark == "1"]

    @property
    def _base(self) -> str:
        return self._offset.base.freqstr.split("-")[0]

    @property
    def label(self) -> str:
        """``"Hourly"``, ``"Every 15 minutes"``, ``"Business days"``; for a confirm card."""
        if self.step is not None:
            return "Numbered rows" if self.step == 1 else f"Numbered rows, {self.step} apart"
        if self._weekdays:
            return _say_days(self._weekdays)
        adjective, one, _ = _WORDS.get(self._base, (f"Every {self.alias}", "step", 1))
        count = self._offset.n
        return adjective if count == 1 else f"Every {count} {one}s"

    @property
    def unit(self) -> str:
        """One step in words: ``"hour"``, ``"week"``, or ``"step"`` where no word fits."""
        if self.step is not None or self._offset.n != 1:
            return "step"
        if self._weekdays:
            return "day"
        return _WORDS.get(self._base, ("", "step", 1))[1]

    @property
    def usual_season(self) -> int:
        """Steps in the season that this spacing usually has; 1 where none is usual."""
        if self.step is not None:
            return 1
        if self._weekdays:
            return len(self._weekdays)
        count = self._offset.n
        if self._base in ("s", "min", "h") and count > 1:
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
        try:
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
        return pd.date_range(start, end, freq=self._offset).as_unit("ns")


def _say_days(days: Sequence[int]) -> str:
    """``"Monday to Saturday"`` where the days follow each other, else a list of them."""
    first = next((day for day in days if (day - 1) % 7 not in days), days[0])
    ordered = sorted(days, key=lambda day: (day - first) % 7)
    if all((first + place) % 7 == day for place, day in enumerate(ordered)):
        return f"{_DAYS[first]} to {_DAYS[ordered[-1]]}"
    return ", ".join(_DAYS[day] for day in days)
