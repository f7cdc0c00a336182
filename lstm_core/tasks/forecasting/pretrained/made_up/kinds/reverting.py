"""What returns to a mean: rates, ratios, anomalies."""

from __future__ import annotations

import numpy as np

from lstm_core.tasks.forecasting.pretrained.made_up.draws import Draws
from lstm_core.tasks.forecasting.pretrained.made_up.kinds.kind import Kind
from lstm_core.tasks.forecasting.pretrained.made_up.noise import (
    draw_coloured,
    draw_noise,
    draw_swelling,
)
from lstm_core.tasks.forecasting.pretrained.made_up.recursion import persist
from lstm_core.tasks.forecasting.pretrained.made_up.rhythms import Rhythm
from lstm_core.tasks.forecasting.pretrained.made_up.scales import multiply
from lstm_core.tasks.forecasting.pretrained.made_up.seasons import draw_season
from lstm_core.tasks.forecasting.pretrained.made_up.signals import Signal


def make_reverting(draws: Draws, rhythm: Rhythm, length: int) -> Signal:
    """Autoregressions of all memories, long memory, and half of them with a small season."""
    memory = draws.some(0.92, 1 - draws.log_uniform(0.005, 1), -draws.uniform(0.1, 0.8))
    out = persist(draws.shocks(length), memory)
    slow = np.flatnonzero(draws.chance(0.25))
    if len(slow):
        out[slow] = draw_coloured(draws.of(len(slow)), length, 0.3, 1.4)
    for season in rhythm.seasons:
        out += draws.some(0.5, draws.log_uniform(0.1, 1.5)) * draw_season(draws, season, length)
    out += draws.some(0.5, draws.log_uniform(0.05, 1)) * draw_noise(draws, length)
    out *= draw_swelling(draws, length, rhythm.longest)
    per_cent = draws.chance(0.5)
    amount = out + draws.uniform(-2, 12)
    values = np.where(per_cent, multiply(draws.log_uniform(0.03, 0.6) * out), amount)
    return Signal(values, per_cent, np.zeros_like(per_cent))


REVERTING = Kind(
    "returning to a mean",
    6,
    "Interest, unemployment, margins, quality, levels of lakes: how far the last value counts, and"
    " how soon the mean does, has to be read from the series.",
    make_reverting,
)
