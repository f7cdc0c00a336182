"""Forecasts that cost nothing and have nothing to fit; NumPy alone, so that pages may ask them.

Each looks only at values up to the cutoff. Source: Hyndman and Athanasopoulos, *Forecasting:
Principles and Practice*, 3rd edition (2021), section 5.2.
"""

from __future__ import annotations

import numpy as np

from lstm_core.tasks.forecasting.baselines.words import SEASONS_AVERAGED

BASELINES = ("last_value", "seasonal_naive", "seasonal_mean", "drift", "historic_mean")
"""What every series is asked for. More come beside them: see ``listing``."""

SEASONAL = {"seasonal_naive": 1, "seasonal_mean": SEASONS_AVERAGED}
"""How many seasons back a rule looks that repeats them."""


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
    return {name: predict_simple(name, values, cutoffs, horizon, season) for name in BASELINES}


def predict_simple(
    name: str,
    values: np.ndarray,
    cutoffs: np.ndarray,
    horizon: int,
    season: int,
    shorter: int = 1,
) -> np.ndarray:
    """Predict by one of ``BASELINES``; see ``predict_baselines``.

    Args:
        shorter: the season that stands in where history is too short for a single ``season``.

    Returns:
        ``(n, horizon)``.
    """
    steps = np.arange(1, horizon + 1)  # (horizon,)
    if name in SEASONAL:
        return _average_seasons(values, cutoffs, steps, season, SEASONAL[name], shorter)
    last = values[cutoffs][:, None]  # (n, 1)
    if name == "last_value":
        return np.repeat(last, horizon, axis=1)
    if name == "historic_mean":
        means = np.cumsum(values, dtype=np.float64)[cutoffs] / (cutoffs + 1)
        return np.repeat(means[:, None], horizon, axis=1)
    slope = (last - values[0]) / np.maximum(cutoffs, 1)[:, None]
    return np.asarray(last + slope * steps)


def _average_seasons(
    values: np.ndarray,
    cutoffs: np.ndarray,
    steps: np.ndarray,
    season: int,
    count: int,
    shorter: int,
) -> np.ndarray:
    """Average the same step of the last ``count`` seasons; ``(n, horizon)``.

    Where history is too short for even one season, a shorter one or the last value stands in.
    """
    total = np.zeros((len(cutoffs), len(steps)))
    found = np.zeros_like(total)
    for back in range(count):
        offsets = (steps - 1) % season - season * (back + 1) + 1  # (horizon,), at most 0
        rows = cutoffs[:, None] + offsets
        exists = rows >= 0
        total += np.where(exists, values[np.maximum(rows, 0)], 0.0)
        found += exists
    instead = values[cutoffs][:, None]
    if shorter > 1 and not found.all():
        instead = _average_seasons(values, cutoffs, steps, shorter, count, 1)
    return np.where(found > 0, total / np.maximum(found, 1), instead)
