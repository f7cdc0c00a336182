"""Cross-validation: every item is judged once, by networks that have not seen it."""

from __future__ import annotations

import numpy as np

from lstm_core.data.items.splitting.blocks import join_blocks
from lstm_core.data.items.splitting.cutting import require
from lstm_core.data.items.splitting.given import read_parts
from lstm_core.data.items.splitting.plan import SplitPlan
from lstm_core.data.items.splitting.split import Split
from lstm_core.data.items.splitting.spreading import spread
from lstm_core.data.items.splitting.time_order import cut_by_rank, rank_times
from lstm_core.errors import DataError


def fold_items(
    plan: SplitPlan,
    num_folds: int,
    labels: np.ndarray,
    *,
    groups: np.ndarray | None = None,
    copies: np.ndarray | None = None,
    times: np.ndarray | None = None,
    given: np.ndarray | None = None,
) -> list[Split]:
    """Return a split for each fold; arguments as of ``split_items``.

    Stratified and grouped, each fold is the test part once; with no more blocks than folds are
    asked for, each block is a fold: one group is left out at a time. In order of time the first
    chunk is only learnt from, and each later one is judged after all that are older; what comes
    after it is left out. As given, the folds are of what is not kept apart: the test part as given
    is left out of all of them.

    Raises:
        DataError: there is too little to fold, or what the plan needs is not there.
    """
    if num_folds < 2:
        raise ValueError("Folds are two at least.")
    require(plan, groups, times, given)
    num_items = len(labels)
    copies = copies if plan.keep_copies_together else None
    tied = groups if plan.how != "stratified" else None
    blocks = join_blocks(num_items, tied, copies)
    if plan.how == "time":
        assert times is not None
        return _fold_in_time(plan, num_folds, labels, rank_times(times, blocks))
    is_used = np.ones(num_items, bool)
    if given is not None and plan.how == "given":
        is_used = np.isin(read_parts(given), (0, 1))
    tests = np.full(num_items, -1)
    _, own = np.unique(blocks[is_used], return_inverse=True)
    tests[is_used] = _spread_folds(plan, num_folds, labels[is_used], own)
    if tests.max(initial=-1) < 1:
        raise DataError(
            "All items belong together, so there is only one fold.",
            "Keep fewer of them together, or split them another way.",
        )
    return [_read_fold(plan, labels, blocks, tests, fold) for fold in range(int(tests.max()) + 1)]


def _spread_folds(
    plan: SplitPlan, num_folds: int, labels: np.ndarray, blocks: np.ndarray
) -> np.ndarray:
    """Return the number of each item's fold, ``(n,)``."""
    if int(blocks.max(initial=-1)) + 1 <= num_folds:
        return blocks
    return spread(labels, blocks, [1.0 / num_folds] * num_folds, plan.seed)


def _read_fold(
    plan: SplitPlan, labels: np.ndarray, blocks: np.ndarray, tests: np.ndarray, fold: int
) -> Split:
    """Split what is not judged into what is learnt from and what decides when to stop."""
    rest = (tests >= 0) & (tests != fold)
    parts = np.where(tests == fold, 2, -1)
    _, own = np.unique(blocks[rest], return_inverse=True)
    shares = (1.0 - plan.validation_share, plan.validation_share)
    parts[rest] = spread(labels[rest], own, shares, plan.seed, priority=(0, 1))
    return Split.read(parts, labels)


def _fold_in_time(
    plan: SplitPlan, num_folds: int, labels: np.ndarray, ranks: np.ndarray
) -> list[Split]:
    num_folds = max(1, min(num_folds, int(ranks.max(initial=-1)) - 1))
    chunks = cut_by_rank(ranks, [1.0 / (num_folds + 1)] * (num_folds + 1))
    shares = (1.0 - plan.validation_share, plan.validation_share)
    splits = []
    for chunk in range(1, num_folds + 1):
        older = chunks < chunk
        _, own = np.unique(ranks[older], return_inverse=True)
        if own.max(initial=0) < 1:
            continue  # one time alone can't be both learnt from and stopped by
        parts = np.where(chunks == chunk, 2, -1)
        parts[older] = cut_by_rank(own, shares)
        splits.append(Split.read(parts, labels))
    if not splits:
        raise DataError(
            "There are too few different times for a fold.",
            "Bring items of three times at least, or split them without regard to time.",
        )
    return splits
