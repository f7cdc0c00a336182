"""Forecasts of data with many zeros: nothing, the median, and a smoothed demand.

NumPy alone. Each looks only at values up to the cutoff. Source: Teunter, Syntetos and Babai,
"Intermittent demand: Linking forecasting to inventory obsolescence", European Journal of
Operational Research 214 (2011), after Croston, "Forecasting and stock control for intermittent
demands", Operational Research Quarterly 23 (1972).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

MANY_ZEROS = 0.25
"""Share of a series' values from which on these rules are asked."""
SEASONS_OF_MEDIAN = 4
FEWEST_OF_MEDIAN = 28
SIZE_RATE = CHANCE_RATE = 0.1
"""The usual rates; nothing is fitted."""


def has_many_zeros(lines: Sequence[np.ndarray]) -> bool:
    """Whether most lines ``(rows,)`` are zero often, and not always."""
    shares = np.array([float(np.mean(line == 0)) if len(line) else 0.0 for line in lines])
    return bool(np.mean((shares >= MANY_ZEROS) & (shares < 1)) > 0.5)


def predict_zero(values: np.ndarray, cutoffs: np.ndarray, season: int) -> np.ndarray:
    """Expect nothing, ``(n,)``."""
    return np.zeros(len(cutoffs))


def predict_median(values: np.ndarray, cutoffs: np.ndarray, season: int) -> np.ndarray:
    """Return the median of the last seasons up to each cutoff, ``(n,)``."""
    width = max(SEASONS_OF_MEDIAN * season, FEWEST_OF_MEDIAN)
    padded = np.concatenate([np.full(width - 1, np.nan), values])
    windows = np.lib.stride_tricks.sliding_window_view(padded, width)  # (rows, width)
    found = np.empty(len(cutoffs))
    whole = cutoffs >= width - 1
    for rows in np.array_split(np.flatnonzero(whole), max(1, len(cutoffs) * width // 4_000_000)):
        found[rows] = np.median(windows[cutoffs[rows]], axis=1)
    for row in np.flatnonzero(~whole):
        found[row] = np.median(values[: cutoffs[row] + 1])
    return found


def predict_demand(values: np.ndarray, cutoffs: np.ndarray, season: int) -> np.ndarray:
    """Return the smoothed chance of a demand times its smoothed size, ``(n,)``.

    The size is smoothed where there is a demand, the chance at each step, so that a demand that
    has died away is forgotten. As long as a mean of all so far weighs the newest more, it is that.
    """
    size = chance = 0.0
    num_demands = 0
    smoothed = []
    for row, value in enumerate(values[: int(cutoffs.max()) + 1].tolist()):
        if value != 0:
            num_demands += 1
            size += max(SIZE_RATE, 1 / num_demands) * (value - size)
        chance += max(CHANCE_RATE, 1 / (row + 1)) * ((value != 0) - chance)
        smoothed.append(size * chance)
    return np.array(smoothed)[cutoffs]


COUNTING: dict[str, Callable[[np.ndarray, np.ndarray, int], np.ndarray]] = {
    "median": predict_median,
    "zero": predict_zero,
    "tsb": predict_demand,
}
"""Each from values ``(rows,)``, cutoffs ``(n,)`` and the season to the level ahead ``(n,)``."""
