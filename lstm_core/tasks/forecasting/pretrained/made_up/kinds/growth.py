"""Trends that have a shape: plans, diffusion, saturation, and seasons that grow with them."""

from __future__ import annotations

import numpy as np

from lstm_core.tasks.forecasting.pretrained.made_up.draws import Draws
from lstm_core.tasks.forecasting.pretrained.made_up.kinds.kind import Kind
from lstm_core.tasks.forecasting.pretrained.made_up.levels import draw_trend
from lstm_core.tasks.forecasting.pretrained.made_up.noise import draw_noise
from lstm_core.tasks.forecasting.pretrained.made_up.rhythms import Rhythm
from lstm_core.tasks.forecasting.pretrained.made_up.scales import multiply, soften
from lstm_core.tasks.forecasting.pretrained.made_up.seasons import draw_season
from lstm_core.tasks.forecasting.pretrained.made_up.signals import Signal


def make_growth(draws: Draws, rhythm: Rhythm, length: int) -> Signal:
    """A trend of one shape, whose noise is small beside it for most, and which seasons follow."""
    trend = draws.log_uniform(0.1, 2.5) * draw_trend(draws, length)
    noise = draws.log_uniform(0.005, 0.25) * draw_noise(draws, length)
    season = np.zeros((draws.count, length))
    for one in rhythm.seasons:
        season += draws.some(0.7, draws.log_uniform(0.02, 0.5)) * draw_season(draws, one, length)
    multiplied = draws.chance(0.6)
    # What grows by amounts often has seasons that grow with it all the same.
    level = trend - trend.min(1, keepdims=True) + draws.log_uniform(0.05, 4)
    moved = draws.some(0.5, level, level.mean(1, keepdims=True))
    added = soften(6 * (level + moved * season + noise)) / 6
    values = np.where(multiplied, multiply(trend + season + noise), added)
    return Signal.positive(values)


GROWTH = Kind(
    "growth",
    8,
    "Members, sales of what is new, populations, output: a straight, bent, fading, saturating or"
    " accelerating course, from which the extrapolation of trends is learnt, and its end.",
    make_growth,
)
