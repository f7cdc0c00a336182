"""Comes to a verdict: was the network worth training?"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lstm_core.judging.comparing import compare_in_folds
from lstm_core.judging.measures import Measure
from lstm_core.judging.outcome import SIGNIFICANCE, tell_outcome
from lstm_core.tasks.translation.judging.comparing import compare, find_interval
from lstm_core.tasks.translation.judging.scoring import Tally, measure
from lstm_core.tasks.translation.judging.verdict import (
    FEWEST_JUDGED,
    PairComparison,
    PairVerdict,
)
from lstm_core.tasks.translation.judging.words import ADVICE, Standing, say_verdict

FEWEST_FOLDS = 3
"""Fewer have no spread worth the name, and sentences are compared instead."""


def judge(
    decides: Measure,
    model: Tally,
    rivals: Mapping[str, Tally],
    *,
    units: np.ndarray,
    words_of: Mapping[str, str],
    num_copied: int = 0,
    folds: np.ndarray | None = None,
) -> PairVerdict:
    """Compare the model with each baseline.

    Args:
        rivals: what baselines come to, at least one, by name.
        units: ``(pairs,)`` numbers from 0: what resembles each other, and is exchanged as a whole.
        words_of: baselines as they stand in a sentence.
        folds: ``(pairs,)`` where each was judged by networks of its own.
    """
    comparisons = {
        name: compare_with(decides, model, rival, units, folds) for name, rival in rivals.items()
    }
    best = min(comparisons, key=lambda name: comparisons[name].gain)
    against, count = comparisons[best], len(model.exact)
    outcome = tell_outcome(
        against.gain, against.p_value, is_win=against.is_win, is_few=count < FEWEST_JUDGED
    )
    value = measure(model, decides.key)
    standing = Standing(
        outcome=outcome,
        measure=decides,
        value=value,
        num_pairs=count,
        rival=words_of[best],
        gain=against.gain,
        p_value=against.p_value,
    )
    return PairVerdict(
        outcome=outcome,
        beats_baseline=outcome == "win",
        best_baseline=best,
        skill=against.skill,
        folds_won=against.folds_won,
        num_folds=against.num_folds,
        comparisons=comparisons,
        sentence=say_verdict(standing),
        advice=ADVICE[outcome],
        measure=decides.key,
        value=value,
        baseline_value=measure(rivals[best], decides.key),
        interval=find_interval(model, decides.key, units),
        num_pairs=count,
        num_copied=num_copied,
        signatures=model.signatures,
    )


def compare_with(
    decides: Measure, model: Tally, rival: Tally, units: np.ndarray, folds: np.ndarray | None
) -> PairComparison:
    """Compare by a measure that decides."""
    own, other = measure(model, decides.key), measure(rival, decides.key)
    left = decides.loss(other)
    skill = 1.0 - decides.loss(own) / left if left > 0 else (0.0 if own == other else None)
    folds_won = num_folds = 0
    p_value: float | None
    if folds is not None and len(np.unique(folds)) >= FEWEST_FOLDS:
        num_folds = len(np.unique(folds))
        gains = np.array(
            [
                measure(model.select(folds == fold), decides.key)
                - measure(rival.select(folds == fold), decides.key)
                for fold in np.unique(folds)
            ]
        )
        folds_won = int((gains > 0).sum())
        p_value = compare_in_folds(gains, 1.0 / (num_folds - 1))
    else:
        p_value = compare(model, rival, decides.key, units).p_value
    return PairComparison(
        skill=skill,
        p_value=p_value,
        folds_won=folds_won,
        num_folds=num_folds,
        is_win=own > other and p_value is not None and p_value < SIGNIFICANCE,
        gain=own - other,
    )
