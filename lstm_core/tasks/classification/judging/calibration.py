"""Whether certainty can be taken at its word, and a temperature that makes it so."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from lstm_core.judging.comparing import find_interval
from lstm_core.tasks.classification.judging.tempering import (
    FEWEST_TO_FIT,
    choose_temperature,
    measure_log_loss,
    take_logarithms,
    temper,
)

NUM_BINS = 10
"""Bins of equal numbers of items; with few items, fewer."""

FEWEST_IN_BIN = 10


def tabulate_reliability(
    labels: np.ndarray, probabilities: np.ndarray, num_bins: int = NUM_BINS
) -> pd.DataFrame:
    """Return ``low, high, num, certainty, right, lowest, highest``, a row for each bin.

    Args:
        labels: ``(n,)``; ``probabilities``: ``(n, labels)``.

    Items stand in order of the certainty of what was said of them, the largest probability.
    ``low`` and ``high`` are a bin's ends, ``certainty`` its mean, ``right`` the share that is
    right, between ``lowest`` and ``highest`` with 95% (Wilson). Bins hold equal numbers of items,
    as of unequal ones those with few tell nothing: Nixon et al., "Measuring Calibration in Deep
    Learning", CVPR workshops (2019).
    """
    certainty = probabilities.max(axis=1)
    is_right = probabilities.argmax(axis=1) == labels
    order = np.argsort(certainty, kind="stable")
    num_bins = int(np.clip(len(labels) // FEWEST_IN_BIN, 1, num_bins))
    edges = np.linspace(0, len(labels), num_bins + 1).round().astype(int)[1:-1]
    ranked = certainty[order]
    # What is equally certain is in one bin.
    edges = np.unique(np.searchsorted(ranked, ranked[edges - 1], side="right"))
    rows = []
    for places in np.split(order, edges):
        if not len(places):
            continue
        num, right = len(places), int(is_right[places].sum())
        lowest, highest = find_interval(right, num)
        rows.append(
            {
                "low": float(certainty[places[0]]),
                "high": float(certainty[places[-1]]),
                "num": num,
                "certainty": float(certainty[places].mean()),
                "right": right / num,
                "lowest": lowest,
                "highest": highest,
            }
        )
    columns = ["low", "high", "num", "certainty", "right", "lowest", "highest"]
    return pd.DataFrame(rows, columns=columns)


def measure_calibration_error(labels: np.ndarray, probabilities: np.ndarray) -> float:
    """Return how far certainty and the share that is right are apart, on average.

    The expected calibration error of Naeini, Cooper and Hauskrecht, "Obtaining well calibrated
    probabilities using Bayesian binning", AAAI (2015), over bins of equal numbers of items.
    """
    table = tabulate_reliability(labels, probabilities)
    gaps = (table["certainty"] - table["right"]).abs()
    return float((gaps * table["num"]).sum() / table["num"].sum())


@dataclass(frozen=True)
class Temperature:
    """By what logits are divided; 1 changes nothing, more makes less certain.

    Attributes:
        value: the temperature; 1 where none helps.
        before, after: log loss on the validation part.
        reason: why there is none, in a sentence; empty where there is one.
    """

    value: float
    before: float
    after: float
    reason: str = ""

    def apply(self, probabilities: np.ndarray) -> np.ndarray:
        """Return probabilities at this temperature, ``(n, labels)``; labels stay the likeliest."""
        return temper(probabilities, self.value)


def fit_temperature(labels: np.ndarray, probabilities: np.ndarray) -> Temperature:
    """Find the temperature with the smallest log loss on the validation part.

    Args:
        labels: ``(n,)``, negative where none is known; ``probabilities``: ``(n, labels)``, of
            items that were not learnt from.
    """
    known = np.flatnonzero(labels >= 0)
    labels, probabilities = labels[known], np.asarray(probabilities[known], np.float64)
    logits = take_logarithms(probabilities)
    before = measure_log_loss(logits, labels, 1.0) if len(labels) else float("nan")
    value = choose_temperature(labels, probabilities)
    if value != 1.0:
        return Temperature(value, before, measure_log_loss(logits, labels, value))
    reason = (
        f"The validation part holds {len(labels):,} items; a temperature needs {FEWEST_TO_FIT} at "
        "least."
        if len(labels) < FEWEST_TO_FIT
        else "A temperature found on one half of the validation part makes the other half no "
        "better."
    )
    return Temperature(1.0, before, before, reason)
