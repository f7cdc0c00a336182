"""Level, turns of business, season and noise: the family that most tables belong to."""

from __future__ import annotations

import numpy as np

from lstm_core.tasks.forecasting.pretrained.made_up.draws import Draws
from lstm_core.tasks.forecasting.pretrained.made_up.kinds.kind import Kind
from lstm_core.tasks.forecasting.pretrained.made_up.levels import (
    draw_cycle,
    draw_growth,
    draw_level,
    draw_shifts,
)
from lstm_core.tasks.forecasting.pretrained.made_up.noise import draw_noise, draw_swelling
from lstm_core.tasks.forecasting.pretrained.made_up.rhythms import Rhythm
from lstm_core.tasks.forecasting.pretrained.made_up.scales import scale_up
from lstm_core.tasks.forecasting.pretrained.made_up.seasons import draw_season
from lstm_core.tasks.forecasting.pretrained.made_up.signals import Signal

_ROUGH_TO = 60
"""Steps of the longest season up to which a step wanders as far as a month's does."""


def draw_structure(draws: Draws, rhythm: Rhythm, length: int) -> np.ndarray:
    """A signal whose unit is about what a series of business moves by in years."""
    a_year = max(rhythm.longest, 4)
    pace = 4 / a_year if rhythm.seasons else 1.0
    roughness = min(1.0, (_ROUGH_TO / a_year) ** 0.5)
    out = draw_level(draws, length, pace, roughness)
    out += draw_growth(draws, length, rhythm.a_year)
    out += draws.some(0.3, draws.log_uniform(0.014, 0.28)) * draw_cycle(draws, length, a_year)
    for season in rhythm.seasons:
        strength = draws.some(0.75, draws.log_uniform(0.01, 0.5))
        out += strength * draw_season(draws, season, length)
    swelling = draw_swelling(draws, length, rhythm.longest)
    out += draws.log_uniform(0.003, 0.3) * draw_noise(draws, length) * swelling
    return np.asarray(out + 0.4 * draw_shifts(draws, length))


def make(draws: Draws, rhythm: Rhythm, length: int) -> Signal:
    """Added, multiplied, or floored at zero."""
    return scale_up(draws, draw_structure(draws, rhythm, length))


STRUCTURAL = Kind(
    "structural",
    34,
    "Sales, production, prices, people, money: a level that wanders on a slope, seasons, cycles"
    " and noise in all proportions. Most tables of business and of statistics are of this family,"
    " so it is the largest share.",
    make,
)
