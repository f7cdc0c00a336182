"""Which columns of a window a network reads, as its layer and its script say it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def list_masks(
    kind: str, widths: Sequence[int], columns: Sequence[int], ahead: Sequence[int]
) -> list[np.ndarray]:
    """Return 1 for each column that is read and 0 for those that are hidden, float32.

    Args:
        kind: which covariates are read: ``all``, ``known_ahead`` or ``none``.
        widths: columns of a window, and, where something is known ahead, of that: a window ends
            with the same.
        columns: of covariates, in a window; ``ahead``: in what is known ahead.
    """
    masks = [np.ones(width, np.float32) for width in widths]
    if kind == "all":
        return masks
    masks[0][list(columns)] = 0.0
    if kind == "known_ahead":
        masks[0][[widths[0] - widths[1] + number for number in ahead]] = 1.0
    elif len(masks) > 1:
        masks[1][list(ahead)] = 0.0
    return masks
