"""What measuring adds to a series: outliers, a unit, a grain, gaps."""

from __future__ import annotations

import numpy as np

from lstm_core.tasks.forecasting.pretrained.made_up.draws import Draws
from lstm_core.tasks.forecasting.pretrained.made_up.signals import Signal

_OUTLYING = 0.04
_ROUNDED = 0.1
_GAPPED = 0.05


def measure(draws: Draws, signal: Signal) -> tuple[np.ndarray, np.ndarray]:
    """The values ``(count, length)`` as they stand in a table, NaN in gaps, and which are whole."""
    values = add_outliers(draws, signal.values, signal.whole)
    values = np.where(signal.non_negative, np.maximum(values, 0), values)
    values = np.minimum(values, signal.most)
    scaled, rounded = round_off(draws, values * 10 ** draws.uniform(-2, 5))
    values = np.where(signal.own_scale, values, scaled)
    whole = signal.whole | (rounded & ~np.asarray(signal.own_scale))
    return tear_gaps(draws, np.where(whole, np.round(values), values)), whole


def add_outliers(draws: Draws, values: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """Single values far off, and patches of some values on one side, in one series of 25."""
    hit = np.flatnonzero(draws.chance(_OUTLYING))
    if not len(hit):
        return values
    some, length = draws.of(len(hit)), values.shape[1]
    spread = np.abs(np.diff(values[hit], axis=1)).mean(1, keepdims=True) if length > 1 else 0
    spread = spread + 0.1 * values[hit].std(1, keepdims=True)
    spikes = some.chance(0.015, length) * some.heavy(length) * 5
    start, lasts = some.uniform(0, 1) * length, some.log_uniform(2, 8)
    steps = np.arange(length)[None]
    patch = some.some(0.25, 5 * some.normal()) * ((steps >= start) & (steps < start + lasts))
    out = values.copy()
    out[hit] += spread * (spikes + patch)
    return out


def round_off(draws: Draws, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Round a share to a grain that is coarse enough to be seen, and half of those to whole units.

    Returns:
        The values, and ``(count, 1)`` which became whole numbers.
    """
    rounded = draws.chance(_ROUNDED)
    largest = np.abs(values).max(1, keepdims=True)
    spread = np.maximum(values.std(1, keepdims=True), 1e-4 * largest + 1e-12)
    grain = spread / draws.log_uniform(3, 60)
    units = draws.chance(0.5) & rounded
    values = np.where(rounded & ~units, np.round(values / grain) * grain, values)
    # In whole units: counted in pieces, each of the grain that was drawn.
    return np.where(units, np.round(values / grain), values), units


def tear_gaps(draws: Draws, values: np.ndarray) -> np.ndarray:
    """Leave values out in one series of twenty: single ones here and there, or a run.

    The first and the last value stay.
    """
    torn = np.flatnonzero(draws.chance(_GAPPED))
    if not len(torn):
        return values
    some, length = draws.of(len(torn)), values.shape[1]
    steps = np.arange(length)[None]
    missing = some.chance(1, length) & (some.uniform(0, 1, length) < some.log_uniform(0.005, 0.15))
    start, lasts = some.uniform(0, 1) * length, some.log_uniform(1, max(length / 8, 2))
    runs = (steps >= start) & (steps < start + lasts)
    missing = np.where(some.chance(0.5), missing, runs)
    missing[:, [0, -1]] = False
    out = values.copy()
    out[torn] = np.where(missing, np.nan, out[torn])
    return out
