"""Comes to a verdict: was the network worth training?"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lstm_core.judging.comparing import bootstrap_interval, find_interval
from lstm_core.judging.measures import Measure
from lstm_core.judging.outcome import SIGNIFICANCE, Outcome
from lstm_core.tasks.classification.baselines.words import BASELINES
from lstm_core.tasks.classification.judging.answers import choose_labels
from lstm_core.tasks.classification.judging.comparison import compare
from lstm_core.tasks.classification.judging.measures import LABEL_MEASURES
from lstm_core.tasks.classification.judging.scoring import score
from lstm_core.tasks.classification.judging.verdict import (
    FEWEST_JUDGED,
    LabelComparison,
    LabelVerdict,
)
from lstm_core.tasks.classification.judging.verdict_words import ADVICE, Standing, say_verdict

ROUNDING = 1e-9
"""Measures that differ by less are the same."""


def judge(
    measure: Measure,
    labels: np.ndarray,
    model: np.ndarray,
    baselines: Mapping[str, np.ndarray],
    *,
    item: str = "item",
    groups: np.ndarray | None = None,
    folds: np.ndarray | None = None,
    test_share: float | None = None,
    left_out: Mapping[str, str] | None = None,
) -> LabelVerdict:
    """Compare the model with each baseline.

    Args:
        measure: one of ``LABEL_MEASURES``, which decides.
        labels: ``(n,)`` true ones, -1 where the training part does not know it.
        model: ``(n, labels)`` probabilities. ``baselines``: at least one, the same by name.
        item: what one is called: "sentence", "recording".
        groups, folds, test_share: see ``compare``.
        left_out: baselines that could not be had, each with the reason.
    """
    comparisons = {
        name: compare(
            measure, labels, model, rival, groups=groups, folds=folds, test_share=test_share
        )
        for name, rival in baselines.items()
    }
    best = min(comparisons, key=lambda name: comparisons[name].gain)
    against = comparisons[best]
    own, other = score(labels, model), score(labels, baselines[best])
    worse = find_worse(measure, own, other)
    outcome: Outcome = tell_outcome(against, worse)
    if len(labels) < FEWEST_JUDGED:
        outcome = "few"
    value, rival_value = own[measure.key], other[measure.key]
    assert value is not None
    assert rival_value is not None
    accuracy = _find_accuracy(labels, model, groups)
    standing = Standing(
        outcome=outcome,
        measure=measure,
        value=value,
        accuracy=accuracy[1],
        num_items=len(labels),
        num_labels=model.shape[1],
        item=item,
        rival=BASELINES[best],
        gain=against.gain,
        p_value=against.p_value,
        worse=worse,
        simplest_gain=(
            comparisons["most_frequent"].gain
            if best != "most_frequent"
            and "most_frequent" in comparisons
            and comparisons["most_frequent"].is_win
            else None
        ),
    )
    return LabelVerdict(
        outcome=outcome,
        beats_baseline=outcome == "win",
        best_baseline=best,
        skill=against.skill,
        folds_won=against.folds_won,
        num_folds=against.num_folds,
        comparisons=comparisons,
        sentence=say_verdict(standing),
        advice=ADVICE[outcome],
        left_out=dict(left_out or {}),
        measure=measure.key,
        value=value,
        baseline_value=rival_value,
        accuracy=accuracy,
        num_items=len(labels),
        num_labels=model.shape[1],
    )


def find_worse(
    decides: Measure, own: Mapping[str, float | None], other: Mapping[str, float | None]
) -> tuple[Measure, float, float] | None:
    """Return the measure of labels by which a model is furthest behind, with both values."""
    worst, furthest = None, ROUNDING
    for measure in LABEL_MEASURES:
        mine, theirs = own[measure.key], other[measure.key]
        if measure is decides or mine is None or theirs is None:
            continue
        behind = measure.loss(mine) - measure.loss(theirs)
        if behind > furthest:
            worst, furthest = (measure, mine, theirs), behind
    return worst


def tell_outcome(against: LabelComparison, worse: object | None) -> Outcome:
    """Return how a model stands beside its best rival."""
    if against.is_win:
        return "win" if worse is None else "mixed"
    if abs(against.gain) <= ROUNDING:
        return "level"
    if against.gain > 0:
        return "unclear"
    is_clear = against.p_value is not None and against.p_value > 1.0 - SIGNIFICANCE
    return "loss" if is_clear else "behind"


def _find_accuracy(
    labels: np.ndarray, model: np.ndarray, groups: np.ndarray | None
) -> tuple[float, float, float]:
    """Return accuracy between the ends of its interval, groups drawn whole where there are any."""
    right = choose_labels(model) == labels
    share = float(right.mean())
    low, high = find_interval(int(right.sum()), len(right))
    if groups is not None and len(np.unique(groups)) > 1:
        numbers = np.where(groups < 0, groups.max() + 1 + np.arange(len(groups)), groups)
        _, units = np.unique(numbers, return_inverse=True)
        ends = bootstrap_interval(
            np.bincount(units, right).astype(float), np.bincount(units).astype(float)
        )
        # Where each group is right throughout, drawing anew finds no spread at all.
        low, high = min(low, ends[0]), max(high, ends[1])
    return low, share, high
