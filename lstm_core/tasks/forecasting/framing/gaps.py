"""Where one stands when a value is missing; exported scripts bring this along."""

from __future__ import annotations

import numpy as np


def step_back(
    rows: np.ndarray, known: np.ndarray, num_observed: np.ndarray, first: int
) -> np.ndarray:
    """Move cutoffs that stand in a gap back to the last row before it, each row once.

    That is where one would have stood: what it predicts of the gap itself counts nowhere, and
    nothing that was observed lies between.

    Args:
        rows: cutoffs in order, as rows of a series.
        known: ``(rows,)``; whether a row is no gap.
        num_observed: ``(rows + 1,)``; how many rows with a value lie before each row.
        first: no cutoff is moved before this row.
    """
    last = np.maximum.accumulate(np.where(known, np.arange(len(known)), -1))[rows]
    is_near = (last >= first) & (num_observed[last + 1] == num_observed[rows + 1])
    moved = np.where(is_near, last, rows)  # in order still: who stands behind has not moved past
    return moved[np.diff(moved, prepend=-1) > 0]


def reads_no_gap(rows: np.ndarray, known: np.ndarray, lookback: int) -> np.ndarray:
    """Return whether nothing that is read from each cutoff was filled, ``(n,)`` bool.

    Args:
        rows: cutoffs as rows of a series, with ``lookback`` rows up to each.
        known: ``(rows,)``; whether a row is no gap.
    """
    num_gaps = np.append(0, np.cumsum(~known))
    return num_gaps[rows + 1] == num_gaps[rows + 1 - lookback]
