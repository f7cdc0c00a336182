"""What holds of a whole series, told to the network as a few numbers."""

from __future__ import annotations

import numpy as np

from lstm_core.tasks.forecasting.pretrained.reading import Cutoff
from lstm_core.tasks.forecasting.pretrained.rules.seasons import season_pair
from lstm_core.tasks.forecasting.pretrained.scaling import LARGEST, squash

NUM_FACTS = 26
_LAGS = 6


def tell_facts(cutoff: Cutoff) -> np.ndarray:
    """Return ``(count, NUM_FACTS)``: what holds of a whole series, not of a step of it."""
    histories, known, lengths = cutoff.histories, cutoff.known, cutoff.lengths
    short, long = season_pair(histories.seasons)
    ones = np.ones(len(histories))
    values, location, scale = histories.values, cutoff.location, cutoff.scale
    number = known.sum(1)
    is_zero = values == 0
    zeroed = values if number.min() == known.shape[1] else np.where(known, values, 0)
    recent = is_zero[:, -24:].sum(1) / np.maximum(known[:, -24:].sum(1), 1)
    same = known[:, 1:] & (zeroed[:, 1:] == zeroed[:, :-1])

    def log_ratio(change: np.ndarray) -> np.ndarray:
        ratio = np.where(np.isnan(change), 1, change / scale)
        return np.log(np.clip(ratio, 1e-3, 1e3))

    changes = np.diff(cutoff.fit.ways[1].filled, axis=1)
    changes /= cutoff.on.size[:, None]
    if (lengths < known.shape[1]).any():
        before = (known.shape[1] - lengths)[:, None]
        changes = np.where(np.arange(1, known.shape[1]) > before, changes, 0)
    roughness = np.abs(changes).sum(1) / np.maximum(lengths - 1, 1)
    height = np.where(histories.non_negative, np.abs(location) / scale, 0)
    facts = [
        np.log(max(short, 1)) / 4 * ones,
        np.log(max(long, 1)) / 4 * ones,
        np.log(lengths) / 5,
        (lengths >= 2 * short) * (short > 0) * ones,
        (lengths >= 2 * long) * (long > 0) * ones,
        np.minimum(lengths / max(short, 1), 12) / 6,
        cutoff.positive * ones,
        histories.non_negative * ones,
        histories.whole * ones,
        np.log1p(np.minimum(height, LARGEST)) / 3,
        np.log1p(np.minimum(scale * histories.whole, 100)),
        is_zero.sum(1) / number,
        recent,
        same.sum(1) / np.maximum(number - 1, 1),
        1 - number / lengths,
        squash(cutoff.fit.trend.slope / cutoff.on.size * 10),
        *(log_ratio(change) for change in cutoff.changes),
        np.log(np.clip(roughness, 1e-3, 1e3)),
        *tell_changes(changes, lengths),
    ]
    return np.stack(facts, 1)


def tell_changes(changes: np.ndarray, lengths: np.ndarray) -> list[np.ndarray]:
    """What tells a walk from a course, ``(count,)`` each, of changes without their season.

    The mean change in standard errors and in standard deviations; how changes follow those one to
    three steps before, in standard errors; and all of these correlations together.

    Args:
        changes: ``(count, length - 1)``, from step to step; zeros before a series begins.
        lengths: ``(count,)``, steps since the first value.
    """
    num_changes = changes.shape[1]
    number = np.maximum(lengths - 1, 1)
    mean = changes.sum(1) / number
    off = changes - mean[:, None]
    if (lengths - 1 < num_changes).any():
        off[np.arange(num_changes) < (num_changes + 1 - lengths)[:, None]] = 0
    squares = np.vecdot(off, off)
    deviation = np.sqrt(squares / number) + 1e-9
    correlations = [
        np.vecdot(off[:, lag:], off[:, :-lag]) / (squares + 1e-9) if num_changes > lag else 0 * mean
        for lag in range(1, _LAGS + 1)
    ]
    together = number * np.sum(np.square(correlations), axis=0) / _LAGS
    return [
        squash(mean / deviation * np.sqrt(number)) / 2,
        squash(3 * mean / deviation),
        *(squash(one * np.sqrt(number)) / 2 for one in correlations[:3]),
        np.log(together + 0.1) / 2,
    ]
