"""Whether values keep to a level, run along a line or wander, in a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

Wandering = Literal["level", "trend", "walk", "drifting", "constant", "few"]

_MOST_VALUES = 5_000
_FEWEST_VALUES = 30
_KPSS_LEVEL, _KPSS_TREND = 0.463, 0.146
"""Five per cent points: Kwiatkowski, Phillips, Schmidt and Shin (1992), table 1."""
_USUAL_Z = 1.96
_LEAST_RATIO = 0.5
"""Of few rows chance alone could bring the ratio of noise near 1."""
_SENTENCES: dict[Wandering, str] = {
    "level": "Values keep to a level: after a swing they come back to it.",
    "trend": "Values keep to a straight line that rises or falls.",
    "walk": "Values move like a random walk: where they go next can hardly be told from where they "
    "have been, so repeating the last value is hard to beat.",
    "drifting": "The level changes as time goes on, and not along a straight line.",
    "constant": "The value is the same in all rows.",
    "few": "There are too few rows to say whether values keep to a level.",
}


@dataclass(frozen=True)
class Wander:
    """How the level moves.

    Attributes:
        kind: ``level``, ``trend``, ``walk``, ``drifting``, ``constant`` or ``few``.
        sentence: for people.
        z: how many standard errors the variance ratio is from 1, which is a random walk's.
    """

    kind: Wandering
    sentence: str
    z: float = float("nan")


def find_wander(values: np.ndarray) -> Wander:
    """Say how the level moves; at most the last 5,000 values are read.

    A walk is one whose changes over several steps are as large as those of a random walk: the
    variance ratio is 1 but for chance. Of what is none, the KPSS test says whether it keeps to a
    level or to a line.

    Args:
        values: float64, ``(rows,)``, without NaN and without their seasons.
    """
    recent = values[-_MOST_VALUES:]
    if len(recent) < _FEWEST_VALUES:
        return _say("few")
    if float(np.ptp(recent)) <= 1e-12 * max(1.0, float(np.abs(recent).max())):
        return _say("constant")
    level, trend = measure_kpss(recent), measure_kpss(recent, with_trend=True)
    ratio, z = measure_variance_ratio(recent, min(8, len(recent) // 6))
    kind: Wandering = "drifting"
    if abs(z) < _USUAL_Z and ratio > _LEAST_RATIO:
        kind = "walk"
    elif level <= _KPSS_LEVEL:
        kind = "level"
    elif trend <= _KPSS_TREND:
        kind = "trend"
    return Wander(kind, _SENTENCES[kind], z)


def measure_kpss(
    values: np.ndarray, *, with_trend: bool = False, num_lags: int | None = None
) -> float:
    """Return ``sum(S[t] ** 2) / (n ** 2 * s2)``, S the running sum around a level, or a line.

    ``s2`` is the long-run variance by Newey and West with Bartlett's weights over ``num_lags``,
    ``12 * (n / 100) ** 0.25`` of them where nothing is said. Kwiatkowski, Phillips, Schmidt and
    Shin, Testing the null hypothesis of stationarity (1992).
    """
    num_values = len(values)
    rest = values - values.mean()
    if with_trend:
        steps = np.arange(num_values) - (num_values - 1) / 2
        rest = rest - steps * (steps @ rest) / (steps @ steps)
    if num_lags is None:
        num_lags = min(int(np.ceil(12 * (num_values / 100) ** 0.25)), num_values - 1)
    long_run = float(rest @ rest)
    for lag in range(1, num_lags + 1):
        long_run += 2 * (1 - lag / (num_lags + 1)) * float(rest[lag:] @ rest[:-lag])
    if long_run <= 0:
        return 0.0
    sums = np.cumsum(rest)
    return float(sums @ sums) / (num_values * long_run)


def measure_variance_ratio(values: np.ndarray, over: int) -> tuple[float, float]:
    """Return the variance ratio of changes over ``over`` steps, and its distance from 1.

    The distance is in standard errors that hold where the size of changes itself changes: Lo and
    MacKinlay, Stock market prices do not follow random walks (1988), equations 12 to 20.
    """
    changes = np.diff(values)
    num_changes = len(changes)
    mean = float(changes.mean())
    around = changes - mean
    total = float(around @ around)
    if total <= 0 or over < 2:
        return float("nan"), float("nan")
    long = values[over:] - values[:-over] - over * mean
    scale = over * (num_changes - over + 1) * (1 - over / num_changes)
    ratio = (float(long @ long) / scale) / (total / (num_changes - 1))
    squares = around**2
    error = 0.0
    for lag in range(1, over):
        delta = float(squares[lag:] @ squares[:-lag]) / total**2
        error += (2 * (over - lag) / over) ** 2 * delta
    return ratio, (ratio - 1) / np.sqrt(error) if error > 0 else float("nan")


def _say(kind: Wandering) -> Wander:
    return Wander(kind, _SENTENCES[kind])
