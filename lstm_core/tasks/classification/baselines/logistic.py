"""Logistic regression whose regularisation the validation part chooses."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from scipy import sparse
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier

from lstm_core.tasks.classification.judging.answers import get_certainties
from lstm_core.tasks.classification.judging.tempering import SMALLEST

STRENGTHS = (0.01, 0.1, 1.0, 10.0, 100.0)
"""C, the inverse of the regularisation's strength; scikit-learn's default stands in the middle."""

MOST_WORK = 1e8
"""Entries of the features that are not 0, times labels, times strengths that are tried: some
seconds. Of more, fewer strengths are tried, and at last fewer items."""

Features: TypeAlias = Any
"""``(n, features)``: an array, or a sparse matrix of scipy."""


@dataclass(frozen=True)
class Logistic:
    """A fitted model.

    Attributes:
        model: of scikit-learn.
        strength: the C that was chosen.
        num_labels: columns of its probabilities, labels that were never learnt among them.
    """

    model: Any
    strength: float
    num_labels: int

    def predict(self, features: Features) -> np.ndarray:
        """Return probabilities, ``(n, labels)``."""
        found = self.model.predict_proba(features)
        totals = found.sum(axis=1, keepdims=True)
        num_known = found.shape[1]
        found = np.where(totals > 0, found / np.maximum(totals, 1e-300), 1.0 / num_known)
        probabilities = np.zeros((len(found), self.num_labels))
        probabilities[:, self.model.classes_] = found
        return probabilities


def fit_logistic(
    features: Features,
    labels: np.ndarray,
    validation: Features,
    validation_labels: np.ndarray,
    num_labels: int,
) -> Logistic:
    """Fit to the training part, ``(n, features)``; choose C on the validation part.

    The best has the smallest log loss there: accuracy jumps where items are few, and sees nothing
    of probabilities. Sparse features go to LIBLINEAR, one label against the rest: Fan et al.,
    "LIBLINEAR: A Library for Large Linear Classification", Journal of Machine Learning Research 9
    (2008). Dense ones, which are few, go to L-BFGS over all labels together.
    """
    kept = _thin(features, num_labels)
    features, labels = features[kept], labels[kept]
    is_known = np.isin(validation_labels, labels)
    best: tuple[float, Logistic] | None = None
    for strength in list_strengths(features, num_labels):
        fitted = Logistic(_fit(features, labels, strength), strength, num_labels)
        own = get_certainties(fitted.predict(validation[is_known]), validation_labels[is_known])
        loss = float(-np.log(np.maximum(own, SMALLEST)).mean()) if len(own) else 0.0
        if best is None or loss < best[0]:
            best = loss, fitted
    assert best is not None
    return best[1]


def list_strengths(features: Features, num_labels: int) -> list[float]:
    """Return those that are tried: all, or as many around 10 as the work allows."""
    count = int(np.clip(MOST_WORK // _measure_work(features, num_labels), 1, len(STRENGTHS)))
    middle_first = sorted(STRENGTHS, key=lambda strength: abs(np.log(strength / 5.0)))
    return sorted(middle_first[:count])


def _measure_work(features: Features, num_labels: int) -> float:
    """Return what one fit costs, in entries times labels."""
    num_entries = features.nnz if sparse.issparse(features) else features.size
    return float(max(num_entries, 1) * (num_labels if num_labels > 2 else 1))


def _thin(features: Features, num_labels: int) -> np.ndarray:
    """Return the rows that one fit can take in, evenly spread; all where they are few enough."""
    num_items = features.shape[0]
    work = _measure_work(features, num_labels)
    count = num_items if work <= MOST_WORK else max(1, int(num_items * MOST_WORK / work))
    return np.linspace(0, num_items - 1, count).round().astype(int)


def _fit(features: Features, labels: np.ndarray, strength: float) -> Any:
    with warnings.catch_warnings():
        # Where it has not come to rest after so many steps, it is close enough for a baseline.
        warnings.simplefilter("ignore", ConvergenceWarning)
        if not sparse.issparse(features):
            return LogisticRegression(C=strength, max_iter=300).fit(features, labels)
        linear = LogisticRegression(C=strength, solver="liblinear", tol=1e-2, random_state=0)
        if len(np.unique(labels)) == 2:
            return linear.fit(features, labels)
        return OneVsRestClassifier(linear).fit(features, labels)
