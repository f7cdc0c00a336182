"""Some days of every week: the others are free."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from pandas.tseries.offsets import CustomBusinessDay

from lstm_core.data.series.spacing.calendars.days import DAY, Days
from lstm_core.data.series.spacing.calendars.names import say_days

_FIRST = np.datetime64("1600-01-01", "D")
"""Before all times: numpy counts back from a free day in another way than on from it."""
_ALIAS = re.compile(r"C-([01]{7})")


@dataclass(frozen=True)
class BusinessDayGrid:
    """Mondays to Fridays; the time of a weekend counts for Monday.

    ``weekmask`` says which days of the week are worked on, Monday first.
    """

    days: Days
    weekmask: str = "1111100"

    def to_ordinals(self, times: np.ndarray) -> np.ndarray:
        days = self.days.number(times).astype("datetime64[D]")
        worked = np.busday_offset(days, 0, roll="forward", weekmask=self.weekmask)
        return np.busday_count(_FIRST, worked, weekmask=self.weekmask)

    def to_times(self, ordinals: np.ndarray) -> np.ndarray:
        days = np.busday_offset(_FIRST, ordinals, roll="forward", weekmask=self.weekmask)
        return days.astype(np.int64) * DAY + self.days.clock


@dataclass(frozen=True)
class Weekdays:
    """The alias ``C-1111110``: Monday to Saturday. pandas knows such days, but no alias.

    ``mask`` has a 1 for each day of the week that rows are on, Monday first.
    """

    mask: str
    unit: ClassVar[str] = "day"

    @classmethod
    def read(cls, alias: str) -> Weekdays | None:
        found = _ALIAS.fullmatch(alias)
        return cls(found[1]) if found and "1" in found[1] else None

    @property
    def alias(self) -> str:
        return f"C-{self.mask}"

    @property
    def label(self) -> str:
        return say_days([day for day, mark in enumerate(self.mask) if mark == "1"])

    @property
    def usual_season(self) -> int:
        return self.mask.count("1")

    @property
    def offset(self) -> CustomBusinessDay:
        return CustomBusinessDay(weekmask=self.mask)

    def build_grid(self, times: np.ndarray, days: Days) -> BusinessDayGrid:
        return BusinessDayGrid(days, self.mask)


def name_weekdays(days: np.ndarray | list[int]) -> str:
    """Return the alias of some days of every week, Monday 0: ``"C-1111110"``."""
    return "C-" + "".join("1" if day in days else "0" for day in range(7))
