"""Weather, rivers, harvests: a strong season about a level that hardly moves."""

from __future__ import annotations

import numpy as np

from lstm_core.tasks.forecasting.pretrained.made_up.draws import Draws
from lstm_core.tasks.forecasting.pretrained.made_up.kinds.kind import Kind
from lstm_core.tasks.forecasting.pretrained.made_up.levels import draw_cycle
from lstm_core.tasks.forecasting.pretrained.made_up.noise import draw_coloured, draw_noise
from lstm_core.tasks.forecasting.pretrained.made_up.recursion import persist
from lstm_core.tasks.forecasting.pretrained.made_up.rhythms import Rhythm
from lstm_core.tasks.forecasting.pretrained.made_up.scales import multiply
from lstm_core.tasks.forecasting.pretrained.made_up.seasons import (
    draw_season,
    draw_waves,
    standardise,
)
from lstm_core.tasks.forecasting.pretrained.made_up.signals import Signal

_SHORTEST = 4


def has_a_year(rhythm: Rhythm) -> bool:
    """Whether a season is known that may be the year's."""
    return not rhythm.a_day and rhythm.longest >= _SHORTEST and rhythm.unit != "working day"


def make_nature(draws: Draws, rhythm: Rhythm, length: int) -> Signal:
    """Temperatures (added, smooth), flows (in per cent, skewed, slow), rain (floored, patchy)."""
    year = rhythm.longest
    season = np.zeros((draws.count, length))
    figure = standardise(draw_waves(draws, year, 2))
    season += np.take_along_axis(figure, np.arange(length)[None] % year, 1)
    season += draws.some(0.3, 0.2) * draw_season(draws, year, length)
    trend = draws.some(0.4, 0.3 * draws.normal()) * np.linspace(0, 1, length)[None]
    slow = draws.some(0.4, draws.log_uniform(0.05, 0.5)) * draw_cycle(draws, length, year)
    memory = draws.uniform(0, 0.95) ** (12 / year)
    weather = persist(draws.shocks(length, 0.1), memory)
    long = np.flatnonzero(draws.chance(0.3))
    if len(long):
        weather[long] = draw_coloured(draws.of(len(long)), length, 0.3, 1.3)
    # Winters vary more than summers do.
    with_season = draws.some(0.5, draws.uniform(-0.3, 0.3))
    size = draws.log_uniform(0.1, 1.5) * (1 + with_season * season)
    weather = np.maximum(size, 0) * weather
    temperature = season + trend + slow + weather + draws.uniform(-1, 4)
    skewed = draws.log_uniform(0.2, 1.1) * (season + slow) + draws.log_uniform(0.6, 2) * weather
    flow = multiply(skewed)
    patchy = 0.8 * season + draw_noise(draws, length) * 1.5 + draws.uniform(-1, 3)
    rain = np.maximum(patchy, 0) ** 2
    how = draws.one_of(0.5, 0.3, 0.2)
    values = np.choose(how, [temperature, flow, rain])
    return Signal(values, how > 0, np.zeros_like(how, bool))


NATURE = Kind(
    "nature",
    6,
    "Temperatures, rivers, rain, growth of plants: the season is nearly all, it does not grow, and"
    " what is off it comes back, over weeks or over years.",
    make_nature,
    has_a_year,
)
