"""Parts as the items name them themselves."""

from __future__ import annotations

import numpy as np

from lstm_core.data.items.splitting.plan import SplitPlan
from lstm_core.data.items.splitting.split import PARTS
from lstm_core.data.items.splitting.spreading import spread
from lstm_core.errors import DataError


def read_parts(given: np.ndarray) -> np.ndarray:
    """Return the number in ``PARTS`` of each name, ``(n,)``; -1 for None, which is left out.

    Raises:
        DataError: a name is none of them.
    """
    numbers = {name: number for number, name in enumerate(PARTS)} | {None: -1}
    unknown = next((name for name in given.tolist() if name not in numbers), None)
    if unknown is not None:
        raise DataError(
            f'The split as given says "{str(unknown)[:40]}", which is no part that is known.',
            f"Name the parts {', '.join(PARTS)}, or let the app split the items.",
        )
    return np.asarray([numbers[name] for name in given.tolist()], np.int64)


def complete_parts(
    parts: np.ndarray, labels: np.ndarray, groups: np.ndarray, copies: np.ndarray, plan: SplitPlan
) -> np.ndarray:
    """Return parts as given, completed by what they lack and without copies on two sides.

    Args:
        parts: ``(n,)`` as ``read_parts`` gives them.
        groups: ``(n,)`` blocks that what is completed respects.
        copies: ``(n,)`` the number of each item's set of copies, from 0 without gaps.

    A validation part alone is what is judged by. A part that is missing is spread out of the
    training part. Of an item whose copies are on two sides, those that are not judged are left
    out (-1): the part that is kept apart stays as others know it.
    """
    parts = parts.copy()
    if not (parts == 2).any():
        parts[parts == 1] = 2
    if not (parts == 2).any():
        _move(parts, 2, labels, groups, plan.test_share, plan.seed)
    for judged, learnt in ((2, (0, 1)), (1, (0,))):
        held = np.zeros(int(copies.max(initial=-1)) + 1, bool)
        held[copies[parts == judged]] = True
        parts[held[copies] & np.isin(parts, learnt)] = -1
    if not (parts == 1).any():
        _move(parts, 1, labels, groups, plan.validation_share, plan.seed)
    return parts


def _move(
    parts: np.ndarray,
    part: int,
    labels: np.ndarray,
    groups: np.ndarray,
    share: float,
    seed: int,
) -> None:
    """Move a share of the training part into another, blocks whole."""
    train = np.flatnonzero(parts == 0)
    if not len(train):
        return
    _, blocks = np.unique(groups[train], return_inverse=True)
    moved = spread(labels[train], blocks, (1.0 - share, share), seed, priority=(0, 1))
    parts[train[moved == 1]] = part
