"""Scores labels and probabilities on items that were kept apart, through scikit-learn."""

from __future__ import annotations

import math
import warnings

import numpy as np
import pandas as pd
from sklearn.exceptions import UndefinedMetricWarning
from sklearn.metrics import (
    average_precision_score,
    matthews_corrcoef,
    precision_recall_fscore_support,
    roc_auc_score,
)

from lstm_core.tasks.classification.judging.answers import choose_labels, get_certainties
from lstm_core.tasks.classification.judging.calibration import measure_calibration_error
from lstm_core.tasks.classification.judging.tempering import SMALLEST


def score(
    labels: np.ndarray, probabilities: np.ndarray, positive: int = 1
) -> dict[str, float | None]:
    """Return every measure of ``MEASURES`` by its key; None where it is undefined.

    Args:
        labels: ``(n,)`` true ones, n above 0.
        probabilities: ``(n, labels)``, rows sum to 1.
        positive: of two labels, the one that is looked for.

    Averages over labels are over those that occur.
    """
    probabilities = np.asarray(probabilities, np.float64)
    said = choose_labels(probabilities)
    present = np.unique(labels)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UndefinedMetricWarning)
        precision, recall, f1, _ = precision_recall_fscore_support(
            labels, said, labels=present, average=None, zero_division=0.0
        )
    own = get_certainties(probabilities, labels)
    scores = {
        "accuracy": float((said == labels).mean()),
        "balanced_accuracy": float(recall.mean()),
        "macro_f1": float(f1.mean()),
        "macro_precision": float(precision.mean()),
        "macro_recall": float(recall.mean()),
        "mcc": float(matthews_corrcoef(labels, said)) if len(present) > 1 else math.nan,
        "roc_auc": measure_roc_auc(labels, probabilities, positive),
        "pr_auc": measure_pr_auc(labels, probabilities, positive),
        "log_loss": float(-np.log(np.maximum(own, SMALLEST)).mean()),
        "brier": float(((probabilities**2).sum(axis=1) - 2.0 * own + 1.0).mean()),
        "calibration_error": measure_calibration_error(labels, probabilities),
    }
    return {key: value if math.isfinite(value) else None for key, value in scores.items()}


def score_by_label(labels: np.ndarray, probabilities: np.ndarray) -> pd.DataFrame:
    """Return ``label, num, said, precision, recall, f1``, a row for each column of probabilities.

    ``num`` items have the label, ``said`` got it; NaN where nothing can be said.
    """
    num_labels = probabilities.shape[1]
    said = choose_labels(probabilities)
    every = np.arange(num_labels)
    precision, recall, f1, num = precision_recall_fscore_support(
        labels, said, labels=every, average=None, zero_division=np.nan
    )
    table = pd.DataFrame(
        {
            "label": every,
            "num": np.asarray(num, np.int64),
            "said": np.bincount(said, minlength=num_labels),
            "precision": precision,
            "recall": recall,
            "f1": f1,
        }
    )
    table.loc[table["num"] == 0, "f1"] = np.nan
    return table


def measure_roc_auc(labels: np.ndarray, probabilities: np.ndarray, positive: int = 1) -> float:
    """Return the area under the ROC curve, of several labels the mean, each against the rest."""
    return _average_over_labels(labels, probabilities, positive, roc_auc_score)


def measure_pr_auc(labels: np.ndarray, probabilities: np.ndarray, positive: int = 1) -> float:
    """Return the average precision, of several labels the mean, each against the rest."""
    return _average_over_labels(labels, probabilities, positive, average_precision_score)


def _average_over_labels(
    labels: np.ndarray, probabilities: np.ndarray, positive: int, measure: object
) -> float:
    assert callable(measure)
    num_labels = probabilities.shape[1]
    columns = [positive] if num_labels == 2 else list(range(num_labels))
    found = []
    for column in columns:
        has = labels == column
        if has.any() and not has.all():
            found.append(float(measure(has, probabilities[:, column])))
    return float(np.mean(found)) if found else math.nan
