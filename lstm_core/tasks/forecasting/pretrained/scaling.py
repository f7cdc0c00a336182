"""The scale that a series is put on: its own usual changes, from the mean of its last season on."""

from __future__ import annotations

import numpy as np

LARGEST = 1e4
_LEAST_SCALE = 1e-12
"""Of the largest value; what changes by less is rounding of numbers, and counts as constant."""
_SCALE_OF_CONSTANT = 0.05


def squash(values: np.ndarray) -> np.ndarray:
    """Make large numbers small, evenly on both sides of zero."""
    return np.asarray(np.arcsinh(np.clip(values, -LARGEST, LARGEST)))


def measure_change(values: np.ndarray, lag: int) -> np.ndarray:
    """The mean absolute change over ``lag`` steps; NaN where fewer than three are known."""
    count, length = values.shape
    if lag < 1 or length <= lag:
        return np.full(count, np.nan)
    changes = np.abs(values[:, lag:] - values[:, :-lag])
    known = np.isfinite(changes)
    number = known.sum(1)
    mean = np.where(known, changes, 0).sum(1) / np.maximum(number, 1)
    return np.where(number > (2 if lag > 1 else 0), mean, np.nan)


def find_scale(
    values: np.ndarray,
    known: np.ndarray,
    lengths: np.ndarray,
    short: int,
    changes: list[np.ndarray],
) -> tuple[np.ndarray, np.ndarray]:
    """Return scale and location, ``(count,)`` each.

    Args:
        values: ``(count, length)``. ``known``: where they are. ``short``: the season, 0 for none.
        lengths: ``(count,)``, steps since the first value.
        changes: from step to step, over the short season, and over the long one.
    """
    last = np.minimum(max(short, 1), lengths)
    in_last = known & (np.arange(values.shape[1]) >= (values.shape[1] - last)[:, None])
    number = in_last.sum(1)
    latest = values.shape[1] - 1 - known[:, ::-1].argmax(1)
    latest_value = values[np.arange(len(values)), latest]
    mean = np.where(in_last, values, 0).sum(1) / np.maximum(number, 1)
    location = np.where(number > 0, mean, latest_value)
    change = np.where(np.isnan(changes[0]), changes[1], changes[0])
    spread = np.where(known, np.abs(values - location[:, None]), 0).sum(1) / known.sum(1)
    change = np.where(np.isnan(change), spread, change)
    seasonal = np.where(np.isnan(changes[1]), change, changes[1])
    scale = 0.5 * change + 0.5 * seasonal
    size = np.abs(np.where(known, values, 0)).max(1)
    unchanged = np.where(size > 0, _SCALE_OF_CONSTANT * size, 1)
    return np.where(scale > _LEAST_SCALE * size, scale, unchanged), location
