"""The same time in earlier seasons: known of the steps ahead as well, where a season is no shorter.

A network that is told of it can learn what a seasonal rule leaves, instead of the season itself.
Source: Smyl, "A hybrid method of exponential smoothing and recurrent neural networks for time
series forecasting", International Journal of Forecasting 36 (2020).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lstm_core.errors import SpecError
from lstm_core.spec import ExperimentSpec

_MOST_ROUNDS = 4
"""How many seasons are looked back on, and how many a training part has at least."""

_MOST_TRIED = 500
"""Cutoffs of a series at which a season is tried beside the last value."""

SEASONAL = ("season_level", "season")
"""What a prediction may begin with where earlier seasons are told of, the likelier first."""


def recall_seasons(
    values: np.ndarray, season: int, rounds: int = 4, fading: float = 0.5
) -> np.ndarray:
    """Return the mean over the same time in earlier seasons, each older one with less of a share.

    Source: exponential smoothing along the season, Holt (1957) and Winters (1960), cut off.

    Args:
        values: ``(rows, targets)``.
        season: in rows; row ``r`` is told of rows up to ``r - season`` alone.
        rounds: how many seasons back. ``fading``: the share of each beside the one after it.

    Returns:
        ``(rows, targets)``, float64; 0 where there is no earlier season.
    """
    total = np.zeros(values.shape)
    weight = np.zeros((len(values), 1))
    for number in range(rounds):
        before = (number + 1) * season
        total[before:] += fading**number * values[:-before]
        weight[before:] += fading**number
    return total / np.maximum(weight, fading**rounds)


def find_level(values: np.ndarray, season: int) -> np.ndarray:
    """Return the mean of the last season up to each row, and of the first one within that.

    Args:
        values: ``(rows, targets)``. ``season``: in rows.

    Returns:
        ``(rows, targets)``, float64.
    """
    sums = np.cumsum(values, axis=0, dtype=np.float64)
    level = (sums - np.concatenate([np.zeros((season, sums.shape[1])), sums[:-season]])) / season
    level[: season - 1] = level[season - 1]
    return level


def tell_seasons(values: np.ndarray, season: int) -> np.ndarray:
    """Return what is told of each row: see ``learning.feeds.windows.WindowFeed.earlier``.

    Args:
        values: ``(rows, targets)``, a season of them at least. ``season``: in rows.

    Returns:
        ``(rows, 3 * targets)``, float32: the values of earlier seasons, how far they were from
        the level of their time, and the row's own level.
    """
    level = find_level(values, season)
    recalled = [recall_seasons(values, season), recall_seasons(values - level, season)]
    return np.concatenate([*recalled, level], axis=1).astype("float32")


def choose_season_ahead(
    lines: Sequence[np.ndarray], seasons: Sequence[int], horizon: int, most: int
) -> tuple[int, str]:
    """Return the season that comes closest in training rows, in whole ones as long as the horizon.

    Args:
        lines: the training rows of a target in each series, ``(rows,)`` each.
        seasons: what may repeat, in steps.
        most: the longest that no series is too short for.

    Returns:
        Its length in steps, or 0 where the last value is closer, or the rows are too few; and the
        reason.
    """
    num_rows = int(np.median([len(line) for line in lines]))
    whole = dict.fromkeys(season * -(-horizon // season) for season in seasons if season > 1)
    lengths = [each for each in whole if each <= most and _MOST_ROUNDS * each <= num_rows]
    if not lengths:
        return 0, "No season is known, or there are too few rows of one as long as the horizon."
    first = max(lengths)
    missed = np.zeros((len(lengths), 2))
    for line in lines:
        if len(line) > 2 * first:
            missed += [_miss(line, length, first, horizon) for length in lengths]
    best = int(np.argmin(missed[:, 0]))
    if missed[best, 0] >= missed[best, 1]:
        return 0, "The last value is closer to what comes than the same time in earlier seasons."
    return lengths[best], (
        f"The same time {lengths[best]} steps before, and in the seasons before that, comes "
        "closest: what it leaves is there to be learnt."
    )


def _miss(line: np.ndarray, season: int, first: int, horizon: int) -> tuple[float, float]:
    """Return how far earlier seasons and the last value are from the steps ahead, in the mean.

    Earlier seasons as they were, or moved to the level of the last one: what is closer. Both are
    measured by what the line differs by, so that large lines count no more than small ones.

    Args:
        first: the first row that is known when something is predicted.
    """
    cutoffs = np.unique(np.linspace(first, len(line) - horizon - 1, _MOST_TRIED).astype(int))
    ahead = cutoffs[:, None] + np.arange(1, horizon + 1)
    kept, shape, level = tell_seasons(line[:, None], season).T.astype(np.float64)
    spread = float(np.std(line)) or 1.0
    told = (kept[ahead], shape[ahead] + level[cutoffs, None], line[cutoffs, None])
    as_kept, moved, last = (float(np.abs(line[ahead] - said).mean()) / spread for said in told)
    return min(as_kept, moved), last


def check_season_ahead(spec: ExperimentSpec) -> None:
    """Refuse predictions that begin with a season where there is none.

    Raises:
        SpecError: says so.
    """
    task = spec.task
    if task.window_normalisation in SEASONAL and not task.season_back:
        raise SpecError(
            "There is no season that predictions could begin with.",
            "Say which one it is, predict all steps at once, or take something else from each "
            "window.",
        )
