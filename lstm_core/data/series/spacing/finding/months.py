"""Spacings that go by months: their beginnings, ends, fixed days, weekdays and business days."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from lstm_core.data.series.spacing.calendars.days import DAY, weekdays_of
from lstm_core.data.series.spacing.calendars.month_days import LAST, MonthDays
from lstm_core.data.series.spacing.calendars.month_rules import (
    BusinessDayOfMonth,
    Rule,
    WeekdayOfMonth,
    first_days,
    to_months,
)
from lstm_core.data.series.spacing.calendars.names import MONTH_NAMES, WEEKDAY_NAMES
from lstm_core.data.series.spacing.finding.steps import (
    ALWAYS_SHARE,
    USUAL_SHARE,
    find_most_frequent,
)

_DAYS_OF_A_LONG_WEEKEND = 4
_FEWEST_FOR_A_RULE = 5
_USUAL_DAYS = {(1, 15), (1, 16), (15, LAST), (1, 11, 21), (10, 20, LAST), (5, 20)}
"""Such days are meant even where each was seen once; others have to come again."""
_MOST_DAYS = 6
_NEAR_A_DAY = 3
_LAST_OF_ALL_MONTHS = 28


def find_months(days: np.ndarray, distances: np.ndarray) -> str:
    """Return an alias of months, quarters or years, or ``""`` where days are the better unit.

    Args:
        days: int64, days since 1970 of all rows.
        distances: in days, between neighbours within each series; their median is 27 or more.
    """
    median = float(np.median(distances))
    months = to_months(days * DAY)
    starts, ends = first_days(months), first_days(months + 1)
    days_of_month = days - starts + 1
    usual, share = find_most_frequent(distances)
    is_even = share >= ALWAYS_SHARE and bool((distances % usual == 0).all())
    if is_even and len(np.unique(days_of_month)) > 2:
        return ""  # every 28 or 30 days, whatever the month, and however many are missing
    num_months = next(
        (count for count, low, high in ((1, 27, 33), (3, 85, 97), (12, 355, 375))
         if low <= median <= high),
        max(1, round(median / 30.44)),
    )  # fmt: skip
    anchor = int(np.bincount(months % num_months).argmax())  # January is 0
    days_left = ends - days - 1
    if (days_of_month == 1).all():
        return _name_months(num_months, anchor, at_end=False)
    if (days_left == 0).all():
        return _name_months(num_months, anchor, at_end=True)
    rule = _find_rule(days, months, days_of_month, num_months, anchor)
    if rule:
        return rule
    at_end = bool((days_left <= _DAYS_OF_A_LONG_WEEKEND).all())
    return _name_months(num_months, anchor, at_end)


def _find_rule(
    days: np.ndarray, months: np.ndarray, days_of_month: np.ndarray, num_months: int, anchor: int
) -> str:
    """Return the alias of one day that a rule finds in each month; ``""`` where none fits all."""
    count = "" if num_months == 1 else str(num_months)
    day = int(days_of_month.max())
    is_fixed = (days_of_month == np.minimum(day, first_days(months + 1) - first_days(months))).all()
    if is_fixed and len(days) > 1:
        return MonthDays(num_months, (day,)).alias
    if len(days) < _FEWEST_FOR_A_RULE:
        return ""
    for is_last in (True, False):
        if _fits(BusinessDayOfMonth(is_last), days, months, ALWAYS_SHARE):
            return f"B{_name_months(num_months, anchor, at_end=is_last)}"
    weekdays = np.unique(weekdays_of(days))
    if len(weekdays) > 1:
        return _find_usual_day(days_of_month, num_months)
    name = WEEKDAY_NAMES[weekdays[0]]
    for week in (-1, 0, 1, 2, 3):
        if _fits(WeekdayOfMonth(int(weekdays[0]), week), days, months, 1.0):
            return f"{count}LWOM-{name}" if week < 0 else f"{count}WOM-{week + 1}{name}"
    return ""


def _find_usual_day(days_of_month: np.ndarray, num_months: int) -> str:
    """Return the alias of a day that weekends bring forward or put off; ``""`` for none."""
    usual = int(np.bincount(days_of_month).argmax())
    apart = np.abs(days_of_month - usual)
    is_inside = _NEAR_A_DAY < usual <= _LAST_OF_ALL_MONTHS - _NEAR_A_DAY
    if is_inside and (apart == 0).mean() >= USUAL_SHARE and (apart <= _NEAR_A_DAY).all():
        return MonthDays(num_months, (usual,)).alias
    return ""


def _fits(rule: Rule, days: np.ndarray, months: np.ndarray, share: float) -> bool:
    found = rule.find(months)
    near = np.abs(found - days) <= _DAYS_OF_A_LONG_WEEKEND
    return bool(near.all()) and float((found == days).mean()) >= share


def _name_months(num_months: int, anchor: int, at_end: bool) -> str:
    suffix = "E" if at_end else "S"
    if num_months == 1:
        return f"M{suffix}"
    if num_months == 3:  # pandas names quarters that end by their last month of the year
        return f"Q{suffix}-{MONTH_NAMES[anchor + 9 if at_end else anchor]}"
    if num_months == 12:
        return f"Y{suffix}-{MONTH_NAMES[anchor]}"
    return f"{num_months}M{suffix}"


def find_days_of_month(days: np.ndarray) -> str:
    """Return the alias of two to six days of every month; ``""`` where rows are on more.

    Args:
        days: int64, days since 1970 of all rows, not of an even step.
    """
    months = to_months(days * DAY)
    days_of_month = days - first_days(months) + 1
    is_last = first_days(months + 1) - days == 1
    exact = min(
        (days_of_month, np.where(is_last, LAST, days_of_month)), key=lambda each: len(set(each))
    )
    found, counts = np.unique(exact, return_counts=True)
    names = tuple(int(day) for day in found)
    if not 2 <= len(names) <= _MOST_DAYS:
        return ""
    if names not in _USUAL_DAYS and (counts.min() < 2 or min(np.diff(names)) < 3):
        return ""
    return _name_days_of_month(names)


def find_half_months(days: np.ndarray) -> str:
    """Return the two days of the month that all rows are near, such as paydays; ``""`` if none."""
    months = to_months(days * DAY)
    starts, ends = first_days(months), first_days(months + 1)
    found, most = "", 0.0
    for first, second in ((15, LAST), (1, 15)):
        around: Iterable[np.ndarray] = (
            starts + first - 1,
            ends - 1 if second == LAST else starts + second - 1,
            starts - 1 if second == LAST else ends,
        )
        apart = np.min([np.abs(days - each) for each in around], axis=0)
        exact = float((apart == 0).mean())
        if (apart <= _NEAR_A_DAY).all() and exact > most:
            found, most = _name_days_of_month((first, second)), exact
    return found


def _name_days_of_month(names: tuple[int, ...]) -> str:
    """Return pandas's alias where it has one."""
    if len(names) == 2 and names[0] == 1 and 2 <= names[1] <= 27:
        return f"SMS-{names[1]}"
    if len(names) == 2 and names[1] == LAST and names[0] <= 27:
        return f"SME-{names[0]}"
    return MonthDays(1, names).alias
