"""The seasons that rows may have beside the one that was found: a week where that is a day."""

from __future__ import annotations

from lstm_core.data.series.profile.seasons import list_season_lengths
from lstm_core.data.series.spacing.frequency import Frequency

_DAYS_IN_STEPS = (24, 48, 96, 144, 288)
"""Seasons of numbered rows that are likely to be days: seven of them are a week."""
_NEARLY = 0.05
"""Seasons that differ by less are one."""


def find_longer(season: int, frequency: Frequency, num_rows: int) -> tuple[int, ...]:
    """Return the calendar's seasons beyond the usual one, in steps, that fit twice into the rows.

    A year is counted in whole weeks, so that the days of the week stay where they are.
    """
    if frequency.is_calendar:
        lengths = list_season_lengths(frequency)
    else:
        lengths = (7 * season,) if season in _DAYS_IN_STEPS else ()
    found: list[int] = []
    for length in lengths:
        last = found[-1] if found else season
        if length > last * (1 + _NEARLY) and 2 * length <= num_rows:
            found.append(length)
    return tuple(found)
