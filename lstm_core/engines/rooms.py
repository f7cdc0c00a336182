"""Room for arrays of many lengths, of few sizes.

An engine compiles for each size, and keeps what it has compiled: tables of different lengths then
share what was compiled for the first of them.
"""

from __future__ import annotations

import math

import numpy as np

STEP_NUMBERS = 262_144
"""From so many numbers on there is room for as many more at the most, else for twice as many."""


def make_room(values: np.ndarray) -> np.ndarray:
    """Return ``(room, ...)``: the values, ``(n, ...)``, and zeros behind them."""
    return fill_up(values, _round_up(len(values), math.prod(values.shape[1:])))


def fill_up(values: np.ndarray, num_rows: int) -> np.ndarray:
    """Return ``(num_rows, ...)``: the values, and zeros behind them."""
    room = num_rows - len(values)
    return np.pad(values, [(0, room)] + [(0, 0)] * (values.ndim - 1)) if room else values


def _round_up(count: int, width: int) -> int:
    step = 1 << max(STEP_NUMBERS // max(width, 1), 1).bit_length() - 1
    return -(-count // step) * step if count > step else 1 << max(count - 1, 0).bit_length()
