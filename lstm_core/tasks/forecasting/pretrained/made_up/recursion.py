"""Recursions over time without a loop over time."""

from __future__ import annotations

import numpy as np

_NOTHING = 1e-9


def remember(shocks: np.ndarray, memory: np.ndarray) -> np.ndarray:
    """``y[t] = memory * y[t - 1] + shocks[t]``, starting from nothing.

    After each pass a value has taken in twice as many shocks as before, so that the passes grow
    with the logarithm of the length (Hillis and Steele, "Data parallel algorithms",
    Communications of the ACM 29, 1986).

    Args:
        shocks: ``(count, length)``.
        memory: ``(count, 1)``, real, or complex for a turn in each step; at most 1 in size.
    """
    out = shocks.astype(np.result_type(shocks, memory))
    reach, kept = 1, memory
    while reach < out.shape[1] and np.abs(kept).max(initial=0.0) > _NOTHING:
        out[:, reach:] += kept * out[:, :-reach]
        reach, kept = 2 * reach, kept * kept
    return out


def persist(shocks: np.ndarray, memory: np.ndarray) -> np.ndarray:
    """Like ``remember`` for unit shocks, with unit variance from the first value on."""
    rest = np.sqrt(1 - np.abs(memory) ** 2)
    scaled = shocks * rest
    scaled[:, :1] = shocks[:, :1]
    return remember(scaled, memory)
