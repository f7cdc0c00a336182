"""Comes to a verdict: was the network worth training?"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lstm_core.judging.comparing import bootstrap_interval, compare_by_exchange, compare_in_folds
from lstm_core.judging.measures import Measure
from lstm_core.judging.outcome import SIGNIFICANCE, tell_outcome
from lstm_core.tasks.tagging.judging.measures import MEASURES
from lstm_core.tasks.tagging.judging.said import Said, Tally, Truth
from lstm_core.tasks.tagging.judging.scoring import MEASURED, measure
from lstm_core.tasks.tagging.judging.verdict import FEWEST_JUDGED, TagComparison, TagVerdict
from lstm_core.tasks.tagging.judging.words import ADVICE, Standing, say_verdict

FEWEST_FOLDS = 3
"""Fewer have no spread worth the name, and sequences are compared instead."""


def judge(
    decides: Measure,
    truth: Truth,
    model: Said,
    tally: Tally,
    rivals: Mapping[str, Tally],
    *,
    noun: str,
    words_of: Mapping[str, str],
    scores: Mapping[str, Mapping[str, float | None]],
    own_scores: Mapping[str, float | None],
    folds: np.ndarray | None = None,
    left_out: Mapping[str, str] | None = None,
) -> TagVerdict:
    """Compare the model with each baseline.

    Args:
        tally: of the model. ``rivals``: of the baselines, at least one, by name.
        noun: what a sequence is called. ``words_of``: baselines as they stand in a sentence.
        scores, own_scores: all measures, of the baselines and of the model.
        folds: ``(sequences,)`` where each was judged by networks of its own.
        left_out: baselines that could not be had, each with the reason.
    """
    comparisons = {
        name: compare(decides, tally, rival, truth.units, folds) for name, rival in rivals.items()
    }
    best = min(comparisons, key=lambda name: comparisons[name].gain)
    against = comparisons[best]
    value, rival_value = measure(tally, decides.key), measure(rivals[best], decides.key)
    num_entities = int(tally.there.sum()) if truth.marks_entities else 0
    judged = num_entities if truth.marks_entities else len(truth.lengths)
    outcome = tell_outcome(
        against.gain, against.p_value, is_win=against.is_win, is_few=judged < FEWEST_JUDGED
    )
    standing = Standing(
        outcome=outcome,
        measure=decides,
        value=value,
        own=dict(own_scores),
        num_sequences=len(truth.lengths),
        num_steps=len(truth.tags),
        num_entities=num_entities,
        noun=noun,
        rival=words_of[best],
        gain=against.gain,
        p_value=against.p_value,
    )
    return TagVerdict(
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
        measure=decides.key,
        value=value,
        baseline_value=rival_value,
        interval=find_range(truth, model, tally),
        num_sequences=len(truth.lengths),
        num_steps=len(truth.tags),
        num_entities=num_entities,
    )


def compare(
    decides: Measure, model: Tally, rival: Tally, units: np.ndarray, folds: np.ndarray | None
) -> TagComparison:
    """Compare by a measure that decides.

    Args:
        units: ``(sequences,)`` numbers from 0: what is exchanged as a whole, for a test of chance.
    """
    own, other = measure(model, decides.key), measure(rival, decides.key)
    gain, left = own - other, decides.loss(other)
    skill = 1.0 - decides.loss(own) / left if left > 0 else (0.0 if own == other else None)
    folds_won = num_folds = 0
    if folds is not None and len(np.unique(folds)) >= FEWEST_FOLDS:
        num_folds = len(np.unique(folds))
        gains = [
            _measure_part(model, decides.key, folds == fold)
            - _measure_part(rival, decides.key, folds == fold)
            for fold in np.unique(folds)
        ]
        folds_won = sum(each > 0 for each in gains)
        p_value = compare_in_folds(np.asarray(gains), 1.0 / (num_folds - 1))
    else:
        p_value = _exchange(decides, gain, model.sum_by(units), rival.sum_by(units))
    return TagComparison(
        skill=skill,
        p_value=p_value,
        folds_won=folds_won,
        num_folds=num_folds,
        is_win=gain > 0 and p_value is not None and p_value < SIGNIFICANCE,
        gain=gain,
    )


def find_range(truth: Truth, model: Said, tally: Tally) -> tuple[float, float]:
    """Return where F1 of entities, or the share of right tags, lies with 95%; units drawn anew."""
    by_unit = tally.sum_by(truth.units)
    if truth.marks_entities:
        # F1 is a mean of ratios: twice what is right beside what was said and what is there.
        sums = 2.0 * by_unit.right.sum(axis=1)
        counts = by_unit.said.sum(axis=1) + by_unit.there.sum(axis=1)
        kept = counts > 0
        sums, counts = sums[kept], counts[kept]
    else:
        sums, counts = by_unit.right.sum(axis=1), by_unit.there.sum(axis=1)
    if len(sums) < 2:
        return 0.0, 1.0
    return bootstrap_interval(sums, counts)


def _measure_part(tally: Tally, key: str, kept: np.ndarray) -> float:
    return measure(Tally(tally.right[kept], tally.said[kept], tally.there[kept]), key)


def _exchange(decides: Measure, gain: float, model: Tally, rival: Tally) -> float | None:
    """Test a gain by exchanging what both say of whole units."""
    differs = np.flatnonzero(
        ((model.right != rival.right) | (model.said != rival.said)).any(axis=1)
    )
    if not len(differs):
        return 0.5
    more_right = (rival.right - model.right)[differs].astype(np.float32)
    more_said = (rival.said - model.said)[differs].astype(np.float32)
    there = model.there.sum(axis=0)[None]
    read = MEASURED[decides.key]
    own = model.right.sum(axis=0), model.said.sum(axis=0)
    other = rival.right.sum(axis=0), rival.said.sum(axis=0)

    def measure_gains(masks: np.ndarray) -> np.ndarray:
        masks = masks.astype(np.float32)
        right, said = masks @ more_right, masks @ more_said  # (m, classes)
        return read(own[0] + right, own[1] + said, there) - read(
            other[0] - right, other[1] - said, there
        )

    return compare_by_exchange(gain, len(differs), measure_gains)


def order_first(key: str | None) -> Measure:
    """Return the measure of a key, or the first of all."""
    return next((each for each in MEASURES if each.key == key), MEASURES[0])
