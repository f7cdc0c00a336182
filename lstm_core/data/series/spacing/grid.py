"""Times as whole numbers of steps: the arithmetic that makes a series regular."""

from __future__ import annotations

import numpy as np
import pandas as pd
from pandas.tseries import offsets

from lstm_core.data.series.spacing.calendars.days import DAY, Days, find_days, weekdays_of
from lstm_core.data.series.spacing.calendars.even import (
    DayGrid,
    EvenGrid,
    build_even_grid,
    find_origin,
)
from lstm_core.data.series.spacing.calendars.month_rules import (
    BusinessDayOfMonth,
    DayOfMonth,
    MonthGrid,
    Rule,
    RuleGrid,
    WeekdayOfMonth,
    to_months,
)
from lstm_core.data.series.spacing.calendars.names import MONTH_NAMES, WEEKDAY_NAMES
from lstm_core.data.series.spacing.calendars.own import Grid
from lstm_core.data.series.spacing.calendars.weekdays import BusinessDayGrid
from lstm_core.data.series.spacing.frequency import Frequency, read_offset
from lstm_core.errors import DataError

_WEEKDAYS = {name: number for number, name in enumerate(WEEKDAY_NAMES)}
_MONTHS = {name: number for number, name in enumerate(MONTH_NAMES)}
_LAST = DayOfMonth(31)
_CLOSE_TOGETHER = 0.6
"""Three days of the week in a row reach 0.75, five of them 0.36."""


def build_grid(frequency: Frequency, times: np.ndarray) -> Grid:
    """Return the grid of ``frequency`` that lies best on ``times`` (int64, not empty).

    Raises:
        DataError: the frequency is one that rows can't be put on.
    """
    if frequency.step is not None:
        return EvenGrid(find_origin(times, frequency.step) or 0, frequency.step)
    assert frequency.alias is not None
    own = frequency.own
    if own is not None:
        return own.build_grid(times, find_days(times))
    offset = read_offset(frequency.alias)
    count = offset.n
    if isinstance(offset, offsets.Tick):
        step = int(pd.Timedelta(offset).value)
        return build_even_grid(times, step)
    days = find_days(times)
    if isinstance(offset, offsets.Day):
        first = find_origin(days.number(times), count) or 0
        return DayGrid(first, count, days)
    if isinstance(offset, offsets.Week):
        return _build_week_grid(_WEEKDAYS[offset.freqstr.rpartition("-")[2]], count, times, days)
    if type(offset) is offsets.BusinessDay and count == 1:
        return BusinessDayGrid(days)
    month_grid = _build_month_grid(offset, times, days) or _build_rule_grid(offset, times, days)
    if month_grid is not None:
        return month_grid
    raise DataError(
        f'Rows can\'t be put on the spacing "{frequency.alias}".',
        "Use an offset such as h, D, B, W-MON, MS or 15min.",
    )


def _build_week_grid(weekday: int, count: int, times: np.ndarray, days: Days) -> EvenGrid:
    """Return weeks around a day of the week, or from it on where rows are on any day."""
    numbers = days.number(times)
    first = int(numbers.min())
    first += int((weekday - weekdays_of(np.array(first))) % 7)
    angles = np.exp(2j * np.pi / 7 * weekdays_of(numbers))
    is_around = abs(complex(angles.mean())) >= _CLOSE_TOGETHER
    return EvenGrid(first * DAY + days.clock, 7 * DAY * count, is_enclosing=not is_around)


def _build_month_grid(
    offset: offsets.BaseOffset, times: np.ndarray, days: Days
) -> MonthGrid | None:
    at_end = isinstance(offset, offsets.MonthEnd | offsets.QuarterEnd | offsets.YearEnd)
    if type(offset) in (offsets.MonthBegin, offsets.MonthEnd):
        first = int(to_months(days.number(times) * DAY).min()) if offset.n > 1 else 0
        return MonthGrid(offset.n, first + int(at_end and offset.n > 1), at_end, days)
    if type(offset) in (offsets.QuarterBegin, offsets.QuarterEnd):
        length = 3 * offset.n
    elif type(offset) in (offsets.YearBegin, offsets.YearEnd):
        length = 12 * offset.n
    else:
        return None
    anchor = _MONTHS[offset.freqstr.rpartition("-")[2]]
    return MonthGrid(length, anchor + int(at_end), at_end, days)


def _build_rule_grid(offset: offsets.BaseOffset, times: np.ndarray, days: Days) -> RuleGrid | None:
    """Return the grid of offsets that name days of the month by a rule."""
    length = offset.n
    rules: tuple[Rule, ...]
    named = offset.freqstr.rpartition("-")[2]
    if isinstance(offset, offsets.SemiMonthBegin):
        rules = (DayOfMonth(1), DayOfMonth(int(named)))
    elif isinstance(offset, offsets.SemiMonthEnd):
        rules = (DayOfMonth(int(named)), _LAST)
    elif isinstance(offset, offsets.WeekOfMonth | offsets.LastWeekOfMonth):
        week = int(named[0]) - 1 if isinstance(offset, offsets.WeekOfMonth) else -1
        rules = (WeekdayOfMonth(_WEEKDAYS[named[-3:]], week),)
    elif isinstance(offset, offsets.BusinessMonthBegin | offsets.BusinessMonthEnd):
        rules = (BusinessDayOfMonth(isinstance(offset, offsets.BusinessMonthEnd)),)
    elif isinstance(offset, offsets.BQuarterBegin | offsets.BQuarterEnd):
        rules = (BusinessDayOfMonth(isinstance(offset, offsets.BQuarterEnd)),)
        length *= 3
    elif isinstance(offset, offsets.BYearBegin | offsets.BYearEnd):
        rules = (BusinessDayOfMonth(isinstance(offset, offsets.BYearEnd)),)
        length *= 12
    else:
        return None
    if len(rules) > 1 and length > 1:
        return None
    return RuleGrid(length, _find_first_month(offset, length, times, days), rules, days.clock)


def _find_first_month(
    offset: offsets.BaseOffset, length: int, times: np.ndarray, days: Days
) -> int:
    """Return the month that steps are counted from: the anchor's, else the one most rows have."""
    anchor = _MONTHS.get(offset.freqstr.rpartition("-")[2])
    if anchor is not None:
        return anchor
    return int(np.bincount(to_months(days.number(times) * DAY) % length).argmax())
