"""Steps of months: their beginnings and ends, and days that a rule finds in each month."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from lstm_core.data.series.spacing.calendars.days import DAY, Days, weekdays_of


@dataclass(frozen=True)
class MonthGrid:
    """Every ``num_months`` months from the month ``first_month`` (0 is January of the year 0).

    ``at_end`` puts a step's time on the last day of its last month, otherwise it is on the first
    day of its first month.
    """

    num_months: int
    first_month: int
    at_end: bool
    days: Days

    def to_ordinals(self, times: np.ndarray) -> np.ndarray:
        months = to_months(self.days.number(times) * DAY)
        return np.floor_divide(months - self.first_month, self.num_months)

    def to_times(self, ordinals: np.ndarray) -> np.ndarray:
        months = ordinals * self.num_months + self.first_month
        if self.at_end:
            months = months + self.num_months
        return (first_days(months) - int(self.at_end)) * DAY + self.days.clock


class Rule(Protocol):
    """A day in every month."""

    def find(self, months: np.ndarray) -> np.ndarray:
        """Return the day since 1970 for each month (as ``to_months`` counts)."""
        ...


@dataclass(frozen=True)
class DayOfMonth:
    """The 15th; or the last day, where a month has no such day."""

    day: int

    def find(self, months: np.ndarray) -> np.ndarray:
        return np.minimum(first_days(months) + self.day, first_days(months + 1)) - 1


@dataclass(frozen=True)
class WeekdayOfMonth:
    """The third Friday: ``weekday`` 4 (Monday is 0), ``week`` 2; ``week`` -1 is the last one."""

    weekday: int
    week: int

    def find(self, months: np.ndarray) -> np.ndarray:
        if self.week < 0:
            last = first_days(months + 1) - 1
            return last - (weekdays_of(last) - self.weekday) % 7
        first = first_days(months)
        return first + (self.weekday - weekdays_of(first)) % 7 + 7 * self.week


@dataclass(frozen=True)
class BusinessDayOfMonth:
    """The first or the last Monday to Friday of a month."""

    is_last: bool

    def find(self, months: np.ndarray) -> np.ndarray:
        if self.is_last:
            last = first_days(months + 1) - 1
            return last - np.maximum(weekdays_of(last) - 4, 0)
        first = first_days(months)
        weekdays = weekdays_of(first)
        return first + np.where(weekdays > 4, 7 - weekdays, 0)


@dataclass(frozen=True)
class RuleGrid:
    """The days that ``rules`` find in every ``num_months``-th month from ``first_month`` on."""

    num_months: int
    first_month: int
    rules: tuple[Rule, ...]
    clock: int

    def to_ordinals(self, times: np.ndarray) -> np.ndarray:
        """Return the number of the nearest step of each time."""
        turns = np.floor_divide(to_months(times) - self.first_month, self.num_months)
        count = len(self.rules)
        first = (turns - 1) * count
        best, nearest = first, np.abs(self.to_times(first) - times)
        for place in range(1, 3 * count):
            apart = np.abs(self.to_times(first + place) - times)
            best = np.where(apart < nearest, first + place, best)
            nearest = np.minimum(apart, nearest)
        return best

    def to_times(self, ordinals: np.ndarray) -> np.ndarray:
        turns, places = np.divmod(ordinals, len(self.rules))
        months = turns * self.num_months + self.first_month
        days = np.stack([rule.find(months) for rule in self.rules])
        return np.take_along_axis(days, places[None], axis=0)[0] * DAY + self.clock


def to_months(times: np.ndarray) -> np.ndarray:
    """Return ``12 * year + month - 1`` of times in nanoseconds."""
    months = times.astype("datetime64[ns]").astype("datetime64[M]").astype(np.int64)
    return months + 1970 * 12


def first_days(months: np.ndarray) -> np.ndarray:
    """Return the days since 1970 that months begin on."""
    starts = (months - 1970 * 12).astype("datetime64[M]").astype("datetime64[D]")
    return starts.astype(np.int64)
