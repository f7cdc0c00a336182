"""Hours of the day, and days of the week, that rows keep to."""

from __future__ import annotations

import numpy as np

from lstm_core.data.series.spacing.calendars.days import DAY, weekdays_of
from lstm_core.data.series.spacing.calendars.sessions import Group, Sessions
from lstm_core.data.series.spacing.finding.steps import (
    SECOND,
    USUAL_SHARE,
    find_most_frequent,
    name_step,
)
from lstm_core.data.series.spacing.finding.weeks import find_weekmask

_FEWEST_DAYS = 3
_FEWEST_WITHIN = 0.8
"""Of the steps between a day's first and last row, how many have to have one."""
_FEWEST_OF_ALL = 0.4
_MOST_OF_A_WEEK = 0.92
_MOST_SPANS = 6
_SAME_DAYS = 0.9
_FEWEST_WEEKS_FOR_GROUPS = 3
_LONGEST_STEP = DAY // 2


def find_sessions(codes: np.ndarray, times: np.ndarray, distances: np.ndarray) -> str:
    """Return the alias of the sessions that rows keep to; ``""`` where there are none.

    A night counts as one where, on several days, the same hours have no row in any series, while
    within a day nearly all steps have one.

    Args:
        codes: each row's series; rows are sorted by series, then by time.
        times: nanoseconds.
        distances: between neighbours within each series.
    """
    usual, share = find_most_frequent(distances)
    is_broken = float((distances > usual).mean()) > 0 and usual < _LONGEST_STEP + 1
    if not is_broken or len(times) < 2 * _FEWEST_DAYS:
        return ""
    clocks, at = np.unique(times % DAY, return_inverse=True)
    if (clocks % SECOND).any():
        return ""
    is_stepped = share >= USUAL_SHARE and DAY % usual == 0
    is_stepped = is_stepped and len(np.unique(clocks % usual)) == 1
    if not is_stepped and len(clocks) > _MOST_SPANS:
        return ""
    step = usual if is_stepped else DAY
    days, day_of_row = np.unique(times // DAY, return_inverse=True)
    taken = np.zeros((len(days), len(clocks)), dtype=bool)
    taken[day_of_row, at] = True
    mask = find_weekmask(days)
    if weekdays_of(days).tolist() == [0, 1, 2, 3, 4]:
        mask = "1111100"  # one whole week, as exchanges and offices have it
    if not _are_days_alike(taken, is_stepped):
        return ""
    groups = _find_groups(days, taken, clocks, step, mask)
    if not groups or any(len(group.spans) > _MOST_SPANS for group in groups):
        return ""
    sessions = Sessions(name_step(step), groups)
    if len(sessions.places) * (usual if is_stepped else 0) > _MOST_OF_A_WEEK * 7 * DAY:
        return ""
    return sessions.alias


def _are_days_alike(taken: np.ndarray, is_stepped: bool) -> bool:
    """Whether rows fill the hours between each day's first and last; ``(days, clocks)``."""
    num_days, num_clocks = taken.shape
    share = float(taken.mean())
    if num_days < _FEWEST_DAYS:
        return num_days == 2 and share == 1.0 and num_clocks > 2
    if not is_stepped:
        return share >= _FEWEST_WITHIN
    first = taken.argmax(axis=1)
    last = num_clocks - 1 - taken[:, ::-1].argmax(axis=1)
    within = taken.sum() / (last - first + 1).sum()
    return share >= _FEWEST_OF_ALL and float(within) >= _FEWEST_WITHIN


def _find_groups(
    days: np.ndarray, taken: np.ndarray, clocks: np.ndarray, step: int, mask: str
) -> tuple[Group, ...]:
    """Return the days of the week by their sessions; one group where they are alike."""
    weekdays = weekdays_of(days)
    by_day = {day: taken[weekdays == day].any(axis=0) for day in np.unique(weekdays).tolist()}
    one = (Group(mask, _find_spans(clocks, step)),)
    num_weeks = (int(days[-1]) - int(days[0])) / 7
    shares = [float(used.mean()) for used in by_day.values()]
    if min(shares) >= _SAME_DAYS or num_weeks < _FEWEST_WEEKS_FOR_GROUPS:
        return one
    spans: dict[tuple[tuple[int, int], ...], list[int]] = {}
    for day, used in by_day.items():
        spans.setdefault(_find_spans(clocks[used], step), []).append(day)
    groups = [
        Group("".join("1" if day in members else "0" for day in range(7)), found)
        for found, members in spans.items()
    ]
    return tuple(groups) if len(groups) <= 4 else one


def _find_spans(clocks: np.ndarray, step: int) -> tuple[tuple[int, int], ...]:
    breaks = np.flatnonzero(np.diff(clocks) > step) if step < DAY else np.arange(len(clocks) - 1)
    starts, ends = np.append(0, breaks + 1), np.append(breaks, len(clocks) - 1)
    return tuple(
        (int(clocks[one]), int(clocks[other])) for one, other in zip(starts, ends, strict=True)
    )
