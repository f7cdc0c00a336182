"""Ranges that hold what they promise: calibrated on errors that were held out.

Split conformal prediction with quantile regression: Romano, Patterson and Candes, "Conformalized
Quantile Regression", NeurIPS 2019; the multiplicative score as in Sesia and Candes, "A comparison
of some conformal quantile regression methods", Stat 9 (2020). As the test part is walked through,
errors that have become known by then join in, and the latest count: an adaptive calibration in
the spirit of Gibbs and Candes, "Adaptive Conformal Inference Under Distribution Shift", NeurIPS
2021.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

import numpy as np

from lstm_core.tasks.forecasting.levels import LEVELS

FEWEST_SCORES = 60
"""Errors that one factor rests on; where a step has fewer, its neighbours' join in."""

MOST_WINDOWS = 400
"""Held-out windows that count: the latest ones."""

_NEW = 0.5
"""How much of the rank that conformal prediction adds for its last window is added where windows
overlap. It promises to hold between a share and one window's worth more than that: this is the
middle. On made-up walks and autoregressions, 6 to 48 windows of 12 steps, 80% ranges hold 80 to 82%
with it, and 75 to 78% with a window counted as one."""

_LEAST_WIDTH = 1e-6

_MOST_MOMENTS = 64
"""For which what was chosen is held: with each series of many, the same few come again."""


def raw_ends(prediction: np.ndarray) -> np.ndarray:
    """Return the uncalibrated ends: ``(..., 1 + levels)`` to ``(..., len(LEVELS), 2)``.

    A network without a quantile head gives the point alone; then each range reaches one scaled
    unit to both sides, and calibration does the rest.
    """
    point = prediction[..., :1]
    if prediction.shape[-1] == 1:
        return np.stack(
            [np.repeat(point - 1.0, len(LEVELS), -1), point.repeat(len(LEVELS), -1) + 1.0], -1
        )
    return prediction[..., 1:].reshape(*prediction.shape[:-1], len(LEVELS), 2)


