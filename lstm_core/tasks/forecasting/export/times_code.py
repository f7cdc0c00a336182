"""The times behind the last row, as a script lists them."""

from __future__ import annotations

from lstm_core.data.series.spacing.calendars.days import DAY
from lstm_core.data.series.spacing.calendars.month_days import MonthDays
from lstm_core.data.series.spacing.calendars.sessions import Group, Sessions
from lstm_core.data.series.spacing.calendars.turns import Turns
from lstm_core.data.series.spacing.frequency import Frequency
from lstm_core.export.code import write_function, write_literal

_DAYS_OF_A_WEEK = 7


def write_times_after(frequency: Frequency) -> str:
    """Write ``list_times_after``: the times of the horizon after one that the spacing has."""
    return write_function("list_times_after(time)", "", _write_body(frequency))


def _write_body(frequency: Frequency) -> list[str]:
    own = frequency.own
    if isinstance(own, Sessions):
        return _count_sessions(own)
    if isinstance(own, MonthDays):
        return _count_month_days(own)
    if isinstance(own, Turns):
        return _count_turns(own)
    if frequency.step is not None:
        step = "AHEAD" if frequency.step == 1 else f"{frequency.step} * AHEAD"
        return [f"return time + {step}"]
    freq = write_literal(frequency.alias)
    if frequency.weekmask:
        freq = f"pd.offsets.CustomBusinessDay(weekmask={write_literal(frequency.weekmask)})"
    return [f"return pd.date_range(time, periods=HORIZON + 1, freq={freq})[1:]"]


def _count_sessions(own: Sessions) -> list[str]:
    freq = write_literal("1D" if own.step == "D" else own.step)
    groups = [
        line
        for group in own.groups
        for line in (f"    ({write_literal(group.days)}, [", *_list_spans(group), "    ]),")
    ]
    return [
        "sessions = [",
        *groups,
        "]",
        f"days = pd.date_range(pd.Timestamp(time).normalize(), periods={_DAYS_OF_A_WEEK} * HORIZON"
        f" + {_DAYS_OF_A_WEEK + 1})",
        "found = [",
        "    moment",
        "    for day in days",
        "    for weekdays, spans in sessions",
        "    if day.day_of_week in weekdays",
        "    for first, last in spans",
        "    for moment in pd.date_range(",
        f"        day + pd.Timedelta(first), day + pd.Timedelta(last), freq={freq}",
        "    )",
        "]",
        "return pd.DatetimeIndex([moment for moment in found if moment > time][:HORIZON])",
    ]


def _list_spans(group: Group) -> list[str]:
    return [f'        ("{_write(first)}", "{_write(last)}"),' for first, last in group.spans]


def _write(clock: int) -> str:
    seconds = clock % DAY // 1_000_000_000
    return f"{seconds // 3_600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _count_month_days(own: MonthDays) -> list[str]:
    days = write_literal(list(own.days))
    return [
        "time = pd.Timestamp(time)",
        "clock = time - time.normalize()",
        "months = [",
        '    pd.Period(time, "M") + number',
        f"    for number in range(0, {own.num_months} * (HORIZON + 1), {own.num_months})",
        "]",
        "found = [",
        "    month.start_time + pd.Timedelta(days=min(day, month.days_in_month) - 1) + clock",
        "    for month in months",
        f"    for day in {days}",
        "]",
        "return pd.DatetimeIndex([moment for moment in found if moment > time][:HORIZON])",
    ]


def _count_turns(own: Turns) -> list[str]:
    first = f"{own.first[:4]}-{own.first[4:6]}-{own.first[6:]}"
    return [
        f"lengths = {write_literal(list(own.lengths))}",
        "time = pd.Timestamp(time)",
        "places = np.cumsum([0, *lengths[:-1]])",
        f"passed = (time.normalize() - pd.Timestamp({write_literal(first)})).days % sum(lengths)",
        "place = int(np.flatnonzero(places == passed)[0])",
        "ahead = [lengths[(place + number) % len(lengths)] for number in range(HORIZON)]",
        'return time + pd.to_timedelta(np.cumsum(ahead), unit="D")',
    ]
