"""Which part each item of a script is in, as the columns of its data say it."""

from __future__ import annotations

import numpy as np

from lstm_core.data.items.splitting.split import PARTS, Split

ASKED = "asked"
"""In place of a part: an item of which nobody knows what is to be said."""


def name_parts(split: Split, num_known: int, num_asked: int) -> np.ndarray:
    """Return the part of each item by its name, ``(items,)``: empty where it has none.

    Args:
        num_known: items that the split is of. ``num_asked``: those behind them.
    """
    names = np.array([*PARTS, ""], object)
    return np.append(names[split.number_parts(num_known)], [ASKED] * num_asked)


def name_columns(num_folds: int) -> list[str]:
    """Return the columns of the data that say which part an item is in, fold by fold."""
    if num_folds == 1:
        return ["part"]
    return [f"part in fold {number}" for number in range(1, num_folds + 1)]
