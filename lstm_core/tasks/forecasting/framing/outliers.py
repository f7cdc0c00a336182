"""Values far from what is usual, found by limits that the training part alone has set.

They are drawn in where the network reads and learns; what a forecast is judged by stays as it was
observed. Exported scripts bring this along.

Sources: Tukey, "Exploratory Data Analysis" (1977), the outer fences; Hampel, "The Influence Curve
and Its Role in Robust Estimation", Journal of the American Statistical Association 69 (1974).
"""

from __future__ import annotations

from typing import Literal

import numpy as np

OutlierName = Literal["none", "clip", "hampel"]

_FENCE = 3.0
"""How many widths of the middle half a value may lie beyond it."""

_HAMPEL_ROWS = 11
_HAMPEL_SPREADS = 3.0
_NORMAL = 1.4826
"""From a median of distances to the standard deviation of a normal distribution."""

_FEWEST = 12


def fit_limits(
    values: np.ndarray, seen: np.ndarray, kind: str, num_limited: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the lowest and highest usual value of each column, and the furthest usual jump.

    A column is left alone, with limits at infinity, where its rows are few, where it holds 0 and
    1 alone, or where its middle half stands still: then what moves is the exception.

    Args:
        values, seen: ``(rows, columns)``, the training rows, and where they were observed.
        kind: ``clip``: beyond three widths of the middle half; ``hampel``: further than three
            usual distances from the median of the eleven rows before.
        num_limited: how many of the leading columns may be limited.

    Returns:
        Three arrays of ``(columns,)``.
    """
    low = np.full(values.shape[1], -np.inf)
    high, jump = np.full(values.shape[1], np.inf), np.full(values.shape[1], np.inf)
    for column in range(num_limited if kind != "none" else 0):
        own = values[:, column]
        known = own[seen[:, column]]
        if len(known) < _FEWEST or np.isin(known, (0.0, 1.0)).all():
            continue
        if kind == "clip":
            first, third = np.percentile(known, [25, 75])
            if third > first:
                low[column] = first - _FENCE * (third - first)
                high[column] = third + _FENCE * (third - first)
        else:
            distance = np.abs(own - find_trailing_median(own))[seen[:, column]]
            spread = _NORMAL * np.nanmedian(distance)
            if spread > 0:
                jump[column] = _HAMPEL_SPREADS * spread
    return low, high, jump


def limit_outliers(
    values: np.ndarray, low: np.ndarray, high: np.ndarray, jump: np.ndarray
) -> np.ndarray:
    """Return the values with what lies beyond the limits drawn in; of each row, none after it.

    Args:
        values: ``(rows, columns)`` of one series, without NaN.
        low, high, jump: as ``fit_limits`` gives them. What jumps too far becomes the median of
            the rows before it.
    """
    limited = np.clip(values, low, high)
    for column in np.flatnonzero(np.isfinite(jump)):
        own = values[:, column]
        median = find_trailing_median(own)
        limited[:, column] = np.where(np.abs(own - median) > jump[column], median, own)
    return limited


def find_trailing_median(values: np.ndarray) -> np.ndarray:
    """Return the median of the rows before each; NaN where there are not enough; ``(rows,)``."""
    median = np.full(len(values), np.nan)
    if len(values) > _HAMPEL_ROWS:
        windows = np.lib.stride_tricks.sliding_window_view(values[:-1], _HAMPEL_ROWS)
        median[_HAMPEL_ROWS:] = np.median(windows, axis=1)
    return median
