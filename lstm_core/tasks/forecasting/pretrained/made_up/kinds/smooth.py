"""Courses without corners: sums of sums of many small causes."""

from __future__ import annotations

import numpy as np

from lstm_core.tasks.forecasting.pretrained.made_up.draws import Draws
from lstm_core.tasks.forecasting.pretrained.made_up.kinds.kind import Kind
from lstm_core.tasks.forecasting.pretrained.made_up.levels import tame
from lstm_core.tasks.forecasting.pretrained.made_up.noise import draw_coloured, draw_noise
from lstm_core.tasks.forecasting.pretrained.made_up.rhythms import Rhythm
from lstm_core.tasks.forecasting.pretrained.made_up.scales import scale_up
from lstm_core.tasks.forecasting.pretrained.made_up.seasons import draw_season
from lstm_core.tasks.forecasting.pretrained.made_up.signals import Signal


def make_smooth(draws: Draws, rhythm: Rhythm, length: int) -> Signal:
    """Noise whose power falls with the square to the fourth power of the frequency, little else."""
    course = draw_coloured(draws, length, 1.8, 4)
    course += draws.some(0.6, draws.normal()) * np.linspace(0, 2, length)[None]
    course = tame(draws.log_uniform(0.05, 1.5) * course, draws.log_uniform(1, 4))
    for season in rhythm.seasons:
        course += draws.some(0.4, draws.log_uniform(0.01, 0.3)) * draw_season(draws, season, length)
    course += draws.some(0.6, draws.log_uniform(0.001, 0.05)) * draw_noise(draws, length)
    return scale_up(draws, course)


SMOOTH = Kind(
    "smooth courses",
    4,
    "Totals of whole countries, stocks of money, temperatures of large bodies: the last slope goes"
    " on for a while, and how long is in how the slope itself has changed.",
    make_smooth,
)
