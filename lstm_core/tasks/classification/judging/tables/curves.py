"""ROC and precision-recall curves, thinned to what can be seen."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lstm_core.tasks.classification.judging.tables.thresholds import Costs, tabulate_thresholds

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
    table = tabulate_thresholds(has, probabilities[:, label], Costs())
    curve = pd.DataFrame(
        {
            "threshold": np.append(table["threshold"], 1.0)[::-1],
            "false_alarms": np.append(table["false_alarms"] / (~has).sum(), 0.0)[::-1],
            "hits": np.append(table["recall"], 0.0)[::-1],
        }
    ).drop_duplicates(["false_alarms", "hits"], ignore_index=True)
    return _thin(curve, "false_alarms", "hits")


def trace_precision(
    labels: np.ndarray, probabilities: np.ndarray, label: int
) -> pd.DataFrame | None:
    """Return ``threshold, recall, precision``, from everything called to nothing; see above.

    Where nothing is called it, precision counts as 1.
    """
    has = labels == label
    if has.all() or not has.any():
        return None
    table = tabulate_thresholds(has, probabilities[:, label], Costs())
    curve = pd.DataFrame(
        {
            "threshold": np.append(table["threshold"], 1.0),
            "recall": np.append(table["recall"], 0.0),
            "precision": np.append(table["precision"].fillna(1.0), 1.0),
        }
    ).drop_duplicates(["recall", "precision"], ignore_index=True)
    return _thin(curve, "recall", "precision")


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


def _thin(curve: pd.DataFrame, across: str, up: str) -> pd.DataFrame:
    kept = thin_curve(curve[across].to_numpy(), curve[up].to_numpy())
    return curve.iloc[kept].reset_index(drop=True)
