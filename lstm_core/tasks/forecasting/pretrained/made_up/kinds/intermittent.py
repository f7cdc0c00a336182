"""Nothing most of the time: spare parts, large orders, rare events."""

from __future__ import annotations

import numpy as np

from lstm_core.tasks.forecasting.pretrained.made_up.draws import Draws
from lstm_core.tasks.forecasting.pretrained.made_up.kinds.counts import draw_rates
from lstm_core.tasks.forecasting.pretrained.made_up.kinds.kind import Kind, suit_short_steps
from lstm_core.tasks.forecasting.pretrained.made_up.recursion import persist
from lstm_core.tasks.forecasting.pretrained.made_up.rhythms import Rhythm
from lstm_core.tasks.forecasting.pretrained.made_up.signals import Signal


def make_intermittent(draws: Draws, rhythm: Rhythm, length: int) -> Signal:
    """When something is asked for, and how much: at random, in clumps, or dying out.

    The two parts are Croston's ("Forecasting and stock control for intermittent demands",
    Operational Research Quarterly 23, 1972).
    """
    steps = np.linspace(0, 1, length)[None]
    often = draws.log_uniform(0.04, 0.7) * draws.some(0.5, draw_rates(draws, rhythm, length), 1.0)
    # A part that is no longer built is asked for less and less.
    often = often * draws.some(0.15, np.exp(-draws.log_uniform(1, 6) * steps), 1.0)
    clumped = persist(draws.normal(length), draws.some(0.3, draws.uniform(0.5, 0.95)))
    asked = _share_below(clumped) < np.clip(often, 0, 0.95)
    # A series in which nothing ever was asked for would not be kept.
    np.put_along_axis(asked, draws.rng.integers(0, length, (draws.count, 1)), True, 1)
    sizes = np.exp(draws.log_uniform(0.1, 1.2) * draws.shocks(length, 0.1).clip(-4, 4))
    pieces = np.maximum(np.round(sizes * draws.log_uniform(1, 30)), 1)
    whole = draws.chance(0.75)
    values = np.where(asked, np.where(whole, pieces, sizes), 0)
    made = Signal(values, np.ones_like(whole), whole)
    made.own_scale = True
    return made


def _share_below(normal: np.ndarray) -> np.ndarray:
    """From unit normal values to even ones between 0 and 1 (a logistic curve, to 1%)."""
    return np.asarray(1 / (1 + np.exp(-1.702 * normal)))


INTERMITTENT = Kind(
    "intermittent",
    5,
    "Spare parts, large orders, rare events: most values are zero, the next one is seldom known,"
    " and the mean, not the last value, is what there is to say.",
    make_intermittent,
    suit_short_steps,
)
