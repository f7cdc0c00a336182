"""Lines through values, and what they come to ahead."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lstm_core.tasks.forecasting.pretrained.rules.seasons import Adjusted
from lstm_core.tasks.forecasting.pretrained.rules.smoothing import DAMPING

_SHORTEST_TREND = 8


def damp_steps(ahead: np.ndarray) -> np.ndarray:
    """How many steps of an undamped trend a damped one goes."""
    return np.asarray(DAMPING * (1 - DAMPING**ahead) / (1 - DAMPING))


@dataclass(frozen=True)
class Trend:
    """Trends of a batch of series.

    Attributes:
        slope: ``(count,)``, a step's part of the line through all values.
        half_line, line, recent: ``(count, steps)``, what half that line, all of it, and the line
            through the last two seasons, damped, come to ahead.
    """

    slope: np.ndarray
    half_line: np.ndarray
    line: np.ndarray
    recent: np.ndarray

    def follow(self, way: Adjusted) -> list[np.ndarray]:
        """From the last value on: along the line, and along the recent one."""
        last = way.filled[:, -1:] + way.coming
        return [last + self.line, last + self.recent]


def find_trend(filled: np.ndarray, lengths: np.ndarray, ahead: np.ndarray, season: int) -> Trend:
    """Draw lines through values without gaps ``(count, length)``, by least squares."""
    slope = _slope(filled, lengths)
    window = min(max(2 * season, _SHORTEST_TREND), filled.shape[1])
    recent = _slope(filled[:, -window:], np.minimum(lengths, window))
    return Trend(
        slope,
        0.5 * slope[:, None] * ahead,
        slope[:, None] * ahead,
        recent[:, None] * damp_steps(ahead),
    )


def _slope(filled: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """Least squares over the last ``lengths`` columns of each row."""
    length = filled.shape[1]
    steps = np.arange(length) - (length - 1.0)
    off = steps + (lengths[:, None] - 1) / 2
    weighted = np.where(steps > -lengths[:, None], off, 0)
    return np.asarray((weighted * filled).sum(1) / np.maximum((weighted**2).sum(1), 1e-9))
