"""Logistic regression on the features of single steps, whatever their neighbours' tags."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.linear_model import SGDClassifier
from sklearn.preprocessing import StandardScaler

STRENGTHS = (1e-6, 1e-5, 1e-4)
"""Of the regularisation; one is chosen on the validation part."""

EPOCHS = 8

MOST_WORK = 2e9
"""Entries of the features that are not 0, times tags, strengths and epochs: about a minute. Of
more, one strength is tried, and at last fewer steps."""


@dataclass(frozen=True)
class Logistic:
    """A fitted model. ``num_tags``: those that were never learnt among them."""

    model: Any
    scaler: Any
    num_tags: int

    def predict(self, features: Any) -> np.ndarray:
        """Return probabilities, ``(steps, tags)``."""
        given = features if self.scaler is None else self.scaler.transform(features)
        found = self.model.predict_proba(given)
        total = found.sum(axis=1, keepdims=True)
        found = np.where(total > 0, found / np.maximum(total, 1e-300), 1.0 / found.shape[1])
        shares = np.zeros((len(found), self.num_tags))
        shares[:, self.model.classes_] = found
        return shares


def fit_logistic(
    features: Any,
    tags: np.ndarray,
    validation: Any,
    validation_tags: np.ndarray,
    num_tags: int,
) -> Logistic | None:
    """Fit to the training part, ``(steps, features)``; None where all of it has one tag.

    One tag against the rest, by stochastic gradient descent: Bottou, "Large-Scale Machine Learning
    with Stochastic Gradient Descent", COMPSTAT 2010. The strength that has the smallest log loss on
    the validation part is kept.
    """
    scaler = None
    if not sparse.issparse(features):
        scaler = StandardScaler().fit(features)
        features, validation = scaler.transform(features), scaler.transform(validation)
    kept = np.flatnonzero(tags >= 0)
    if len(np.unique(tags[kept])) < 2:
        return None
    work = _measure(features) * max(2, num_tags) * EPOCHS
    strengths = STRENGTHS if work * len(STRENGTHS) <= MOST_WORK else STRENGTHS[1:2]
    if work > MOST_WORK:
        count = max(1_000, int(len(kept) * MOST_WORK / work))
        kept = kept[np.linspace(0, len(kept) - 1, min(count, len(kept))).astype(int)]
    known = np.isin(validation_tags, tags[kept])
    best: tuple[float, Logistic] | None = None
    for strength in strengths:
        linear = SGDClassifier(
            loss="log_loss", alpha=strength, max_iter=EPOCHS, tol=None, random_state=0, average=True
        )
        fitted = Logistic(linear.fit(features[kept], tags[kept]), None, num_tags)
        shares = fitted.predict(validation[known])
        own = shares[np.arange(len(shares)), validation_tags[known]]
        loss = float(-np.log(np.maximum(own, 1e-12)).mean()) if len(own) else 0.0
        if best is None or loss < best[0]:
            best = loss, fitted
    assert best is not None
    return Logistic(best[1].model, scaler, num_tags)


def _measure(features: Any) -> float:
    return float(features.nnz if sparse.issparse(features) else features.size)
