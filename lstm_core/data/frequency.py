"""The spacing of a series: its words, its season and the times that come after it."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from pandas.tseries.frequencies import to_offset
from pandas.tseries.offsets import BaseOffset

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
_STEPS_IN_A_DAY = {"s": 86_400, "min": 1_440, "h": 24, "D": 1}


@dataclass(frozen=True)
class Frequency:
    """How far apart the rows of a series are.

    Exactly one of the two is set: ``alias`` is a pandas offset (``"15min"``, ``"B"``,
    ``"W-MON"``) for times of the calendar; ``step`` is the distance of plain numbers.
    """

    alias: str | None = None
    step: int | None = None

    def __post_init__(self) -> None:
        if (self.alias is None) == (self.step is None):
            raise ValueError("a frequency has either an alias or a step")
        if self.alias is not None:
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
    def _offset(self) -> BaseOffset:
        assert self.alias is not None
        return to_offset(self.alias)

    @property
    def _base(self) -> str:
        return self._offset.base.freqstr.split("-")[0]

    @property
    def label(self) -> str:
        """``"Hourly"``, ``"Every 15 minutes"``, ``"Business days"``; for a confirm card."""
        if self.step is not None:
            return "Numbered rows" if self.step == 1 else f"Numbered rows, {self.step} apart"
        adjective, one, _ = _WORDS.get(self._base, (f"Every {self.alias}", "step", 1))
        count = self._offset.n
        return adjective if count == 1 else f"Every {count} {one}s"

    @property
    def unit(self) -> str:
        """One step in words: ``"hour"``, ``"week"``, or ``"step"`` where no word fits."""
        if self.step is not None or self._offset.n != 1:
            return "step"
        return _WORDS.get(self._base, ("", "step", 1))[1]

    @property
    def usual_season(self) -> int:
        """Steps in the season that this spacing usually has; 1 where none is usual."""
        if self.step is not None:
            return 1
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
