"""Several rows of one series at one time become one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lstm_core.data.series.dataset import Roles
from lstm_core.spec.reading import Repeats


def list_ways(roles: Roles, way: Repeats | None) -> tuple[Repeats, ...]:
    """Return what becomes of each column's values at one time.

    What is predicted is added up or counted; what is looked at beside it has a mean then, since
    a price or a flag does not add up. Nothing said is a mean, as it was before it could be said.
    """
    beside: Repeats = way if way in ("first", "last") else "mean"
    num_beside = len(roles.columns) - len(roles.targets)
    return (way or "mean",) * len(roles.targets) + (beside,) * num_beside


def unite_rows(values: np.ndarray, firsts: np.ndarray, ways: Sequence[Repeats]) -> np.ndarray:
    """Return one row for each group of rows, gaps left out, ``(groups, columns)``.

    Args:
        values: float64, ``(rows, columns)``; rows of a group follow each other.
        firsts: int64, ``(groups,)``; where each begins.
        ways: for each column.
    """
    known = ~np.isnan(values)
    sums = np.add.reduceat(np.where(known, values, 0.0), firsts, axis=0)
    counts = np.add.reduceat(known.astype(np.int64), firsts, axis=0)
    united = np.full(sums.shape, np.nan)
    for number, way in enumerate(ways):
        has_value = counts[:, number] > 0
        if way == "count":
            united[:, number] = counts[:, number]
        elif way == "sum":
            united[has_value, number] = sums[has_value, number]
        elif way == "mean":
            np.divide(sums[:, number], counts[:, number], out=united[:, number], where=has_value)
        else:
            united[:, number] = _pick(values[:, number], known[:, number], firsts, way)
    return united


def _pick(values: np.ndarray, known: np.ndarray, firsts: np.ndarray, way: Repeats) -> np.ndarray:
    """Return the first or the last value of each group that is none of its gaps."""
    places = np.arange(len(values))
    if way == "first":
        found = np.minimum.reduceat(np.where(known, places, len(values)), firsts)
        is_there = found < len(values)
    else:
        found = np.maximum.reduceat(np.where(known, places, -1), firsts)
        is_there = found >= 0
    return np.where(is_there, values[np.where(is_there, found, 0)], np.nan)
