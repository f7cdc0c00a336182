"""ROC and precision-recall curves, thinned to what can be seen."""

from __future__ import annotations

import numpy as np
import pandas as pd
from sklearn.metrics import precision_recall_curve, roc_curve

MOST_POINTS = 200


def trace_roc(labels: np.ndarray, probabilities: np.ndarray, label: int) -> pd.DataFrame | None:
    """Return ``threshold, false_alarms, hits``, from nothing called to everything.

    Args:
        labels: ``(n,)``; ``probabilities``: ``(n, labels)``.
        label: the one that is looked for.

    ``hits`` is the share of its items that are called it at a probability of ``threshold`` or
    above, ``false_alarms`` the share of all others. None where it or the others do not occur.
    """
    has = labels == label
    if has.all() or not has.any():
        return None
    false_alarms, hits, thresholds = roc_curve(has, probabilities[:, label])
    kept = thin_curve(false_alarms, hits)
    return pd.DataFrame(
        {
            "threshold": np.minimum(thresholds[kept], 1.0),
            "false_alarms": false_alarms[kept],
            "hits": hits[kept],
        }
    )


def trace_precision(
    labels: np.ndarray, probabilities: np.ndarray, label: int
) -> pd.DataFrame | None:
    """Return ``threshold, recall, precision``, from everything called to nothing; see above."""
    has = labels == label
    if has.all() or not has.any():
        return None
    precision, recall, thresholds = precision_recall_curve(has, probabilities[:, label])
    kept = thin_curve(recall, precision)
    return pd.DataFrame(
        {
            "threshold": np.append(thresholds, 1.0)[kept],
            "recall": recall[kept],
            "precision": precision[kept],
        }
    )


def thin_curve(across: np.ndarray, up: np.ndarray, most: int = MOST_POINTS) -> np.ndarray:
    """Return which points of a curve to keep, ascending: evenly spread along it, with its ends."""
    count = len(across)
    if count <= most:
        return np.arange(count)
    steps = np.abs(np.diff(across)) + np.abs(np.diff(up))
    length = np.concatenate([[0.0], np.cumsum(steps)])
    wanted = np.linspace(0.0, length[-1], most)
    found = np.searchsorted(length, wanted).clip(0, count - 1)
    return np.unique(np.concatenate([[0], found, [count - 1]]))
