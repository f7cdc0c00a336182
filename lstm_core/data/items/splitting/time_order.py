"""Parts in order of time: what is judged is newer than all that was learnt from."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lstm_core.errors import DataError


def rank_times(times: np.ndarray, blocks: np.ndarray) -> np.ndarray:
    """Return the rank of each item's time from 0, ``(n,)``; equal times have equal ranks.

    A block stands where its newest item does: nothing older than a cut is then newer than it.

    Args:
        times: ``(n,)`` numbers or ``datetime64``.
        blocks: ``(n,)`` numbers from 0 without gaps.

    Raises:
        DataError: an item has no time.
    """
    times = np.asarray(times)
    unknown = np.isnat(times) if times.dtype.kind in "mM" else np.isnan(times.astype(float))
    if unknown.any():
        raise DataError(
            f"{int(unknown.sum()):,} of {len(times):,} items have no time, so they can't be put in "
            "order.",
            "Fill the column in, or split the items without regard to time.",
        )
    _, ranks = np.unique(times, return_inverse=True)
    newest = np.zeros(int(blocks.max(initial=-1)) + 1, np.int64)
    np.maximum.at(newest, blocks, ranks)
    _, ranks = np.unique(newest[blocks], return_inverse=True)
    return ranks


def cut_by_rank(ranks: np.ndarray, shares: Sequence[float]) -> np.ndarray:
    """Return the number of each item's part, ``(n,)``, the oldest in the first.

    Args:
        ranks: ``(n,)`` from 0 without gaps; equal ranks are never cut apart.
        shares: of all items, 1 together; each part gets at least one rank while there are enough.
    """
    ends = np.cumsum(np.bincount(ranks))  # items up to and with each rank
    num_ranks, num_parts = len(ends), len(shares)
    goals = np.cumsum(shares)[:-1] * len(ranks)
    before = np.concatenate([[0], ends])
    cuts: list[int] = []  # the first rank of each part but the first
    for number, goal in enumerate(goals):
        nearest = int(np.argmin(np.abs(before - goal)))
        earliest = (cuts[-1] if cuts else 0) + 1
        latest = num_ranks - (num_parts - 1 - number)
        cuts.append(max(earliest, min(nearest, latest)))
    return np.searchsorted(np.asarray(cuts), ranks, side="right")
