"""Hours, and parts of them, of days of work and of rest."""

from __future__ import annotations

import numpy as np

from lstm_core.tasks.forecasting.pretrained.made_up.days import (
    draw_day_sizes,
    draw_day_types,
    draw_profiles,
    spread,
)
from lstm_core.tasks.forecasting.pretrained.made_up.draws import Draws
from lstm_core.tasks.forecasting.pretrained.made_up.kinds.kind import Kind
from lstm_core.tasks.forecasting.pretrained.made_up.noise import draw_noise
from lstm_core.tasks.forecasting.pretrained.made_up.recursion import persist
from lstm_core.tasks.forecasting.pretrained.made_up.rhythms import DAYS_A_WEEK, Rhythm
from lstm_core.tasks.forecasting.pretrained.made_up.scales import multiply, soften
from lstm_core.tasks.forecasting.pretrained.made_up.signals import Signal


def has_days(rhythm: Rhythm) -> bool:
    """Whether a step is shorter than a day."""
    return rhythm.a_day > 0


def draw_hours(draws: Draws, rhythm: Rhythm, length: int) -> np.ndarray:
    """A figure for each type of day, sizes for each day, drift over the weeks; no noise yet."""
    a_day = rhythm.a_day
    days = -(-length // a_day) + 1
    types = draw_day_types(draws, days)
    profiles = draw_profiles(draws, a_day)
    rows = np.arange(draws.count)[:, None]
    hours = profiles[rows, types]
    # Rest differs in size (a day of half the swing) and in level (a day with less of it all).
    resting = types >= 2
    size = 1 + draws.some(0.6, draws.uniform(-0.8, 0.5)) * resting
    size = size + draws.some(0.5, draws.log_uniform(0.02, 0.35)) * draw_day_sizes(draws, days)
    hours = hours * np.maximum(size, 0)[:, :, None]
    lower = draws.some(0.8, -np.abs(draws.normal()) * draws.some(0.85, 1.0, -1.0)) * resting
    swings = draws.some(0.6, draws.log_uniform(0.03, 0.4)) * draw_day_sizes(draws, days)
    turn = DAYS_A_WEEK * draws.log_uniform(2, 60)
    season = np.sin(2 * np.pi * np.arange(days)[None] / turn + draws.uniform(0, 2 * np.pi))
    drift = draws.some(0.6, draws.log_uniform(0.03, 0.9)) * season
    signal = hours.reshape(draws.count, -1)[:, : length + a_day]
    signal = signal + spread(draws, lower + swings + drift, a_day, length + a_day)
    # Recordings begin at any hour.
    first = draws.rng.integers(0, a_day, (draws.count, 1))
    signal = np.take_along_axis(signal, first + np.arange(length)[None], 1)
    wander = draws.some(0.4, draws.log_uniform(0.002, 0.05))
    return np.asarray(signal + wander * np.cumsum(draws.normal(length), 1) / np.sqrt(a_day / 24))


def make_workdays(draws: Draws, rhythm: Rhythm, length: int) -> Signal:
    """Days of work and of rest, and noise: what is off by an hour mostly is by the next one too."""
    memory = draws.uniform(0.2, 0.97) ** (24 / rhythm.a_day)
    lasting = persist(draws.shocks(length), memory)
    noise = draws.some(0.7, lasting, draw_noise(draws, length))
    return _bring_to_values(draws, draw_hours(draws, rhythm, length), noise)


def _bring_to_values(draws: Draws, signal: np.ndarray, noise: np.ndarray) -> Signal:
    """Added (40%), in per cent (40%), or with a floor at which it lies by night (20%)."""
    how = draws.one_of(0.4, 0.4, 0.2)
    level = draws.uniform(0, 8)
    strength = draws.log_uniform(0.15, 1)
    noise = draws.log_uniform(0.01, 0.4) * noise
    added = np.where(level > 3, soften(2 * (signal + noise + level)) / 2, signal + noise + level)
    per_cent = multiply(strength * (signal + noise))
    floor = np.maximum(signal - draws.uniform(-1.2, 0.6), 0) * np.maximum(1 + 0.6 * noise, 0)
    values = np.choose(how, [added, per_cent, floor])
    non_negative = (how > 0) | (level > 3)
    return Signal(values, non_negative, np.zeros_like(non_negative))


WORKDAYS = Kind(
    "days of work and rest",
    100,
    "Power, traffic, calls, visits, machines: hours within days, and days within weeks, of which"
    " those of rest have a figure, a size and a level of their own. Nearly all that is counted by"
    " the hour follows people's days.",
    make_workdays,
    has_days,
)
