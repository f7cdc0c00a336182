"""Periods of several lengths in turn, such as months of four, four and five weeks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from lstm_core.data.series.spacing.calendars.days import DAY, Days
from lstm_core.data.series.spacing.calendars.names import join_words

_ALIAS = re.compile(r"T((?:-\d{1,3}){2,6})-(\d{8})")
_DAYS_OF_52_WEEKS = 364


@dataclass(frozen=True)
class TurnGrid:
    """Days since 1970 that follow each other by ``lengths``, again and again, from ``first`` on."""

    first: int
    lengths: tuple[int, ...]
    days: Days

    @property
    def _places(self) -> np.ndarray:
        return np.cumsum([0, *self.lengths[:-1]])

    def to_ordinals(self, times: np.ndarray) -> np.ndarray:
        turn = sum(self.lengths)
        rounds, rest = np.divmod(self.days.number(times) - self.first, turn)
        middles = (self._places + np.append(self._places[1:], turn)) / 2
        return rounds * len(self.lengths) + np.searchsorted(middles, rest, side="left")

    def to_times(self, ordinals: np.ndarray) -> np.ndarray:
        rounds, place = np.divmod(ordinals, len(self.lengths))
        days = self.first + rounds * sum(self.lengths) + self._places[place]
        return days * DAY + self.days.clock


@dataclass(frozen=True)
class Turns:
    """The alias ``T-28-28-35-20240127``: periods of 28, 28 and 35 days, the first from that date.

    pandas has its 52-53-week years, but none without the rule that makes a year longer.
    """

    lengths: tuple[int, ...]
    first: str
    unit: ClassVar[str] = "step"

    @classmethod
    def read(cls, alias: str) -> Turns | None:
        found = _ALIAS.fullmatch(alias)
        if found is None:
            return None
        lengths = tuple(int(days) for days in found[1].strip("-").split("-"))
        try:
            turns = cls(lengths, found[2])
            return turns if turns._first_day and min(lengths) else None
        except ValueError:
            return None

    @property
    def alias(self) -> str:
        return f"T-{'-'.join(map(str, self.lengths))}-{self.first}"

    @property
    def label(self) -> str:
        if any(days % 7 for days in self.lengths):
            return f"Periods of {join_words([str(days) for days in self.lengths])} days"
        return f"Periods of {join_words([str(days // 7) for days in self.lengths])} weeks"

    @property
    def usual_season(self) -> int:
        rounds, rest = divmod(_DAYS_OF_52_WEEKS, sum(self.lengths))
        return rounds * len(self.lengths) if rest == 0 else len(self.lengths)

    @property
    def _first_day(self) -> int:
        text = self.first
        day = np.datetime64(f"{text[:4]}-{text[4:6]}-{text[6:]}", "D")
        return int(day.astype(np.int64))

    def build_grid(self, times: np.ndarray, days: Days) -> TurnGrid:
        return TurnGrid(self._first_day, self.lengths, days)
