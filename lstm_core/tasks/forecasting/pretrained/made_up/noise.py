"""What can't be foreseen, and how much of it the next value remembers. All of unit variance."""

from __future__ import annotations

import numpy as np

from lstm_core.tasks.forecasting.pretrained.made_up.draws import Draws
from lstm_core.tasks.forecasting.pretrained.made_up.recursion import persist


def draw_noise(draws: Draws, length: int) -> np.ndarray:
    """``(count, length)``: white, autocorrelated, of long memory, or with a moving average.

    Measurements of most kinds forget within a few values; what adds up many causes of unequal
    lives (traffic, rivers, temperatures) forgets slowly, as ``1/f`` noise does.
    """
    memory = draws.some(0.5, draws.uniform(-0.4, 0.9))
    out = persist(draws.shocks(length), memory)
    slow = np.flatnonzero(draws.chance(0.04))
    if len(slow):
        out[slow] = draw_coloured(draws.of(len(slow)), length, 0.3, 1.2)
    mean_of_two = draws.some(0.05, draws.uniform(-0.7, 0.7))
    out[:, 1:] += mean_of_two * out[:, :-1]
    return np.asarray(out / np.sqrt(1 + mean_of_two**2))


def draw_coloured(draws: Draws, length: int, low: float, high: float) -> np.ndarray:
    """Noise whose power falls with the frequency to a power between ``low`` and ``high``.

    0 is white, 1 is ``1/f`` (long memory), 2 a random walk. Half of a longer circle is taken, so
    that the ends don't meet.
    """
    around = 2 * length
    spectrum = np.fft.rfft(draws.normal(around))
    frequency = np.arange(spectrum.shape[1], dtype=float)
    frequency[0] = np.inf
    shaped = spectrum * frequency ** (-draws.uniform(low, high) / 2)
    out = np.fft.irfft(shaped, around)
    return np.asarray(out[:, :length] / (out.std(1, keepdims=True) + 1e-12))


def draw_volatility(draws: Draws, length: int) -> np.ndarray:
    """Factors around 1 by which noise swells and ebbs in clusters.

    The logarithm is a slow autoregression (Taylor, *Modelling Financial Time Series*, 1986):
    the clusters of GARCH, which prices, claims and faults all show.
    """
    memory = draws.uniform(0.8, 0.99)
    wild = draws.log_uniform(0.15, 0.8)
    log = wild * persist(draws.normal(length), memory)
    return np.asarray(np.exp(log - wild**2))


def draw_swelling(draws: Draws, length: int, period: int) -> np.ndarray:
    """Factors by which the noise's size changes: with the season, in clusters, or over the years.

    For one series in ten it does; the others keep the size that they have.
    """
    steps = np.arange(length)[None]
    how = draws.one_of(0.91, 0.03, 0.03, 0.03)
    turn = np.where(how == 1, draws.uniform(0.3, 2) * length, period if period > 2 else length)
    size = np.where((how == 1) | (how == 2), draws.uniform(0.2, 0.9), 0)
    out = np.exp(size * np.sin(2 * np.pi * steps / turn + draws.uniform(0, 2 * np.pi)))
    clustered = np.flatnonzero(how[:, 0] == 3)
    if len(clustered):
        out[clustered] = draw_volatility(draws.of(len(clustered)), length)
    return np.asarray(out)
