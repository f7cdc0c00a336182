"""Batches to learn from: series made up as they are needed, cut, described, and what came after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from lstm_core.tasks.forecasting.pretrained.describing import Description, describe
from lstm_core.tasks.forecasting.pretrained.history import FEWEST_VALUES, Histories
from lstm_core.tasks.forecasting.pretrained.made_up import (
    KINDS,
    RHYTHMS,
    MadeUpSeries,
    Rhythm,
    make_up,
)

STEPS_A_BATCH = 16
FARTHEST = 192
"""The most steps ahead that are learnt, where a rhythm asks for no more by itself."""
_LONG = 0.2
_CUT = 0.5
_VERY_SHORT = 0.1
_TURNED = 0.5
_USUAL = {"structural": 60.0, "random walk": 10.0}
"""More of the family that most tables belong to, and more walks than there are: to say the last
value and nothing else takes long to learn."""
_WITHOUT_SEASON = {kind.name: 0.08 * kind.share for kind in KINDS} | {
    "structural": 84.0,
    "random walk": 7.0,
    "smooth courses": 3.0,
    "growth": 2.0,
}
"""Where there is no season, other kinds are learnt at the cost of this one, by which trends are
told from walks; a few of each keep the network from being surprised."""
_ALL_SEASONS_UNTOLD, _LONG_UNTOLD = 0.04, 0.12
_TRUTH_TOLD = 0.1
_FULL_LENGTH = 1.3
_TYPICAL, _LARGEST = 20.0, 500.0

SHARES = {
    "yearly": 28,
    "half-yearly": 2,
    "quarterly": 10,
    "monthly": 14,
    "four-weekly": 2,
    "half-monthly": 2,
    "weekly": 9,
    "weekly without a year": 8,
    "daily": 5,
    "daily with a year": 3,
    "working days": 3,
    "four-hourly": 3,
    "hourly": 12,
    "hourly without a week": 3,
    "half-hourly": 5,
    "quarter-hourly": 4,
    "short turns": 2,
    "long turns": 2,
}
"""How often each rhythm is learnt, in parts: more where it takes longest to learn."""
_SHARE_OF_OTHERS = 2


@dataclass(frozen=True)
class Batch:
    """What one step of training sees.

    Attributes:
        rhythm: its name. ``actual``, ``importance``: ``(count, steps)``, on the series' scale.
    """

    rhythm: str
    description: Description
    actual: np.ndarray
    importance: np.ndarray


def draw_rhythm(rng: np.random.Generator, rhythms: Sequence[Rhythm] = RHYTHMS) -> Rhythm:
    """One of them, each as often as it is due."""
    shares = np.array([SHARES.get(rhythm.name, _SHARE_OF_OTHERS) for rhythm in rhythms], float)
    return rhythms[int(rng.choice(len(rhythms), p=shares / shares.sum()))]


def make_batch(
    rng: np.random.Generator,
    count: int,
    rhythm: Rhythm | None = None,
    shares: Mapping[str, float] | None = None,
) -> Batch:
    """Make series up and cut them where a forecast is asked for.

    Args:
        rhythm: drawn where none is given. ``shares``: of the kinds of series, see ``make_up``.
    """
    rhythm = rhythm or draw_rhythm(rng)
    farthest = rhythm.steps
    if rng.random() < _LONG:
        farthest = int(np.exp(rng.uniform(np.log(farthest), np.log(max(FARTHEST, farthest)))))
    shortest = int(1.2 * max(rhythm.seasons[:1], default=5)) + 2
    longest = rhythm.history
    if rng.random() < _CUT:
        longest = max(int(_log_uniform(rng, shortest, longest, ())), min(3 * shortest, longest))
    made = _make(rng, rhythm, count, longest + farthest, shares)
    lengths = _log_uniform(rng, shortest, longest * _FULL_LENGTH, count)
    very_short = rng.random(count) < _VERY_SHORT
    lengths = np.where(very_short, _log_uniform(rng, FEWEST_VALUES, shortest, count), lengths)
    lengths = np.clip(lengths.astype(int), FEWEST_VALUES, longest)
    past = np.where(
        np.arange(longest) >= (longest - lengths)[:, None], made.values[:, :longest], np.nan
    )
    past, future, truth = _leave_out_unknown(past, made.values[:, longest:], made.non_negative)
    known = np.isfinite(past)
    untold = rng.random(len(past)) < _TRUTH_TOLD
    never_below = (~known | (past >= 0)).all(1) & (truth | ~untold)
    whole = (~known | (past == np.round(past))).all(1)
    histories = Histories(past, _tell_seasons(rng, rhythm.seasons), whole, never_below)
    ahead = _draw_steps(rng, farthest)
    description = describe(histories, ahead)
    actual = (future[:, ahead - 1] - description.location[:, None]) / description.scale[:, None]
    importance = _weigh(actual, ahead)
    actual = np.clip(np.nan_to_num(actual), -_LARGEST, _LARGEST)
    return Batch(rhythm.name, description, actual.astype(np.float32), importance.astype(np.float32))


def _make(
    rng: np.random.Generator,
    rhythm: Rhythm,
    count: int,
    length: int,
    shares: Mapping[str, float] | None,
) -> MadeUpSeries:
    """Series of a rhythm.

    Nobody says whether what is told once a year falls or grows, so some are turned upside down.
    """
    if rhythm.seasons:
        return make_up(rng, rhythm, count, length, shares or _USUAL)
    made = make_up(rng, rhythm, count, length, shares or _WITHOUT_SEASON)
    values = made.values.copy()
    turned = (rng.random(count) < _TURNED) & np.isfinite(values).any(1)
    values[turned] = _turn(values[turned])
    return replace(made, values=values)


def _turn(values: np.ndarray) -> np.ndarray:
    """Upside down, between the same bounds."""
    known = np.isfinite(values)
    low = np.where(known, values, np.inf).min(1, keepdims=True)
    return np.asarray(low + np.where(known, values, -np.inf).max(1, keepdims=True) - values)


def _leave_out_unknown(
    past: np.ndarray, future: np.ndarray, truth: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Rows that gaps leave too few values become copies of one that has enough."""
    enough = np.isfinite(past).sum(1) >= FEWEST_VALUES
    rows = np.where(enough, np.arange(len(past)), np.flatnonzero(enough)[0])
    return past[rows], future[rows], truth[rows]


