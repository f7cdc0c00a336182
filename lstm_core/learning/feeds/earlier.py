"""What a window is told of earlier seasons, from what is known of rows."""

from __future__ import annotations

import numpy as np


def join_earlier(ahead: np.ndarray, last: np.ndarray) -> np.ndarray:
    """Return earlier seasons as they were, then moved to the level of the last row.

    Args:
        ahead: what is told of the steps ahead, ``(n, horizon, 3 * targets)``. ``last``: of each
            window's last row, ``(n, 1, 3 * targets)``.

    Returns:
        ``(n, horizon, 2 * targets)``.
    """
    count = ahead.shape[-1] // 3
    kept, away, level = ahead[..., :count], ahead[..., count : 2 * count], last[..., 2 * count :]
    return np.concatenate([kept, away + level], axis=-1)
