"""Sun, warmth, wind and tides by the hour: the day without people."""

from __future__ import annotations

import numpy as np

from lstm_core.tasks.forecasting.pretrained.made_up.days import draw_day_sizes, spread
from lstm_core.tasks.forecasting.pretrained.made_up.draws import Draws
from lstm_core.tasks.forecasting.pretrained.made_up.kinds.kind import Kind
from lstm_core.tasks.forecasting.pretrained.made_up.kinds.workdays import has_days
from lstm_core.tasks.forecasting.pretrained.made_up.noise import draw_noise
from lstm_core.tasks.forecasting.pretrained.made_up.recursion import persist
from lstm_core.tasks.forecasting.pretrained.made_up.rhythms import Rhythm
from lstm_core.tasks.forecasting.pretrained.made_up.signals import Signal

_TIDES = (12.4206, 12.0, 23.9345, 25.8193)
"""The main ones in hours: by the moon, by the sun, and those that differ from one to the next."""


def make_sun(draws: Draws, rhythm: Rhythm, length: int) -> Signal:
    """Radiation (four in ten), temperature (three), wind (two), tides (one)."""
    how = draws.one_of(0.4, 0.3, 0.2, 0.1)
    values = np.empty((draws.count, length))
    for number, draw in enumerate((_draw_light, _draw_warmth, _draw_wind, _draw_tide)):
        rows = np.flatnonzero(how[:, 0] == number)
        if len(rows):
            values[rows] = draw(draws.of(len(rows)), rhythm.a_day, length)
    non_negative = (how == 0) | (how == 2)
    return Signal(values, non_negative, np.zeros_like(non_negative))


def _turn(draws: Draws, a_day: int, length: int) -> np.ndarray:
    """Where the sun stands, from 1 at noon to -1 at midnight."""
    return np.asarray(np.cos(2 * np.pi * (np.arange(length)[None] / a_day + draws.uniform(0, 1))))


def _draw_clouds(draws: Draws, a_day: int, length: int) -> np.ndarray:
    """Between 0 and 1, of the days and within them."""
    days = spread(draws, draw_day_sizes(draws, length // a_day + 2), a_day, length)
    within = persist(draws.normal(length), draws.uniform(0.3, 0.95) ** (24 / a_day))
    both = draws.uniform(-2, 1.5) + draws.log_uniform(0.3, 3) * (days + 0.7 * within)
    return np.asarray(1 / (1 + np.exp(-both)))


def _draw_light(draws: Draws, a_day: int, length: int) -> np.ndarray:
    """Nothing by night; days that grow longer or shorter over the weeks."""
    length_of_day = draws.uniform(-0.6, 0.6) + draws.uniform(-0.2, 0.2) * (
        np.arange(length)[None] / (30 * a_day)
    )
    height = np.maximum(_turn(draws, a_day, length) + length_of_day, 0)
    clouds = _draw_clouds(draws, a_day, length)
    full = height ** draws.uniform(0.8, 1.6) * (1 - draws.uniform(0.3, 0.95) * clouds)
    # A plant's inverter cuts off the noon.
    return np.where(draws.chance(0.2), np.minimum(full, draws.uniform(0.4, 1.2)), full)


def _draw_warmth(draws: Draws, a_day: int, length: int) -> np.ndarray:
    """A day's swing that clouds damp, on weather that moves over days."""
    swing = draws.log_uniform(0.5, 5) * (1 - 0.8 * _draw_clouds(draws, a_day, length))
    sun = _turn(draws, a_day, length)
    sun = sun + draws.some(0.6, 0.3) * (sun**2 - 0.5)
    weather = persist(draws.normal(length), 1 - 1 / (a_day * draws.log_uniform(1, 12)))
    noise = draws.log_uniform(0.02, 0.3) * draw_noise(draws, length)
    return np.asarray(swing * sun + 1.5 * weather + noise + draws.uniform(-4, 12))


def _draw_wind(draws: Draws, a_day: int, length: int) -> np.ndarray:
    """Gusts over fronts, little of a day in it; a mill's power ends at what it is built for."""
    front = persist(draws.normal(length), 1 - 1 / (a_day * draws.log_uniform(0.2, 2)))
    speed = np.exp(0.6 * front + draws.some(0.5, 0.3) * _turn(draws, a_day, length))
    speed = speed * np.exp(draws.log_uniform(0.02, 0.3) * draw_noise(draws, length))
    return np.where(draws.chance(0.5), np.minimum(speed**3 / 4, 1), speed)


def _draw_tide(draws: Draws, a_day: int, length: int) -> np.ndarray:
    """Waves of the moon and of the sun, which beat; and wind on the water."""
    hours = np.arange(length)[None] * 24 / a_day
    out = np.zeros((draws.count, length))
    for share, turn in zip((1.0, 0.35, 0.3, 0.25), _TIDES, strict=True):
        size = share * draws.log_uniform(0.3, 1.5)
        out += size * np.sin(2 * np.pi * hours / turn + draws.uniform(0, 2 * np.pi))
    surge = persist(draws.normal(length), 1 - 1 / (a_day * draws.log_uniform(0.3, 3)))
    return np.asarray(out + draws.log_uniform(0.02, 0.4) * surge + draws.uniform(-1, 4))


SUN = Kind(
    "sun and weather",
    25,
    "Solar power, temperatures, wind, water: nothing by night, days that differ as a whole, fronts,"
    " and tides that come fifty minutes later each day. No week in any of it.",
    make_sun,
    has_days,
)