def score_ends(actual: np.ndarray, point: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Return by which factor each range would have had to be wider to hold the actual value.

    Args:
        actual, point: ``(n, horizon)``; NaN where nothing is known.
        ends: ``(n, horizon, len(LEVELS), 2)``.

    Returns:
        ``(n, horizon, len(LEVELS))`` float32, NaN where ``actual`` is.
    """
    below = np.maximum(point[..., None] - ends[..., 0], _LEAST_WIDTH)
    above = np.maximum(ends[..., 1] - point[..., None], _LEAST_WIDTH)
    miss = (actual - point)[..., None]
    scores: np.ndarray = np.where(miss < 0, -miss / below, miss / above)
    return scores.astype(np.float32)


def widen(point: np.ndarray, ends: np.ndarray, factors: np.ndarray) -> np.ndarray:
    """Stretch ranges around the point: shapes as above, factors ``(horizon, len(LEVELS))``."""
    return point[..., None, None] + (ends - point[..., None, None]) * factors[..., None]


def fit_factors(scores: np.ndarray, *, is_scarce: bool = False) -> np.ndarray:
    """Return the factor for each step and level, ``(horizon, len(LEVELS))``.

    Args:
        scores: ``(n, horizon, len(LEVELS))`` of held-out windows.
        is_scarce: there are so few that it matters that they overlap.

    The factors never let a wider range lie inside a narrower one. Ones where nothing is known.
    """
    horizon = scores.shape[1]
    known = int(np.isfinite(scores[..., 0]).sum())
    if known == 0:
        return np.ones((horizon, len(LEVELS)))
    overlap = horizon if is_scarce else 0
    each = max(1, known // horizon)
    reach = min(horizon - 1, max(0, -(-FEWEST_SCORES // each) - 1))  # neighbours to both sides
    factors = np.empty((horizon, len(LEVELS)))
    if reach == 0:
        for level, percent in enumerate(LEVELS):
            factors[:, level] = _conformal_quantile(scores[..., level], percent, overlap)
        return factors
    for step in range(horizon):
        first = min(max(0, step - (reach + 1) // 2), max(0, horizon - reach - 1))
        near = scores[:, first : first + reach + 1].reshape(-1, 1, len(LEVELS))
        for level, percent in enumerate(LEVELS):
            factors[step, level] = _conformal_quantile(near[..., level], percent, overlap)[0]
    return factors


def _conformal_quantile(scores: np.ndarray, percent: int, overlap: int) -> np.ndarray:
    """Return the ``ceil((n + 1) * share)``-th smallest of each column of ``(n, steps)``.

    Args:
        overlap: how many neighbours look at the same rows; 0: each is counted as one.
    """
    count = np.isfinite(scores).sum(axis=0)
    rank = np.ceil((count + 1) * percent / 100)
    if overlap:
        rank = np.maximum(rank, (count + _NEW * overlap) * percent / 100)
    share = np.minimum(1.0, rank / np.maximum(count, 1))
    filled = np.sort(np.where(np.isfinite(scores), scores, np.inf), axis=0)
    rank = np.clip(np.ceil(share * count).astype(int) - 1, 0, None)
    found = np.take_along_axis(filled, rank[None, :], axis=0)[0]
    return np.where(np.isfinite(found), found, 1.0)


class Calibration:
    """The scores of held-out windows of one target, with the time when each became known.

    Grows as a backtest walks on; ``fit`` asks only for what was known by a moment. Of many series,
    the same moments come again with each, so that what was chosen by one is gone on from.
    """

    def __init__(self, *, is_scarce: bool = False) -> None:
        """Begin with nothing; ``is_scarce``: it matters that windows overlap, until many came."""
        self._is_scarce = is_scarce
        self._known_at: list[np.ndarray] = []
        self._scores: list[np.ndarray] = []
        self._latest: OrderedDict[int | None, _Latest] = OrderedDict()

    def add(self, known_at: np.ndarray, scores: np.ndarray) -> None:
        """Take the scores ``(n, horizon, levels)`` of windows that end at ``known_at`` ``(n,)``."""
        if len(scores):
            self._known_at.append(known_at)
            self._scores.append(scores)

    def forget(self, now: int) -> None:
        """Drop what no fit from ``now`` on will ask for: all but the latest known windows."""
        known_at = np.concatenate(self._known_at) if self._known_at else np.zeros(0)
        past = np.flatnonzero(known_at <= now)
        if len(past) < 2 * MOST_WINDOWS:
            return
        order = past[np.argsort(known_at[past], kind="stable")]
        kept = np.setdiff1d(np.arange(len(known_at)), order[:-MOST_WINDOWS])
        self._scores = [np.concatenate(self._scores)[kept]]
        self._known_at = [known_at[kept]]
        self._latest.clear()

    def fit(self, now: int | None = None) -> np.ndarray | None:
        """Return factors from the latest windows known by ``now``; None where there are none."""
        latest = self._latest.pop(now, None) or _Latest()
        self._latest[now] = latest
        if len(self._latest) > _MOST_MOMENTS:
            self._latest.popitem(last=False)
        new = slice(latest.num_taken, None)
        latest.take(self._known_at[new], self._scores[new], now)
        if not latest.known_at.size:
            return None
        is_scarce = self._is_scarce and len(latest.known_at) < MOST_WINDOWS
        return fit_factors(latest.scores, is_scarce=is_scarce)


class _Latest:
    """The latest windows known by a moment, of those that were taken in so far.

    Attributes:
        known_at: ``(n,)``. ``scores``: ``(n, horizon, levels)``.
        num_taken: how many stretches of windows were.
    """

    def __init__(self) -> None:
        self.known_at = np.zeros(0, np.int64)
        self.scores = np.zeros((0, 0, len(LEVELS)), np.float32)
        self.num_taken = 0

    def take(
        self, known_at: Sequence[np.ndarray], scores: Sequence[np.ndarray], now: int | None
    ) -> None:
        """Take stretches in, in the order in which they came; of one time, the last count."""
        if not known_at:
            return
        ours = self.num_taken > 0
        times = np.concatenate([*([self.known_at] if ours else []), *known_at])
        found = np.concatenate([*([self.scores] if ours else []), *scores])
        known = np.arange(len(times)) if now is None else np.flatnonzero(times <= now)
        kept = np.sort(known[np.argsort(times[known], kind="stable")[-MOST_WINDOWS:]])
        self.known_at, self.scores = times[kept], found[kept]
        self.num_taken += len(known_at)


def factors_to_json(factors: list[np.ndarray | None]) -> list[Any]:
    return [None if found is None else found.tolist() for found in factors]


def factors_from_json(content: list[Any]) -> list[np.ndarray | None]:
    return [None if found is None else np.asarray(found) for found in content]
