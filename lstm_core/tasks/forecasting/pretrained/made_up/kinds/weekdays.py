"""Days: weeks, years, feasts, days off, ends of months."""

from __future__ import annotations

import numpy as np

from lstm_core.tasks.forecasting.pretrained.made_up.calendars import (
    find_weekdays,
    lay_out_days,
)
from lstm_core.tasks.forecasting.pretrained.made_up.days import draw_day_sizes
from lstm_core.tasks.forecasting.pretrained.made_up.draws import Draws
from lstm_core.tasks.forecasting.pretrained.made_up.feasts import draw_feasts
from lstm_core.tasks.forecasting.pretrained.made_up.kinds.kind import Kind
from lstm_core.tasks.forecasting.pretrained.made_up.kinds.trade import draw_offers
from lstm_core.tasks.forecasting.pretrained.made_up.levels import (
    draw_level,
    draw_shifts,
)
from lstm_core.tasks.forecasting.pretrained.made_up.noise import draw_noise
from lstm_core.tasks.forecasting.pretrained.made_up.rhythms import DAYS_A_WEEK, Rhythm
from lstm_core.tasks.forecasting.pretrained.made_up.scales import multiply, soften
from lstm_core.tasks.forecasting.pretrained.made_up.seasons import (
    draw_waves,
    standardise,
)
from lstm_core.tasks.forecasting.pretrained.made_up.signals import Signal

_A_YEAR = 365.25
_A_MONTH = 365.25 / 12
_DAYS_OFF = 10


def is_daily(rhythm: Rhythm) -> bool:
    """Whether a step is a day."""
    return rhythm.unit == "day"


def draw_days(draws: Draws, rhythm: Rhythm, length: int) -> np.ndarray:
    """A signal in per cent: a figure of the week whose size moves with the year, the year itself,
    feasts, days off that are like Sundays, ends of months, a level, weather and noise."""
    bounds = lay_out_days(draws, rhythm, length)
    days = bounds[:, :-1]
    weekdays = np.where(_draw_days_off(draws, days), DAYS_A_WEEK - 1, find_weekdays(days))
    week = draws.some(0.9, draws.log_uniform(0.03, 0.9)) * _draw_week(draws)
    of_week = np.take_along_axis(week, weekdays, 1)
    year = _draw_year(draws, days)
    together = draws.some(0.3, draws.uniform(-0.5, 0.5))
    changing = 1 + draws.some(0.3, draws.uniform(-0.7, 1)) * np.linspace(0, 1, length)[None]
    out = of_week * np.maximum(1 + together * year, 0) * changing
    out += draws.some(0.8, draws.log_uniform(0.03, 0.7)) * year
    out += draws.some(0.5, draws.log_uniform(0.02, 0.3)) * draw_feasts(draws, bounds)
    out += draws.some(0.3, draws.log_uniform(0.03, 0.3)) * _draw_months(draws, days)
    out += draws.log_uniform(0.2, 1) * draw_level(draws, length, 4 / _A_YEAR, 0.3)
    weather = draws.some(0.6, draws.log_uniform(0.02, 0.4))
    out += weather * draw_day_sizes(draws, length)
    out += draws.log_uniform(0.01, 0.3) * draw_noise(draws, length)
    out += draws.some(0.2, 1.0) * draw_offers(draws, length)
    return np.asarray(out + 0.3 * draw_shifts(draws, length))


def make_days(draws: Draws, rhythm: Rhythm, length: int) -> Signal:
    """In per cent (65%) or added (35%); some are closed on one or two days of the week."""
    signal = draw_days(draws, rhythm, length)
    added = soften(4 * (signal + draws.uniform(0.2, 5))) / 4
    values = np.where(draws.chance(0.65), multiply(signal), added)
    # Closed: the same weekdays are nothing, whatever the others are.
    closed = draws.some(0.08, draws.rng.integers(1, 3, (draws.count, 1)))
    first = draws.rng.integers(0, DAYS_A_WEEK, (draws.count, 1))
    shut = (np.arange(length)[None] + first) % DAYS_A_WEEK < closed
    return Signal.positive(np.where(shut, 0, values))


def _draw_week(draws: Draws) -> np.ndarray:
    """Monday to Sunday, of unit size: low or high at the end, a wave, or anything."""
    days = np.arange(DAYS_A_WEEK)[None]
    rest = (days >= 5) * draws.sign(0.4) + (days == 6) * draws.some(0.6, 0.7 * draws.normal())
    eve = draws.some(0.4, 0.5 * draws.normal()) * (days == 4)
    little = draws.log_uniform(0.05, 0.6) * draws.normal(DAYS_A_WEEK)
    how = draws.one_of(0.6, 0.15, 0.25)
    smooth = draw_waves(draws, DAYS_A_WEEK)
    return standardise(np.choose(how, [rest + eve + little, smooth, draws.normal(DAYS_A_WEEK)]))


def _draw_year(draws: Draws, days: np.ndarray) -> np.ndarray:
    """Up to four waves over the year of the sun, of unit size over a whole one."""
    out, power = np.zeros(days.shape), np.zeros((draws.count, 1))
    falling = draws.uniform(0.5, 2.5)
    for wave in range(1, 5):
        size = draws.normal() * wave**-falling
        out += size * np.sin(2 * np.pi * wave * days / _A_YEAR + draws.uniform(0, 2 * np.pi))
        power += size**2 / 2
    return np.asarray(out / np.sqrt(power + 1e-9))


def _draw_days_off(draws: Draws, days: np.ndarray) -> np.ndarray:
    """Up to ten days of each year that are kept like Sundays; four series in ten keep none."""
    place = (days % _A_YEAR).astype(int)
    kept = draws.chance(0.6)
    table = draws.chance(_DAYS_OFF / _A_YEAR, int(_A_YEAR) + 1) & kept
    return np.take_along_axis(table, place, 1)


def _draw_months(draws: Draws, days: np.ndarray) -> np.ndarray:
    """A lift of some days about the end, or another day, of each month: wages, rents, accounts."""
    place = (days + draws.uniform(0, _A_MONTH)) % _A_MONTH
    return np.asarray(draws.sign(0.7) * (place < draws.log_uniform(1, 6)))


WEEKDAYS = Kind(
    "weeks and years",
    60,
    "Visits, sales, calls, emissions by the day: weekdays, the year, days off and feasts at once,"
    " of which a history holds many weeks and few years, or less than one.",
    make_days,
    is_daily,
)
