"""What stands where a value is missing, and before the first one."""

from __future__ import annotations

import numpy as np


def fill_gaps(values: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """Draw straight lines over gaps of ``(count, length)``; the ends are held.

    Args:
        lengths: ``(count,)``, steps since the first value, which is there.
    """
    length = values.shape[1]
    starts = length - lengths
    before = np.arange(length) < starts[:, None]
    filled = np.where(before, values[np.arange(len(values)), starts][:, None], values)
    missing = np.isnan(filled)
    at = np.arange(length)
    for row in np.flatnonzero(missing.any(1)):
        there = ~missing[row]
        filled[row] = np.interp(at, at[there], filled[row, there])
    return filled
