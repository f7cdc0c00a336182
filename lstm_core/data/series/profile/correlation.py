"""Values beside themselves and beside other columns, some steps before; and by their periods."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

_MOST_VALUES = 20_000
_MOST_LAGS = 1_000
_FEWEST_LAGS = 40
_MOST_PERIODS = 600


@dataclass(frozen=True)
class Autocorrelation:
    """How alike values are that are some steps apart.

    Attributes:
        values: float64, ``(lags,)``, from lag 0 on.
        bound: beyond it, to both sides, chance leads once in twenty where values are unrelated.
    """

    values: np.ndarray
    bound: float


@dataclass(frozen=True)
class Periodogram:
    """Which periods the ups and downs around a straight trend are made of.

    Attributes:
        periods: float64, in steps, falling.
        shares: float64, of the variance; long stretches are thinned to the highest of neighbours.
    """

    periods: np.ndarray
    shares: np.ndarray


def correlate_with_itself(values: np.ndarray, season: int = 1) -> Autocorrelation:
    """Return ``r(k) = sum((x[t] - m) * (x[t + k] - m)) / sum((x[t] - m) ** 2)``.

    Box, Jenkins, Reinsel and Ljung, Time series analysis, 2.1.5; the bound is ``1.96 / sqrt(n)``
    (Bartlett). At most the last 20,000 values are read; the sums are made by a Fourier transform.

    Args:
        values: float64, ``(rows,)``, without NaN.
        season: lags reach over two of them.
    """
    recent = values[-_MOST_VALUES:]
    num_values = len(recent)
    most = min(max(_FEWEST_LAGS, 2 * season + 1), _MOST_LAGS, max(1, num_values // 2))
    centred = recent - recent.mean()
    size = 1 << (2 * num_values - 1).bit_length()
    spectrum = np.fft.rfft(centred, size)
    sums = np.fft.irfft(spectrum * np.conj(spectrum), size)[: most + 1]
    total = float((centred**2).sum())
    if total <= 0:
        return Autocorrelation(np.eye(1, most + 1)[0], 1.96 / np.sqrt(num_values))
    return Autocorrelation(sums / total, 1.96 / np.sqrt(num_values))


def find_periods(values: np.ndarray) -> Periodogram:
    """Return ``|sum(x[t] * exp(-2 pi i k t / n))| ** 2`` by the period ``n / k``, as shares.

    Schuster's periodogram, after the straight line of least squares has been taken away.
    """
    recent = values[-_MOST_VALUES:]
    num_values = len(recent)
    if num_values < 4:
        return Periodogram(np.array([]), np.array([]))
    steps = np.arange(num_values) - (num_values - 1) / 2
    centred = recent - recent.mean()
    power = np.abs(np.fft.rfft(centred - steps * (steps @ centred) / (steps @ steps))[1:]) ** 2
    total = float(power.sum())
    shares = power / total if total > 0 else power
    periods = num_values / np.arange(1, len(power) + 1)
    if len(periods) <= _MOST_PERIODS:
        return Periodogram(periods, shares)
    edges = np.unique(np.geomspace(1, len(periods) + 1, _MOST_PERIODS).astype(np.int64)) - 1
    starts = edges[:-1]
    tops = np.array(
        [
            one + int(shares[one:other].argmax())
            for one, other in zip(starts, edges[1:], strict=True)
        ]
    )
    return Periodogram(periods[tops], shares[tops])


def correlate_with_lags(
    target: np.ndarray, others: Sequence[np.ndarray], num_lags: int
) -> np.ndarray:
    """Return the cross-correlation of ``target[t]`` with each of the others at ``t - lag``.

    ``sum((y[t] - my) * (x[t - k] - mx)) / (n * sy * sx)``: Box, Jenkins, Reinsel and Ljung, 12.1.
    At most the last 20,000 values are read.

    Args:
        target: float64, ``(rows,)``, without NaN; so are the others.

    Returns:
        float64, ``(others, num_lags + 1)``, lags from 0 on; 0 where either stands still.
    """
    num_values = min(len(target), _MOST_VALUES)
    found = np.zeros((len(others), num_lags + 1))
    if num_values < 3:
        return found
    size = 1 << (2 * num_values - 1).bit_length()
    late = target[-num_values:] - target[-num_values:].mean()
    own = float((late**2).sum())
    spectrum = np.fft.rfft(late, size)
    most = min(num_lags, num_values - 1)
    for place, other in enumerate(others):
        early = other[-num_values:] - other[-num_values:].mean()
        scale = np.sqrt(own * float((early**2).sum()))
        if scale > 1e-12 * num_values:
            sums = np.fft.irfft(spectrum * np.conj(np.fft.rfft(early, size)), size)
            found[place, : most + 1] = sums[: most + 1] / scale
    return found
