"""What comes all together by each step, and how far off that may be.

The range of a sum is no sum of ranges: what is missed at one step is missed again at the next in
one series, and made up for in another. So sums have factors of their own, measured on the sums of
held-out windows, in the units of the data.
"""

from __future__ import annotations

import numpy as np

from lstm_core.tasks.forecasting.levels import LEVELS
from lstm_core.tasks.forecasting.predicting.ranges import score_ends, widen

TOTAL = "total"
"""The column of a forecast that holds the sum of all steps so far; absent where none is told."""


def score_totals(actual: np.ndarray, point: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Return ``score_ends`` of the sums by each step.

    Args:
        actual, point, ends: as ``score_ends`` takes them, in the units of the data; a sum is known
            while all that is in it are.
    """
    return score_ends(*(each.cumsum(axis=1) for each in (actual, point, ends)))


def name_totals(
    point: np.ndarray, ends: np.ndarray, factors: np.ndarray, *, is_whole: bool
) -> dict[str, np.ndarray]:
    """Return the columns of one window's sums: ``total``, ``total_low_80`` and so on.

    Args:
        point, ends: ``(horizon,)`` and ``(horizon, len(LEVELS), 2)`` in the units of the data, as
            they were scored; none is below zero, and neither is a sum.
        factors: ``(horizon, len(LEVELS))``.
        is_whole: told in whole numbers.
    """
    total = point.cumsum()
    around = np.maximum(widen(total, ends.cumsum(axis=0), factors), 0.0)
    if is_whole:
        total, around = np.round(total), np.round(around)
    return {TOTAL: total} | {
        f"{TOTAL}_{side}_{level}": around[:, number, place]
        for number, level in enumerate(LEVELS)
        for place, side in enumerate(("low", "high"))
    }
