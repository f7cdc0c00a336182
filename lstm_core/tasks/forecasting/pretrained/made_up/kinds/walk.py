"""Random walks and what is made of them: nothing but the last value is known."""

from __future__ import annotations

import numpy as np

from lstm_core.tasks.forecasting.pretrained.made_up.draws import Draws
from lstm_core.tasks.forecasting.pretrained.made_up.kinds.kind import Kind, suit_markets
from lstm_core.tasks.forecasting.pretrained.made_up.levels import tame
from lstm_core.tasks.forecasting.pretrained.made_up.noise import draw_volatility
from lstm_core.tasks.forecasting.pretrained.made_up.rhythms import Rhythm
from lstm_core.tasks.forecasting.pretrained.made_up.scales import multiply
from lstm_core.tasks.forecasting.pretrained.made_up.signals import Signal


def draw_changes(draws: Draws, length: int) -> np.ndarray:
    """Changes that nothing foretells, of unit size: normal or heavy in the tails, and half of
    them in clusters."""
    changes = draws.shocks(length, 0.4)
    clustered = np.flatnonzero(draws.chance(0.5))
    if len(clustered):
        changes[clustered] *= draw_volatility(draws.of(len(clustered)), length)
    return changes


def make_walk(draws: Draws, rhythm: Rhythm, length: int) -> Signal:
    """Two in three in per cent, as prices go; the others by amounts."""
    walk = draws.log_uniform(0.003, 0.12) * np.cumsum(draw_changes(draws, length), 1)
    walk = tame(walk, draws.log_uniform(2, 5))
    prices = draws.chance(2 / 3)
    values = np.where(prices, multiply(walk), walk + draws.uniform(-1, 2))
    return Signal(values, prices, np.zeros_like(prices))


WALK = Kind(
    "random walk",
    7,
    "Prices of shares, currencies and goods. The best forecast is the last value, and a network"
    " that has not seen many of them finds trends in each.",
    make_walk,
    suit_markets,
)
