"""What a spacing means for a series: its seasons, and how far one looks back and ahead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Unit = Literal[
    "", "part of a day", "day", "working day", "week", "month", "quarter", "half-year", "year"
]
"""What one step is on the calendar; nothing where the calendar says nothing about it."""

DAYS_A_WEEK = 7
_A_YEAR: dict[Unit, float] = {
    "day": 365.25,
    "working day": 261,
    "week": 365.25 / DAYS_A_WEEK,
    "month": 12,
    "quarter": 4,
    "half-year": 2,
    "year": 1,
}


@dataclass(frozen=True)
class Rhythm:
    """A spacing.

    Attributes:
        seasons: their lengths in steps, the shorter first; none for years.
        steps: how many steps ahead are asked for.
        history: how many values of the past are made.
    """

    name: str
    seasons: tuple[int, ...]
    steps: int
    history: int
    unit: Unit = ""

    @property
    def longest(self) -> int:
        """The longest season, 1 where there is none."""
        return max(self.seasons, default=1)

    @property
    def a_year(self) -> float:
        """Steps in a year; where the calendar says nothing, the longest season is taken for one."""
        if self.a_day:
            return self.a_day * _A_YEAR["day"]
        return _A_YEAR.get(self.unit, float(self.longest))

    @property
    def a_day(self) -> int:
        """Steps in a day, where a step is less than that; 0 otherwise."""
        return self.seasons[0] if self.unit == "part of a day" else 0


RHYTHMS = (
    Rhythm("yearly", (), 10, 60, "year"),
    Rhythm("half-yearly", (2,), 12, 60, "half-year"),
    Rhythm("quarterly", (4,), 16, 100, "quarter"),
    Rhythm("monthly", (12,), 36, 240, "month"),
    Rhythm("four-weekly", (13,), 26, 130),
    Rhythm("half-monthly", (24,), 36, 192),
    Rhythm("weekly", (52,), 52, 364, "week"),
    Rhythm("weekly without a year", (), 26, 200, "week"),
    Rhythm("daily", (7,), 60, 420, "day"),
    Rhythm("daily with a year", (7, 365), 60, 1461, "day"),
    Rhythm("working days", (5,), 40, 400, "working day"),
    Rhythm("four-hourly", (6, 42), 42, 420, "part of a day"),
    Rhythm("hourly", (24, 168), 72, 840, "part of a day"),
    Rhythm("hourly without a week", (24,), 72, 336, "part of a day"),
    Rhythm("half-hourly", (48, 336), 96, 1344, "part of a day"),
    Rhythm("quarter-hourly", (96, 672), 96, 2016, "part of a day"),
    Rhythm("short turns", (6,), 24, 180),
    Rhythm("long turns", (60,), 60, 600),
)
