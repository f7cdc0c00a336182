"""Exponential smoothing as weights on past values: all rates in one product of matrices.

What a smoothing ends at is a sum of the values it ran over, each with a weight that depends on how
long ago it was. What would lie before the first value is taken to be equal to it.

Sources: Brown, *Statistical Forecasting for Inventory Control* (1959), for the level; Gardner and
McKenzie, "Forecasting trends in time series", Management Science 31 (1985), for the damped trend.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

LEVEL_RATES = (0.05, 0.2, 0.5, 0.9)
TREND_RATES = (0.2, 0.6)
TREND_SHARE = 0.1
"""The trend's rate, as a share of the level's."""
DAMPING = 0.95
REACH = 512
"""What lies further back weighs less than 1e-11 at the slowest rate."""
_LENGTHS_REMEMBERED = 64


@lru_cache(maxsize=_LENGTHS_REMEMBERED)
def make_weights(length: int) -> np.ndarray:
    """Return ``(length, 4 + 2 × 2)``: level at each rate; then level and trend at each rate.

    Of more values than ``REACH`` only so many of the latest are to be weighed.
    """
    ago = np.arange(length - 1, -1, -1)
    columns = []
    for rate in LEVEL_RATES:
        weights = rate * (1 - rate) ** ago
        weights[0] = (1 - rate) ** (length - 1)
        columns.append(weights)
    for rate in TREND_RATES:
        columns += _damped(rate, length)
    return np.stack(columns, 1)


def _damped(rate: float, length: int) -> tuple[np.ndarray, np.ndarray]:
    """What a value weighs in the last level and in the last trend, by how long ago it was."""
    step = np.array([[1, DAMPING], [0, DAMPING]])
    gain = np.array([rate, TREND_SHARE * rate])
    after = step - np.outer(gain, step[0])
    state, levels, trends = gain, np.empty(length), np.empty(length)
    for ago in range(length):
        levels[length - 1 - ago], trends[length - 1 - ago] = state
        state = after @ state
    levels[0] = 1 - levels[1:].sum()
    trends[0] = -trends[1:].sum()
    return levels, trends
