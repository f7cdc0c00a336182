"""Switching between states: on and off, boom and slump, plans that are thrown over."""

from __future__ import annotations

import numpy as np

from lstm_core.tasks.forecasting.pretrained.made_up.draws import Draws
from lstm_core.tasks.forecasting.pretrained.made_up.kinds.kind import Kind, suit_short_steps
from lstm_core.tasks.forecasting.pretrained.made_up.noise import draw_noise
from lstm_core.tasks.forecasting.pretrained.made_up.rhythms import Rhythm
from lstm_core.tasks.forecasting.pretrained.made_up.scales import scale_up
from lstm_core.tasks.forecasting.pretrained.made_up.seasons import draw_season
from lstm_core.tasks.forecasting.pretrained.made_up.segments import draw_segments, pick_by_segment
from lstm_core.tasks.forecasting.pretrained.made_up.signals import Signal


def make_regimes(draws: Draws, rhythm: Rhythm, length: int) -> Signal:
    """Two states in turn, or a new level each time; noise of each state's own size."""
    lasts = draws.log_uniform(5, 120)
    segments = draw_segments(draws, length, lasts)
    returning = draws.chance(0.5)
    state = np.where(returning, segments % 2, segments)
    most = int(state.max()) + 1
    level = pick_by_segment(draws.log_uniform(0.1, 1) * draws.normal(most), state)
    noisy = pick_by_segment(draws.log_uniform(0.3, 3, most), state)
    out = level + draws.log_uniform(0.01, 0.2) * noisy * draw_noise(draws, length)
    for season in rhythm.seasons:
        size = draws.some(0.5, draws.log_uniform(0.02, 0.4))
        out += size * noisy * draw_season(draws, season, length)
    return scale_up(draws, out)


REGIMES = Kind(
    "regimes",
    3,
    "Machines that run or stand, shops that open and close, rates that a board sets: what was"
    " before the last switch says little about the level and much about how long it holds.",
    make_regimes,
    suit_short_steps,
)
