"""What lies between a floor and a ceiling: shares, occupancy, capacity."""

from __future__ import annotations

import numpy as np

from lstm_core.tasks.forecasting.pretrained.made_up.draws import Draws
from lstm_core.tasks.forecasting.pretrained.made_up.kinds.kind import Kind
from lstm_core.tasks.forecasting.pretrained.made_up.kinds.structural import draw_structure
from lstm_core.tasks.forecasting.pretrained.made_up.noise import draw_noise
from lstm_core.tasks.forecasting.pretrained.made_up.rhythms import Rhythm
from lstm_core.tasks.forecasting.pretrained.made_up.signals import Signal


def make_bounded(draws: Draws, rhythm: Rhythm, length: int) -> Signal:
    """Shares of a whole, which near 0 and 1 and don't reach them (half); or demand that is cut
    off at a capacity, or at a floor, and lies there for a while."""
    course = draw_structure(draws, rhythm, length)
    course = course - course.mean(1, keepdims=True)
    course = course / (course.std(1, keepdims=True) + 0.05)
    odds = draws.log_uniform(0.2, 2) * course + 1.5 * draws.normal()
    shares = 1 / (1 + np.exp(-np.clip(odds, -30, 30)))
    ceiling, floor = draws.uniform(0.2, 1.6), -draws.uniform(0.4, 2.5)
    cut = np.minimum(course, ceiling)
    cut = np.where(draws.chance(0.4), np.maximum(cut, floor), cut)
    cut = cut + draws.some(0.3, 0.03 * draw_noise(draws, length))
    cut = (cut + draws.log_uniform(2.5, 12)) / 10
    in_shares = draws.chance(0.5)
    made = Signal.positive(100 * np.where(in_shares, shares, np.maximum(cut, 0)))
    made.own_scale, made.most = True, np.where(in_shares, 100, np.inf)
    return made


BOUNDED = Kind(
    "bounded",
    3,
    "Occupancy, humidity, shares of a market, grades, plants at their capacity: a trend has to end"
    " at a bound that the past shows only as a flat top.",
    make_bounded,
)
