"""Signals in figures: what a person would measure of each channel."""

from __future__ import annotations

import numpy as np

from lstm_core.data.items.signals import Signals
from lstm_core.tasks.classification.baselines.peaks import space_peaks

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)

LAGS = (1, 2, 4, 8, 16)
"""Steps between values whose correlation is measured."""

NUM_BANDS = 8
"""Stretches of frequencies, each twice as wide as the one before."""

NUM_THIRDS = 3

MOST_STEPS = 20_000
"""Of a longer item, evenly spread ones are looked at: every second, every third."""


def summarise(signals: Signals) -> np.ndarray:
    """Return figures of each item, ``(items, features)`` float64, finite.

    Of each channel: mean, spread, smallest, largest, quantiles, slope, the mean of its thirds,
    mean change, how often it crosses its mean, skewness, kurtosis, autocorrelation, shares of the
    spectrum and where that has its peak and its centre, and how far peaks are apart and how
    regularly, which tells heartbeats and steps; how pairs of up to a dozen channels go
    together; and the length. After Fulcher and Jones, "Highly comparative feature-based
    time-series classification", IEEE Transactions on Knowledge and Data Engineering 26 (2014), in
    small.
    """
    rows = [_summarise_item(signals.get_item(number)) for number in range(signals.num_items)]
    found = np.asarray(rows, np.float64).reshape(signals.num_items, -1)
    return np.nan_to_num(found, nan=0.0, posinf=0.0, neginf=0.0)


def _summarise_item(values: np.ndarray) -> np.ndarray:
    """Return the figures of ``(steps, channels)``, one row."""
    num_steps = len(values)
    values = values[:: max(1, -(-num_steps // MOST_STEPS))].astype(np.float64)
    mean, spread = values.mean(axis=0), values.std(axis=0)
    scale = np.where(spread > 1e-12, spread, 1.0)
    shape = (values - mean) / scale  # (steps, channels)
    change = np.abs(np.diff(values, axis=0))
    crossings = np.abs(np.diff(np.signbit(shape).astype(np.int8), axis=0))
    time = np.linspace(-1.0, 1.0, len(values))
    thirds = [
        part.mean(axis=0) if len(part) else mean for part in np.array_split(values, NUM_THIRDS)
    ]
    return np.concatenate(
        [
            mean,
            spread,
            values.min(axis=0),
            values.max(axis=0),
            *np.quantile(values, QUANTILES, axis=0),
            time @ (values - mean) / max(float(time @ time), 1e-12),
            *thirds,
            _average(change),
            _average(crossings),
            (shape**3).mean(axis=0),
            np.minimum((shape**4).mean(axis=0), 100.0),
            *(_correlate(shape, lag) for lag in LAGS),
            *_measure_spectrum(shape),
            *space_peaks(shape),
            _pair(shape),
            [np.log1p(num_steps)],
        ]
    )


def _average(found: np.ndarray) -> np.ndarray:
    return found.mean(axis=0) if len(found) else np.zeros(found.shape[1])


def _correlate(shape: np.ndarray, lag: int) -> np.ndarray:
    """Return the correlation with the same channel ``lag`` steps later, ``(channels,)``."""
    if len(shape) <= lag:
        return np.zeros(shape.shape[1])
    return (shape[lag:] * shape[:-lag]).sum(axis=0) / len(shape)


def _measure_spectrum(shape: np.ndarray) -> list[np.ndarray]:
    """Return shares of the power by band, the peak and the centre, each ``(channels,)``."""
    num_channels = shape.shape[1]
    power = np.abs(np.fft.rfft(shape, axis=0)[1:]) ** 2  # (frequencies, channels)
    if not len(power):
        return [np.zeros(num_channels)] * (NUM_BANDS + 2)
    share = power / np.maximum(power.sum(axis=0), 1e-12)
    # In parts of the highest frequency that steps can show, so that lengths don't matter.
    frequency = np.arange(1, len(power) + 1) / (len(shape) / 2)
    band = np.clip(NUM_BANDS + np.ceil(np.log2(frequency)).astype(int) - 1, 0, NUM_BANDS - 1)
    bands = [share[band == number].sum(axis=0) for number in range(NUM_BANDS)]
    return [*bands, frequency[share.argmax(axis=0)], frequency @ share]


def _pair(shape: np.ndarray) -> np.ndarray:
    """Return the correlation of each pair of channels; of many, of the first dozen."""
    first = shape[:, :12]
    together = first.T @ first / len(first)
    return together[np.triu_indices(first.shape[1], k=1)]