def _log_uniform(
    rng: np.random.Generator, low: float, high: float, shape: int | tuple[int, ...]
) -> np.ndarray:
    return np.exp(rng.uniform(np.log(low), np.log(max(high, low)), shape))


def _tell_seasons(rng: np.random.Generator, seasons: tuple[int, ...]) -> tuple[int, ...]:
    """Sometimes a season is not known to whoever asks."""
    chance = rng.random()
    if chance < _ALL_SEASONS_UNTOLD:
        return ()
    return seasons[:1] if chance < _ALL_SEASONS_UNTOLD + _LONG_UNTOLD else seasons


def _draw_steps(rng: np.random.Generator, farthest: int) -> np.ndarray:
    """``STEPS_A_BATCH`` steps ahead in order, none twice where there are enough."""
    steps = np.arange(1, farthest + 1)
    if farthest >= STEPS_A_BATCH:
        return np.sort(rng.choice(steps, STEPS_A_BATCH, replace=False))
    again = rng.choice(steps, STEPS_A_BATCH - farthest)
    return np.sort(np.concatenate([steps, again]))


def _weigh(actual: np.ndarray, ahead: np.ndarray) -> np.ndarray:
    """What each step counts for: little where values leave all that was seen of the series.

    Errors grow about with the root of the steps; without a weight against that, the far ones alone
    would be learnt.
    """
    known = np.isfinite(actual)
    largest = np.abs(np.where(known, actual, 0)).max(1, keepdims=True)
    weights = known * (largest < _LARGEST) / (1 + largest / _TYPICAL) / np.sqrt(ahead)
    return np.asarray(weights / max(weights.mean(), 1e-9))
