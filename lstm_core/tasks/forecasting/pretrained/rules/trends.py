"""Lines through values, and what they come to ahead."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lstm_core.tasks.forecasting.pretrained.rules.smoothing import DAMPING

_SHORTEST_TREND = 8
_LATEST = 3


def damp_steps(ahead: np.ndarray) -> np.ndarray:
    """How many steps of an undamped trend a damped one goes."""
    return np.asarray(DAMPING * (1 - DAMPING**ahead) / (1 - DAMPING))


@dataclass(frozen=True)
class Trend:
    """Slopes of a batch of series, ``(count,)``: of the line through all, through the last two
    seasons, and of the last three steps."""

    slope: np.ndarray
    recent: np.ndarray
    latest: np.ndarray

    def half_line(self, ahead: np.ndarray) -> np.ndarray:
        """What half the line comes to, ``(count, steps)``."""
        return 0.5 * self.slope[:, None] * ahead

    def follow(self, last: np.ndarray, ahead: np.ndarray) -> list[np.ndarray]:
        """From ``(count, steps)`` on: along the line, along the recent one, damped, and along the
        last steps, undamped and damped."""
        damped = damp_steps(ahead)
        return [
            last + self.slope[:, None] * ahead,
            last + self.recent[:, None] * damped,
            last + self.latest[:, None] * ahead,
            last + self.latest[:, None] * damped,
        ]


def find_trend(filled: np.ndarray, lengths: np.ndarray, season: int) -> Trend:
    """Draw lines through values without gaps ``(count, length)``, by least squares.

    The recent one goes through the last two seasons; what moves without corners goes on as in its
    last steps.
    """
    window = min(max(2 * season, _SHORTEST_TREND), filled.shape[1])
    recent = _slope(filled[:, -window:], np.minimum(lengths, window))
    steps = min(_LATEST, filled.shape[1] - 1)
    latest = (filled[:, -1] - filled[:, -1 - steps]) / max(steps, 1)
    return Trend(_slope(filled, lengths), recent, latest)


def _slope(filled: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """Least squares over the last ``lengths`` columns of each row."""
    length = filled.shape[1]
    steps = np.arange(length) - (length - 1.0)
    if (lengths == length).all():
        off = steps + (length - 1) / 2
        return np.asarray(filled @ off / max(off @ off, 1e-9))
    off = steps + (lengths[:, None] - 1) / 2
    weighted = np.where(steps > -lengths[:, None], off, 0)
    return np.asarray(np.vecdot(weighted, filled) / np.maximum(np.vecdot(weighted, weighted), 1e-9))
