"""A column of dates and a column of clocks."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lstm_core.data.reading.table import SourceTable
from lstm_core.data.reading.times.forms.composing import NANOS, NOTHING
from lstm_core.data.reading.times.joining.clocks import (
    Clock,
    names_end,
    read_clock,
    read_minutes,
    run_on,
)
from lstm_core.data.reading.times.joining.dates import Days, read_dates
from lstm_core.data.reading.times.joining.found import Found, add, count_distinct
from lstm_core.data.reading.times.parsed import DateOrder
from lstm_core.spec.reading import ReadingPlan

_FEWEST_A_DAY = 1.2
_UNEVEN = 0.5


def find_dated_clock(
    table: SourceTable, names: Sequence[str], plan: ReadingPlan, is_told: bool
) -> Found | None:
    """Return a date that repeats and the clock that tells its rows apart; None for none.

    Args:
        names: the columns to look at.
        is_told: whether a person named them; else dates have to repeat.
    """
    read = {str(name): _read_clock(table, name) for name in table.frame.columns}
    every = {name: clock for name, clock in read.items() if clock is not None}
    clocks = {name: clock for name, clock in every.items() if name in names}
    if not clocks:
        return None
    dates = {
        name: days
        for name in names
        if name not in clocks and (days := read_dates(table, name, plan)) is not None
    }
    if not is_told and any(not days.repeats for days in dates.values()):
        return None
    places = {name: place for place, name in enumerate(table.frame.columns)}
    pairs = sorted(
        ((date, clock) for date in dates for clock in clocks),
        key=lambda pair: (
            names_end(pair[1]),
            not clocks[pair[1]].is_text,
            abs(places[pair[0]] - places[pair[1]]),
            places[pair[1]] < places[pair[0]],
        ),
    )
    for date, clock in pairs:
        found = _join(table, date, dates[date], clock, clocks[clock], is_told)
        if found is not None:
            ends = tuple(
                name for name, other in every.items() if name not in found.names and other.is_text
            )
            return Found(found.names, found.times, found.told, ends, found.date_order)
    return None


def _read_clock(table: SourceTable, name: str) -> Clock | None:
    return read_clock(table.frame[name], table.spelt.get(name))


def _join(
    table: SourceTable, date: str, days: Days, clock: str, times: Clock, is_told: bool
) -> Found | None:
    names: tuple[str, ...] = (date, clock)
    clocks = times.times
    minutes = _find_minutes(table, names, clocks)
    if minutes is not None:
        names = (date, clock, minutes[0])
        clocks = add(clocks, minutes[1] * 60 * NANOS)
    joined = add(days.times, clocks)
    num_days, num_joined = count_distinct(days.times), count_distinct(joined)
    if not num_joined or (not is_told and num_joined < _FEWEST_A_DAY * num_days):
        return None
    if not (is_told or times.is_text or run_on(times.times)):
        return None
    order = None
    if days.open_order is not None:
        joined, order = _choose_order(days, days.open_order, clocks, joined)
    return Found(names, joined, times.told, date_order=order)


def _find_minutes(
    table: SourceTable, names: tuple[str, ...], clocks: np.ndarray
) -> tuple[str, np.ndarray] | None:
    """Return a column of minutes beside whole hours."""
    given = clocks[clocks != NOTHING]
    if (given % (3_600 * NANOS) != 0).any():
        return None
    for name in table.frame.columns:
        if name not in names:
            minutes = read_minutes(table.frame[name])
            if minutes is not None:
                return str(name), minutes
    return None


def _choose_order(
    days: Days, order: DateOrder, clocks: np.ndarray, joined: np.ndarray
) -> tuple[np.ndarray, DateOrder | None]:
    """Let the clocks decide whether the day or the month comes first; None if they don't."""
    swapped_days = days.swapped()
    if swapped_days is None:
        return joined, None
    swapped = add(swapped_days, clocks)
    straight_spread, swapped_spread = _measure(joined), _measure(swapped)
    if min(straight_spread, swapped_spread) > _UNEVEN * max(straight_spread, swapped_spread):
        return joined, None
    if swapped_spread > straight_spread:
        return joined, order
    return swapped, "month" if order == "day" else "day"


def _measure(times: np.ndarray) -> float:
    distances = np.diff(np.unique(times[times != NOTHING])).astype(np.float64)
    return float(distances.std() / distances.mean()) if len(distances) else 0.0
