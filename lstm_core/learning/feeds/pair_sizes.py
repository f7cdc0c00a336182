"""To what both sides of pairs are padded, and which of them together."""

from __future__ import annotations

import numpy as np

from lstm_core.learning.feeds.item_lengths import choose_lengths

FEW_STEPS = 60_000
"""Of both sides of all pairs; of fewer, little time is padded away."""

FEW_SIZES = 2
MOST_SIZES = 4


_Sizes = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]


def choose_sizes(before: np.ndarray, after: np.ndarray) -> _Sizes:
    """Choose from how long the sides of each pair are, ``(pairs,)``: one tells much of the other.

    Returns:
        ``(pairs,)`` the size of each pair; ``(padded,)`` the few sizes up to which a batch's
        reach, ascending, the last of which holds every one; and ``(padded,)`` to what either side
        is padded in such a batch; int32.
    """
    ratio = max(float(np.median(before)), 1.0) / max(float(np.median(after)), 1.0)
    sizes = np.maximum(before, np.ceil(after * ratio)).astype(np.int32)
    is_little = int(before.sum() + after.sum()) < FEW_STEPS
    padded = choose_lengths(sizes, FEW_SIZES if is_little else MOST_SIZES)
    held = [sizes <= size for size in padded]
    return (
        sizes,
        padded,
        np.array([before[own].max() for own in held], np.int32),
        np.array([after[own].max() for own in held], np.int32),
    )
