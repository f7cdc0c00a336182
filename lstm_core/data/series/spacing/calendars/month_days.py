"""The same days of every month, or of every few months."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from lstm_core.data.series.spacing.calendars.days import DAY, Days
from lstm_core.data.series.spacing.calendars.month_rules import DayOfMonth, RuleGrid, to_months
from lstm_core.data.series.spacing.calendars.names import join_words, say_ordinal

LAST = 31
_ALIAS = re.compile(r"(\d*)DOM((?:-\d{1,2})+)")
_UNITS = {1: ("Monthly", "month", 12), 3: ("Quarterly", "quarter", 4), 12: ("Yearly", "year", 1)}


@dataclass(frozen=True)
class MonthDays:
    """The alias ``DOM-1-11-21``: the 1st, 11th and 21st of every month.

    ``3DOM-15`` is the 15th of every third month; 31 is the last day, however long the month.
    """

    num_months: int
    days: tuple[int, ...]

    @classmethod
    def read(cls, alias: str) -> MonthDays | None:
        found = _ALIAS.fullmatch(alias)
        if found is None:
            return None
        days = tuple(int(day) for day in found[2].strip("-").split("-"))
        num_months = int(found[1] or 1)
        is_usable = num_months > 0 and days == tuple(sorted(set(days))) and days[0] >= 1
        return cls(num_months, days) if is_usable and days[-1] <= LAST else None

    @property
    def alias(self) -> str:
        count = "" if self.num_months == 1 else str(self.num_months)
        return f"{count}DOM-" + "-".join(map(str, self.days))

    @property
    def label(self) -> str:
        days = join_words(["last" if day == LAST else say_ordinal(day) for day in self.days])
        if len(self.days) > 1:
            return f"On the {days} of the month"
        lead = _UNITS.get(self.num_months, (f"Every {self.num_months} months", "", 1))[0]
        return f"{lead}, on the {days}"

    @property
    def unit(self) -> str:
        if len(self.days) > 1:
            return "step"
        return _UNITS.get(self.num_months, ("", "step", 1))[1]

    @property
    def usual_season(self) -> int:
        """Steps in a year, where they are a whole number."""
        steps, rest = divmod(12 * len(self.days), self.num_months)
        return steps if rest == 0 else 1

    def build_grid(self, times: np.ndarray, days: Days) -> RuleGrid:
        months = to_months(days.number(times) * DAY)
        first = int(np.bincount(months % self.num_months).argmax())
        rules = tuple(DayOfMonth(day) for day in self.days)
        return RuleGrid(self.num_months, first, rules, days.clock)
