"""Values that stand far from the others, or from their neighbours, for marking."""

from __future__ import annotations

import numpy as np
from scipy.ndimage import median_filter

_FENCE = 3.0
_NEIGHBOURS = 7
_FAR = 5.0
_MAD_OF_A_NORMAL = 1.4826
_MOST_VALUES = 100_000
_MOST_SHARE = 0.05
"""Where more than these stand out, values are made so: none is marked."""


def find_far(values: np.ndarray, fence: float = _FENCE) -> np.ndarray:
    """Return where values lie ``fence`` quartile distances outside the quartiles.

    Tukey's outer fences, ``[q1 - 3 * (q3 - q1), q3 + 3 * (q3 - q1)]``, Exploratory data analysis
    (1977).

    Args:
        values: float64, ``(rows,)``, NaN where there is none.

    Returns:
        int64, rows.
    """
    known = values[~np.isnan(values)]
    if len(known) < 8:
        return np.array([], dtype=np.int64)
    low, high = np.quantile(known[:: -(-len(known) // _MOST_VALUES)], (0.25, 0.75))
    reach = fence * (high - low)
    if reach <= 0:
        return np.array([], dtype=np.int64)
    with np.errstate(invalid="ignore"):
        return _if_rare((values < low - reach) | (values > high + reach))


def find_spikes(values: np.ndarray, neighbours: int = _NEIGHBOURS, far: float = _FAR) -> np.ndarray:
    """Return where a value is ``far`` deviations from the median of its neighbours (Hampel).

    The deviation is 1.4826 times the median of the distances from the running median, over the
    whole series: a local one is 0 wherever values stand still. Davies and Gather, The
    identification of multiple outliers (1993). The last 100,000 values are looked at.

    Args:
        values: float64, ``(rows,)``, without NaN.
        neighbours: to each side.

    Returns:
        int64, rows.
    """
    first = max(0, len(values) - _MOST_VALUES)
    recent = values[first:]
    if len(recent) < 2 * neighbours + 1:
        return np.array([], dtype=np.int64)
    apart = np.abs(recent - median_filter(recent, 2 * neighbours + 1, mode="nearest"))
    deviation = _MAD_OF_A_NORMAL * float(np.median(apart))
    if deviation <= 0:
        deviation = float(apart.mean())
    if deviation <= 0:
        return np.array([], dtype=np.int64)
    return first + _if_rare(apart > far * deviation)


def smooth_spikes(
    values: np.ndarray, spikes: np.ndarray, neighbours: int = _NEIGHBOURS
) -> np.ndarray:
    """Return a copy with the median of its neighbours at each spike."""
    smooth = values.copy()
    for place in spikes:
        around = values[max(0, place - neighbours) : place + neighbours + 1]
        smooth[place] = np.median(around)
    return smooth


def _if_rare(marked: np.ndarray) -> np.ndarray:
    found = np.flatnonzero(marked)
    return found if len(found) <= _MOST_SHARE * len(marked) else found[:0]
