"""How much each setting of a space mattered to the scores.

Breiman (2001), "Random Forests", Machine Learning 45: a forest learns to tell the score from the
values. Each tree is asked about trials that it did not learn from; then once more with the values
of one setting shuffled among them. The more its error grows, the more that setting mattered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from lstm_core.searches.space.coding import Code, make_codes, place_points
from lstm_core.spec.search import Space

if TYPE_CHECKING:
    from sklearn.ensemble import RandomForestRegressor

FEWEST_TRIALS = 8
_NUM_TREES = 200
_NUM_GROUPS = 10
"""Of trees, whose means tell how far the forest agrees with itself."""

_NUM_SHUFFLES = 3
_TOLERATED = 3.0
"""How many times the middle half of the scores one may lie outside of it: a single disaster would
be all that a forest explains."""


def measure_importance(
    values: Sequence[Mapping[str, Any]], scores: Sequence[float], space: Space
) -> pd.DataFrame | None:
    """Measure by a permuted forest; the same trials always give the same.

    Args:
        values: of trials with a score, by ``section.key``.
        scores: of the same trials, in any unit and direction.

    Returns:
        ``path, importance, deviation``, the largest first: about the share of the scores' variance
        that the setting has a part in (half of what the squared error grows by, at least 0), and
        its standard deviation among parts of the forest. Shares of settings that act together
        overlap. A setting that is always the same has no row. None: fewer than ``FEWEST_TRIALS``,
        or all scores are alike.
    """
    from sklearn.ensemble import RandomForestRegressor

    if len(scores) < FEWEST_TRIALS:
        return None
    targets = _tame(np.asarray(scores, float))
    if np.ptp(targets) <= 1e-12 * max(1.0, float(np.abs(targets).max())):
        return None
    targets = (targets - targets.mean()) / targets.std()
    codes = {path: code for path, code in make_codes(space).items() if code.width}
    places = place_points(codes, [_write(codes, point) for point in values])
    forest = RandomForestRegressor(
        _NUM_TREES, max_features=0.5, min_samples_leaf=2, random_state=0, n_jobs=1
    ).fit(places, targets)
    growths = _measure_growths(forest, places, targets, [code.width for code in codes.values()])
    # A shuffled value is as far from the right one as two draws are: twice the variance.
    groups = growths.reshape(_NUM_GROUPS, -1, len(codes)).mean(axis=1) / 2
    table = pd.DataFrame(
        {
            "path": list(codes),
            "importance": np.maximum(groups.mean(axis=0), 0.0),
            "deviation": groups.std(axis=0, ddof=1),
        }
    )
    return table.sort_values("importance", ascending=False, kind="stable", ignore_index=True)


def _write(codes: Mapping[str, Code], point: Mapping[str, Any]) -> dict[str, Any]:
    return {path: codes[path].to_raw(value) for path, value in point.items() if path in codes}


def _tame(scores: np.ndarray) -> np.ndarray:
    """Bring outliers nearer, ``(trials,)``."""
    low, high = np.quantile(scores, [0.25, 0.75])
    reach = _TOLERATED * (high - low)
    return np.clip(scores, low - reach, high + reach) if reach > 0 else scores


def _measure_growths(
    forest: RandomForestRegressor, places: np.ndarray, targets: np.ndarray, widths: Sequence[int]
) -> np.ndarray:
    """Return how much the squared error of each tree grows, ``(trees, settings)``.

    Args:
        places: ``(trials, columns)``; each setting has ``widths`` columns side by side.
        targets: ``(trials,)``.
    """
    generator = np.random.default_rng(0)
    ends = np.cumsum(widths)
    growths = np.zeros((len(forest.estimators_), len(widths)))
    for row, (tree, learnt) in enumerate(
        zip(forest.estimators_, forest.estimators_samples_, strict=True)
    ):
        unseen = np.setdiff1d(np.arange(len(targets)), learnt)
        if len(unseen) < 2:
            continue
        asked = places[unseen]  # (unseen, columns)
        # (settings × shuffles, unseen, columns)
        shuffled = np.repeat(asked[np.newaxis], len(widths) * _NUM_SHUFFLES, axis=0)
        for number, (end, width) in enumerate(zip(ends, widths, strict=True)):
            for repeat in range(_NUM_SHUFFLES):
                order = generator.permutation(len(unseen))
                copy = shuffled[number * _NUM_SHUFFLES + repeat]
                copy[:, end - width : end] = asked[order, end - width : end]
        together = np.concatenate([asked[np.newaxis], shuffled])
        answers = tree.predict(together.reshape(-1, together.shape[-1]))
        errors = (answers.reshape(len(together), -1) - targets[unseen]) ** 2
        means = errors.mean(axis=1)  # the first is of the trials as they are
        growths[row] = means[1:].reshape(len(widths), _NUM_SHUFFLES).mean(axis=1) - means[0]
    return growths
