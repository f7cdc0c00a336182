"""Series that stay as they are for a while and then become another: stretches of random length."""

from __future__ import annotations

import numpy as np

from lstm_core.tasks.forecasting.pretrained.made_up.draws import Draws


def draw_segments(draws: Draws, length: int, lasts: np.ndarray) -> np.ndarray:
    """Which stretch each step lies in, ``(count, length)``, from 0 up.

    Args:
        lasts: how many steps a stretch takes in the mean, ``(count, 1)``.
    """
    switches = draws.rng.random((draws.count, length)) < 1 / lasts
    switches[:, 0] = False
    return np.asarray(np.cumsum(switches, 1))


def pick_by_segment(by_segment: np.ndarray, segments: np.ndarray) -> np.ndarray:
    """Give each step its stretch's value: ``(count, most)`` to ``(count, length)``."""
    return np.asarray(np.take_along_axis(by_segment, segments, 1))
