"""How far apart rows are: the frequency that a series' own times suggest."""

from __future__ import annotations

import numpy as np

from lstm_core.data.series.spacing.calendars.days import DAY, find_days
from lstm_core.data.series.spacing.finding.day_steps import find_day_alias
from lstm_core.data.series.spacing.finding.sessions import find_sessions
from lstm_core.data.series.spacing.finding.steps import (
    ALWAYS_SHARE,
    find_distances,
    find_even_step,
    find_most_frequent,
    find_number_step,
    name_step,
)
from lstm_core.data.series.spacing.frequency import Frequency

_NEARLY_A_DAY = 0.9 * DAY


def infer_frequency(codes: np.ndarray, times: np.ndarray, is_calendar: bool) -> Frequency:
    """Return the spacing of one or several series, two rows of which follow each other.

    Args:
        codes: int64, each row's series; rows are sorted by series, then by time.
        times: int64; nanoseconds since 1970 or plain numbers.
        is_calendar: whether the numbers are nanoseconds.
    """
    distances = find_distances(codes, times)
    if not is_calendar:
        return Frequency(step=find_number_step(distances))
    return Frequency(alias=_infer_alias(codes, times, distances))


def _infer_alias(codes: np.ndarray, times: np.ndarray, distances: np.ndarray) -> str:
    usual, share = find_most_frequent(distances)
    if float(np.median(distances)) >= _NEARLY_A_DAY:
        if share >= ALWAYS_SHARE and usual % DAY:
            return name_step(usual)  # every 36 hours
        days = find_days(times).number(times)
        distances_in_days = find_distances(codes, days)
        if len(distances_in_days):
            return find_day_alias(days, distances_in_days)
    return find_sessions(codes, times, distances) or name_step(find_even_step(distances))
