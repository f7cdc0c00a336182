"""What must not be split: items of one group, and copies of one item, and what they chain up."""

from __future__ import annotations

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components


def join_blocks(num_items: int, *ties: np.ndarray | None) -> np.ndarray:
    """Return the number of each item's block, ``(num_items,)``, from 0 without gaps.

    Args:
        ties: each ``(num_items,)`` whole numbers; items with the same number belong together,
            and a negative number ties an item to no other. None is no tie at all.

    Where a copy of an item stands in another group, both groups are one block.
    """
    own = np.arange(num_items)
    rows, columns = [], []
    offset = num_items  # a node for each item, and behind them one for each group
    for tie in ties:
        if tie is None:
            continue
        tied = np.flatnonzero(np.asarray(tie) >= 0)
        _, numbers = np.unique(np.asarray(tie)[tied], return_inverse=True)
        rows.append(own[tied])
        columns.append(offset + numbers)
        offset += int(numbers.max(initial=-1)) + 1
    if not rows:
        return own
    row, column = np.concatenate(rows), np.concatenate(columns)
    graph = coo_array((np.ones(len(row), bool), (row, column)), shape=(offset, offset))
    _, found = connected_components(graph, directed=False)
    _, numbers = np.unique(found[:num_items], return_inverse=True)
    return numbers
