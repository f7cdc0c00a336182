"""Feasts that come once a year, and most of them on another day each time."""

from __future__ import annotations

import numpy as np

from lstm_core.tasks.forecasting.pretrained.made_up.draws import Draws

_FIRST_YEAR, _LAST_YEAR = 1970, 2070
_NEAR, _SHORTEST_YEAR = 60, 354
"""Days before a series that a feast may act on it, and between a feast and the next, at least."""
_NEW_MOON, _MONTH_OF_MOON = 6.6, 29.530588
"""A new moon in days after 1 January 1970, and the time to the next."""
_FIRST_FAST = 10
"""Of that year's new moons, the one that the month of fasting began with (from 0)."""


def _find_easters() -> np.ndarray:
    """Easter Sundays by the algorithm of Meeus, Jones and Butcher (*Astronomical Algorithms*)."""
    year = np.arange(_FIRST_YEAR, _LAST_YEAR)
    golden, century, rest = year % 19, year // 100, year % 100
    epact = (
        19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15
    ) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    since = epact + weekday - 7 * late + 114
    month, day = since // 31, since % 31
    months = (12 * (year - _FIRST_YEAR) + month - 1).astype("datetime64[M]")
    return np.asarray(months.astype("datetime64[D]").astype(int) + day)


def _find_new_moons(first: np.ndarray) -> np.ndarray:
    """The first new moon on or after each of some days."""
    turns = np.ceil((first - _NEW_MOON) / _MONTH_OF_MOON)
    return np.asarray(np.floor(_NEW_MOON + turns * _MONTH_OF_MOON))


_YEARS = np.arange(_LAST_YEAR - _FIRST_YEAR)
_YEAR_STARTS = (12 * _YEARS).astype("datetime64[M]").astype("datetime64[D]").astype(int)
YEAR_ENDS = _YEAR_STARTS + 358
EASTERS = _find_easters()
# The second new moon after midwinter, between 21 January and 20 February.
MOON_YEARS = _find_new_moons(_YEAR_STARTS + 20)
# Twelve turns of the moon are a year there: eleven days shorter than the sun's.
FASTS = np.floor(_NEW_MOON + _MONTH_OF_MOON * (_FIRST_FAST + 12 * np.arange(len(_YEARS) + 3)))


def draw_feasts(draws: Draws, bounds: np.ndarray) -> np.ndarray:
    """What feasts add to the steps that they and the weeks before fall on, about 1 in size.

    The end of the year, Easter, a new year by the moon, a month of fasting that moves through the
    year, and a day of one's own; most series know one or two of them.

    Args:
        bounds: where steps begin and end, ``(count, length + 1)``, in days since 1970.
    """
    out = np.zeros((draws.count, bounds.shape[1] - 1))
    own = draws.rng.integers(0, 365, (draws.count, 1))
    for share, dates in (
        (0.5, YEAR_ENDS[None]),
        (0.35, EASTERS[None]),
        (0.1, MOON_YEARS[None]),
        (0.08, FASTS[None]),
        (0.3, _YEAR_STARTS[None] + own),
    ):
        rows = np.flatnonzero(draws.chance(share))
        if not len(rows):
            continue
        some = draws.of(len(rows))
        days = np.broadcast_to(dates, (draws.count, dates.shape[1]))[rows]
        takes, after = some.log_uniform(1, 25), some.log_uniform(1, 15)
        here = bounds[rows]
        height = some.normal() * np.sqrt(takes)
        out[rows] += height * find_overlap(here, days, -takes, takes)
        out[rows] += some.some(0.4, -0.5 * height) * find_overlap(here, days, 0, after)
    return out


def find_overlap(
    bounds: np.ndarray, days: np.ndarray, start: np.ndarray | float, takes: np.ndarray
) -> np.ndarray:
    """The share of a window of ``takes`` days beside each feast that a step holds, or, where a
    step is shorter than the window, the share of the step that lies in it."""
    # Of all the years, those that a series lies in, and one before.
    lasts = int((bounds[:, -1] - bounds[:, 0]).max())
    most = min(lasts // _SHORTEST_YEAR + 3, days.shape[1])
    first = (days < bounds[:, :1] - _NEAR).sum(1, keepdims=True)
    chosen = first + np.arange(most)
    known = np.take_along_axis(days, np.minimum(chosen, days.shape[1] - 1), 1)
    passed = np.zeros(bounds.shape)
    # After the last year that is known there are no feasts.
    for one in (np.where(chosen < days.shape[1], known, np.inf) + start).T:
        passed += np.clip(bounds - one[:, None], 0, takes)
    steps = np.diff(bounds, axis=1)
    return np.asarray(np.diff(passed, axis=1) / np.minimum(takes, steps) / np.sqrt(takes))
