"""Forecasts that cost nothing and have nothing to fit; NumPy alone, so that pages may ask them.

Each looks only at values up to the cutoff. Source: Hyndman and Athanasopoulos, *Forecasting:
Principles and Practice*, 3rd edition (2021), section 5.2.
"""

from __future__ import annotations

import numpy as np

from lstm_core.tasks.forecasting.baselines.words import SEASONS_AVERAGED

BASELINES = ("last_value", "seasonal_naive", "seasonal_mean", "drift")
"""Exponential smoothing and Theta, which are fitted, come beside them."""


def predict_baselines(
    values: np.ndarray, cutoffs: np.ndarray, horizon: int, season: int
) -> dict[str, np.ndarray]:
    """Predict one series from several cutoffs.

    Args:
        values: ``(rows,)`` without NaN.
        cutoffs: ``(n,)`` rows of the last known value.
        horizon: steps to predict.
        season: steps in a season; 1 when there is none.

    Returns:
        For each of ``BASELINES``, ``(n, horizon)``.
    """
    steps = np.arange(1, horizon + 1)  # (horizon,)
    last = values[cutoffs]  # (n,)
    slope = (last - values[0]) / np.maximum(cutoffs, 1)  # (n,)
    return {
        "last_value": np.repeat(last[:, None], horizon, axis=1),
        "seasonal_naive": _average_seasons(values, cutoffs, steps, season, 1),
        "seasonal_mean": _average_seasons(values, cutoffs, steps, season, SEASONS_AVERAGED),
        "drift": last[:, None] + slope[:, None] * steps,
    }


def _average_seasons(
    values: np.ndarray, cutoffs: np.ndarray, steps: np.ndarray, season: int, count: int
) -> np.ndarray:
    """Average the same step of the last ``count`` seasons; ``(n, horizon)``.

    Where history is too short for even one season, the last value stands in.
    """
    total = np.zeros((len(cutoffs), len(steps)))
    found = np.zeros_like(total)
    for back in range(count):
        offsets = (steps - 1) % season - season * (back + 1) + 1  # (horizon,), at most 0
        rows = cutoffs[:, None] + offsets
        exists = rows >= 0
        total += np.where(exists, values[np.maximum(rows, 0)], 0.0)
        found += exists
    return np.where(found > 0, total / np.maximum(found, 1), values[cutoffs][:, None])
