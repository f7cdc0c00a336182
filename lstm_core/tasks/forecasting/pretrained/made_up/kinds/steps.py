"""Prices by the list: the same value again and again, then another."""

from __future__ import annotations

import numpy as np

from lstm_core.tasks.forecasting.pretrained.made_up.draws import Draws
from lstm_core.tasks.forecasting.pretrained.made_up.kinds.kind import Kind, suit_short_steps
from lstm_core.tasks.forecasting.pretrained.made_up.rhythms import Rhythm
from lstm_core.tasks.forecasting.pretrained.made_up.scales import multiply
from lstm_core.tasks.forecasting.pretrained.made_up.segments import draw_segments, pick_by_segment
from lstm_core.tasks.forecasting.pretrained.made_up.signals import Signal


def make_steps(draws: Draws, rhythm: Rhythm, length: int) -> Signal:
    """Steps in per cent, mostly upwards, on a grain; some with weeks of a lower price."""
    segments = draw_segments(draws, length, draws.log_uniform(4, 60))
    most = int(segments.max()) + 1
    jumps = draws.log_uniform(0.01, 0.2) * draws.shocks(most, 0.4)
    upwards = draws.some(0.5, 1.0)
    jumps = np.where(upwards > 0, np.abs(jumps), jumps)
    prices = multiply(pick_by_segment(np.clip(np.cumsum(jumps, 1), -3, 3), segments))
    offers = draw_segments(draws, length, draws.log_uniform(2, 15)) % 4 == 3
    offered = offers & draws.chance(0.25)
    prices = prices * np.where(offered, 1 - draws.uniform(0.05, 0.5), 1)
    grain = draws.log_uniform(10, 400)
    return Signal.positive(np.round(prices * grain) / grain)


STEPS = Kind(
    "steps",
    2.5,
    "Tariffs, list prices, wages, key rates: no change is the best forecast, and when the next one"
    " is due is seldom known.",
    make_steps,
    suit_short_steps,
)
