"""How wide a category is once each of its levels has been looked up."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def choose_width(num_levels: int) -> int:
    """Return how many numbers stand for one level: one more than the root of their count.

    At most 16, and never more than the levels themselves would take.
    """
    return min(num_levels, 16, 1 + int(np.ceil(np.sqrt(num_levels))))


def count_embedded(width: int, groups: Sequence[Sequence[int]]) -> int:
    """Return how many columns are left of ``width`` once these groups have been looked up."""
    return width + sum(choose_width(len(group)) - len(group) for group in groups)


def count_table(groups: Sequence[Sequence[int]]) -> int:
    """Return how many weights the tables of these groups have."""
    return sum(len(group) * choose_width(len(group)) for group in groups)
