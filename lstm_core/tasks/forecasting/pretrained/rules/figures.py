"""Seasonal figures: what each step of a season usually adds, by classical decomposition.

Source: the moving average and the mean by phase are those of Persons, "Indices of business
conditions", Review of Economics and Statistics 1 (1919); later seasons weigh more here.
"""

from __future__ import annotations

import numpy as np

FADING = 0.85
"""What a season weighs beside the one after it."""
_LEAST_COVERED = 0.5


def find_figure(values: np.ndarray, lengths: np.ndarray, season: int) -> np.ndarray:
    """Return ``(count, season)``: effects from the step after the last value on.

    Args:
        values: ``(count, length)``, NaN where one is missing or before the beginning.
        lengths: ``(count,)``, steps since the first value.

    Zeros where a history is shorter than two seasons or half of the figure can't be known.
    """
    count, length = values.shape
    if season < 2 or length < 2 * season:
        return np.zeros((count, max(season, 1)))
    half = season // 2
    num_seasons = -(-length // season)
    laid_out = np.zeros((2, count, num_seasons * season))
    inner = slice(laid_out.shape[-1] - length + half, laid_out.shape[-1] - half)
    around = values[:, half : length - half] - _average(values, season)
    begun = np.arange(length - 2 * half) >= (length - lengths)[:, None]
    known = begun & np.isfinite(around)
    laid_out[0, :, inner] = np.where(known, around, 0)
    laid_out[1, :, inner] = known
    around, weights = laid_out.reshape(2, count, num_seasons, season)
    weights *= (FADING ** np.arange(num_seasons - 1, -1, -1))[:, None]
    total = weights.sum(1)
    figure = (around * weights).sum(1) / np.maximum(total, 1e-9)
    figure -= figure.mean(1, keepdims=True)
    enough = (lengths >= 2 * season) & ((total > 0).mean(1) > _LEAST_COVERED)
    return np.where(enough[:, None] & (total > 0), figure, 0)


def smooth_around(figure: np.ndarray, width: int) -> np.ndarray:
    """Average a figure ``(count, season)`` over ``width`` (odd) steps, round its end."""
    half = min(width // 2, (figure.shape[1] - 1) // 2)
    if half < 1:
        return figure
    around = np.concatenate([figure[:, -half:], figure, figure[:, :half]], 1)
    sums = np.cumsum(np.pad(around, ((0, 0), (1, 0))), 1)
    return (sums[:, 2 * half + 1 :] - sums[:, : -2 * half - 1]) / (2 * half + 1)


def _average(values: np.ndarray, season: int) -> np.ndarray:
    """The mean of the season around each value that has one, of what is known of it."""
    half = season // 2
    known = np.isfinite(values)
    total, number = (
        _sum_around(part, half, season) for part in (np.where(known, values, 0), known)
    )
    return np.asarray(total / np.maximum(number, 0.5))


def _sum_around(values: np.ndarray, half: int, season: int) -> np.ndarray:
    """Return ``(count, length - 2 × half)``; an even season has half a weight at either end."""
    sums = np.zeros((len(values), values.shape[1] + 1))
    np.cumsum(values, 1, out=sums[:, 1:])
    width = 2 * half + 1
    total = sums[:, width:] - sums[:, :-width]
    if season % 2 == 0:
        total -= 0.5 * values[:, : -2 * half]
        total -= 0.5 * values[:, 2 * half :]
    return total
