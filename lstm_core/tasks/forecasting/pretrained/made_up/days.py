"""How a day goes, on days of work and of rest: figures of the hours, and the days' sizes."""

from __future__ import annotations

import numpy as np

from lstm_core.tasks.forecasting.pretrained.made_up.draws import Draws
from lstm_core.tasks.forecasting.pretrained.made_up.recursion import persist
from lstm_core.tasks.forecasting.pretrained.made_up.rhythms import DAYS_A_WEEK
from lstm_core.tasks.forecasting.pretrained.made_up.seasons import draw_waves, standardise

TYPES = 4
"""Days of work, the day before rest, the first day of rest (Saturday), the second one (Sunday)."""
_WORK, _EVE, _FIRST, _SECOND = range(TYPES)
_MOST_PEAKS = 3


def draw_profiles(draws: Draws, a_day: int) -> np.ndarray:
    """How the four types of day go, ``(count, 4, a_day)``; days of work have unit size.

    Days of rest are days of work that were changed, a little for some, all through for others:
    the peaks of the morning go, noon grows.
    """
    work = draw_profile(draws, a_day)
    out = np.repeat(work[:, None], TYPES, 1)
    other = draw_profile(draws, a_day)
    mixed = draws.some(0.7, draws.log_uniform(0.1, 1))
    second = work + mixed * (other - work)
    between = draws.uniform(0, 1)
    out[:, _SECOND] = second
    out[:, _FIRST] = work + between * (second - work)
    own = draws.some(0.3, draws.log_uniform(0.05, 0.5))
    out[:, _FIRST] += own * draw_profile(draws, a_day)
    out[:, _EVE] += draws.some(0.3, draws.log_uniform(0.05, 0.5)) * (second - work)
    return out


def draw_profile(draws: Draws, a_day: int) -> np.ndarray:
    """A day's figure, ``(count, a_day)``: peaks by the clock, opening hours, or waves.

    Peaks have different widths and stand on different sides (traffic, power, calls); opening hours
    are flat with edges (shops, offices, machines); waves are smooth (temperatures, tides).
    """
    hours = np.arange(a_day)[None] / a_day
    peaks = np.zeros((draws.count, a_day))
    start = draws.uniform(0, 1)
    for number in range(_MOST_PEAKS):
        # After the night come morning, noon and evening, about a quarter of a day from each other.
        place = start + 0.3 + 0.22 * number + 0.07 * draws.normal()
        width = draws.log_uniform(0.04, 0.17)
        off = (hours - place + 0.5) % 1 - 0.5
        height = draws.some(0.8, draws.log_uniform(0.2, 1.5))
        peaks += height * np.exp(-0.5 * (off / width) ** 2)
    open_from, open_for = draws.uniform(0, 1), draws.uniform(0.2, 0.7)
    edge = draws.log_uniform(0.005, 0.04)
    since = (hours - open_from) % 1
    opening = 1 / (1 + np.exp(np.clip(-since / edge, -50, 50)))
    closing = 1 / (1 + np.exp(np.clip((since - open_for) / edge, -50, 50)))
    opened = opening * closing + 0.2 * peaks
    how = draws.one_of(0.45, 0.2, 0.35)
    return standardise(np.choose(how, [peaks, opened, draw_waves(draws, a_day, least=0.6)]))


def draw_day_types(draws: Draws, days: int) -> np.ndarray:
    """Which type each day is, ``(count, days)``: a week that begins anywhere, and holidays.

    One in eight has one day of rest, one in eight none at all; holidays are like Sundays, two in a
    hundred days for those who keep them.
    """
    start = draws.rng.integers(0, DAYS_A_WEEK, (draws.count, 1))
    weekday = (start + np.arange(days)[None]) % DAYS_A_WEEK
    types = np.choose(weekday, [_WORK, _WORK, _WORK, _WORK, _EVE, _FIRST, _SECOND])
    rests = draws.one_of(0.75, 0.125, 0.125)
    types = np.where((rests >= 1) & (types == _FIRST), _WORK, types)
    types = np.where((rests == 2) & (types == _SECOND), _WORK, types)
    holidays = draws.chance(0.02, days) & draws.chance(0.6) & (rests < 2)
    return np.where(holidays, _SECOND, types)


def draw_day_sizes(draws: Draws, days: int) -> np.ndarray:
    """What goes for a whole day, ``(count, days)``, about 0 and of unit size: weather, campaigns.

    Most remember the day before, some wander off over the weeks.
    """
    memory = draws.some(0.7, draws.uniform(0, 0.97))
    return persist(draws.shocks(days), memory)


def spread(draws: Draws, by_day: np.ndarray, a_day: int, length: int) -> np.ndarray:
    """From ``(count, days)`` to ``(count, length)``, in lines from one noon to the next for half
    of the series and in steps at midnight for the others; see ``cut``."""
    steps = np.repeat(by_day, a_day, 1)
    at = (np.arange(by_day.shape[1] * a_day) + 0.5) / a_day - 0.5
    left = np.clip(np.floor(at).astype(int), 0, by_day.shape[1] - 1)
    right = np.minimum(left + 1, by_day.shape[1] - 1)
    rest = np.clip(at - left, 0, 1)[None]
    lines = by_day[:, left] * (1 - rest) + by_day[:, right] * rest
    return np.where(draws.chance(0.5), lines, steps)[:, :length]
