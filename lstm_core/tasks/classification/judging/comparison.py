"""The model beside one baseline, on the same items, with a test for chance."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from lstm_core.judging.comparing import (
    compare_by_exchange,
    compare_in_folds,
    compare_on_items,
)
from lstm_core.judging.measures import Measure
from lstm_core.judging.outcome import SIGNIFICANCE
from lstm_core.tasks.classification.judging.answers import choose_labels
from lstm_core.tasks.classification.judging.verdict import LabelComparison, Test

FEWEST_FOLDS = 3
"""Fewer have no spread worth the name, and items are compared instead."""


def compare(
    measure: Measure,
    labels: np.ndarray,
    model: np.ndarray,
    rival: np.ndarray,
    *,
    groups: np.ndarray | None = None,
    folds: np.ndarray | None = None,
    test_share: float | None = None,
) -> LabelComparison:
    """Compare by one of ``LABEL_MEASURES``.

    Args:
        labels: ``(n,)`` true ones, -1 where the training part does not know it.
        model, rival: ``(n, labels)`` probabilities.
        groups: ``(n,)`` where items of one resemble each other, negative for none.
        folds: ``(n,)`` where each was judged by networks of its own.
        test_share: items of a fold's test part beside those it learnt from; as for folds that
            are judged in turn where it is not given.
    """
    num_labels = model.shape[1]
    ours, theirs = choose_labels(model), choose_labels(rival)
    tally = _Tally(measure.key, labels, ours, theirs, num_labels)
    own, other = tally.measure()
    gain = measure.loss(other) - measure.loss(own)
    left = measure.loss(other)
    skill = 1.0 - measure.loss(own) / left if left > 0 else None
    if left == 0 and measure.loss(own) == 0:
        skill = 0.0  # both are exact
    model_alone = int(((ours == labels) & (theirs != labels)).sum())
    rival_alone = int(((ours != labels) & (theirs == labels)).sum())
    p_value: float | None
    folds_won = num_folds = 0
    if folds is not None and len(np.unique(folds)) >= FEWEST_FOLDS:
        test: Test = "folds"
        count = len(np.unique(folds))
        gains = [
            np.subtract(*_Tally(measure.key, *cut, num_labels).measure())
            for fold in np.unique(folds)
            for cut in [(labels[folds == fold], ours[folds == fold], theirs[folds == fold])]
        ]
        share = test_share if test_share is not None else 1.0 / (count - 1)
        p_value = compare_in_folds(np.asarray(gains), share)
        folds_won, num_folds = sum(float(each) > 0 for each in gains), count
    elif groups is not None:
        test = "groups"
        p_value = tally.compare(gain, _number_units(groups))
    elif measure.key == "accuracy":
        test = "mcnemar"
        p_value = compare_on_items(model_alone, rival_alone)
    else:
        test = "exchange"
        p_value = tally.compare(gain, np.arange(len(labels)))
    if p_value is None:
        test = "none"
    is_win = gain > 0 and p_value is not None and p_value < SIGNIFICANCE
    return LabelComparison(
        skill=skill,
        p_value=p_value,
        folds_won=folds_won,
        num_folds=num_folds,
        is_win=is_win,
        gain=gain,
        test=test,
        model_alone=model_alone,
        rival_alone=rival_alone,
    )


def _number_units(groups: np.ndarray) -> np.ndarray:
    """Number groups; an item without one is a unit of its own."""
    lonely = groups < 0
    numbers = np.where(lonely, groups.max(initial=0) + 1 + np.arange(len(groups)), groups)
    return np.unique(numbers, return_inverse=True)[1]


class _Tally:
    """Counts by label of what two classifiers say, as far as a measure of labels needs them."""

    def __init__(
        self,
        measure: str,
        labels: np.ndarray,
        ours: np.ndarray,
        theirs: np.ndarray,
        num_labels: int,
    ) -> None:
        self._measure = _MEASURES[measure]
        self._labels, self._said = labels, (ours, theirs)
        self._num_labels = num_labels
        self._num = np.bincount(labels[labels >= 0], minlength=num_labels)
        self._num_unknown = int((labels < 0).sum())

    def measure(self) -> tuple[float, float]:
        """Return the measure of both."""
        first, second = (
            float(self._read(*(counts[None] for counts in self._count(said)))[0])
            for said in self._said
        )
        return first, second

    def compare(self, gain: float, units: np.ndarray) -> float | None:
        """Test the gain by exchanging what both say of whole units, ``(n,)`` numbers from 0."""
        ours, theirs = self._said
        differs = np.flatnonzero(ours != theirs)
        if not len(differs):
            return 0.5
        names, places = np.unique(units[differs], return_inverse=True)
        # What a unit adds to the first's counts and takes from the second's when exchanged.
        right = np.zeros((len(names), self._num_labels), np.float32)
        said = np.zeros_like(right)
        labels = self._labels[differs]
        for sign, column in ((1, theirs[differs]), (-1, ours[differs])):
            np.add.at(said, (places, column), sign)
            is_right = column == labels
            np.add.at(right, (places[is_right], column[is_right]), sign)
        (right_ours, said_ours), (right_theirs, said_theirs) = (
            self._count(said) for said in self._said
        )

        def measure_gains(masks: np.ndarray) -> np.ndarray:
            masks = masks.astype(np.float32)
            more_right, more_said = masks @ right, masks @ said  # (m, labels)
            return self._read(right_ours + more_right, said_ours + more_said) - self._read(
                right_theirs - more_right, said_theirs - more_said
            )

        return compare_by_exchange(gain, len(names), measure_gains)

    def _count(self, said: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return how many items of each label are right, and how many got it, ``(labels,)``."""
        right = said[said == self._labels]
        return (
            np.bincount(right, minlength=self._num_labels),
            np.bincount(said, minlength=self._num_labels),
        )

    def _read(self, right: np.ndarray, said: np.ndarray) -> np.ndarray:
        """Return the measure from ``(m, labels)``, ``(m,)``."""
        return self._measure(right, said, self._num, self._num_unknown)


def _read_accuracy(
    right: np.ndarray, said: np.ndarray, num: np.ndarray, num_unknown: int
) -> np.ndarray:
    return right.sum(axis=1) / (num.sum() + num_unknown)


def _read_balanced_accuracy(
    right: np.ndarray, said: np.ndarray, num: np.ndarray, num_unknown: int
) -> np.ndarray:
    present = num > 0
    recalls = right[:, present] / num[present]
    return recalls.sum(axis=1) / (present.sum() + (num_unknown > 0))


def _read_macro_f1(
    right: np.ndarray, said: np.ndarray, num: np.ndarray, num_unknown: int
) -> np.ndarray:
    present = num > 0
    f1 = 2.0 * right[:, present] / (said[:, present] + num[present])
    return f1.sum(axis=1) / (present.sum() + (num_unknown > 0))


_MEASURES: dict[str, Callable[[np.ndarray, np.ndarray, np.ndarray, int], np.ndarray]] = {
    "accuracy": _read_accuracy,
    "balanced_accuracy": _read_balanced_accuracy,
    "macro_f1": _read_macro_f1,
}
