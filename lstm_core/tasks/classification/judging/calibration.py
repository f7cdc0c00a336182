"""Whether certainty can be taken at its word, and a temperature that makes it so."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax, softmax

from lstm_core.judging.comparing import find_interval

NUM_BINS = 10
"""Bins of equal numbers of items; with few items, fewer."""

FEWEST_IN_BIN = 10

COLDEST, HOTTEST = 0.05, 20.0
"""Between which a temperature is looked for."""

FEWEST_TO_FIT = 30
"""Items of the validation part; a temperature of fewer is chance."""

SMALLEST = 1e-12
"""What a probability of 0 counts as where its logarithm is needed."""


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
        if self.value == 1.0:
            return probabilities
        return softmax(take_logarithms(probabilities) / self.value, axis=1)


def take_logarithms(probabilities: np.ndarray) -> np.ndarray:
    """Return logits that give these probabilities, ``(n, labels)``."""
    return np.log(np.maximum(np.asarray(probabilities, np.float64), SMALLEST))


def fit_temperature(labels: np.ndarray, probabilities: np.ndarray) -> Temperature:
    """Find the temperature with the smallest log loss on the validation part.

    Args:
        labels: ``(n,)``; ``probabilities``: ``(n, labels)``, of items that were not learnt from.

    Guo, Pleiss, Sun and Weinberger, "On Calibration of Modern Neural Networks", ICML (2017). It is
    refused where half of the items, asked about a temperature fitted to the other half, get worse.
    """
    known = np.flatnonzero(labels >= 0)
    logits, labels = take_logarithms(probabilities[known]), labels[known]
    before = _measure_loss(logits, labels, 1.0)
    if len(labels) < FEWEST_TO_FIT:
        return Temperature(
            1.0,
            before,
            before,
            f"The validation part holds {len(labels):,} items; a temperature needs "
            f"{FEWEST_TO_FIT} at least.",
        )
    halves = np.arange(len(labels)) % 2
    np.random.default_rng(0).shuffle(halves)
    crossed = np.mean(
        [
            _measure_loss(
                logits[halves == half],
                labels[halves == half],
                _find_best(logits[halves != half], labels[halves != half]),
            )
            for half in (0, 1)
        ]
    )
    plain = np.mean([_measure_loss(logits[halves == h], labels[halves == h], 1.0) for h in (0, 1)])
    value = _find_best(logits, labels)
    after = _measure_loss(logits, labels, value)
    if crossed >= plain or after >= before:
        return Temperature(
            1.0,
            before,
            before,
            "A temperature found on one half of the validation part makes the other half no "
            "better.",
        )
    return Temperature(value, before, after)


def _find_best(logits: np.ndarray, labels: np.ndarray) -> float:
    found = minimize_scalar(
        lambda power: _measure_loss(logits, labels, float(np.exp(power))),
        bounds=(np.log(COLDEST), np.log(HOTTEST)),
        method="bounded",
        options={"xatol": 1e-4},
    )
    return float(np.exp(found.x))


def _measure_loss(logits: np.ndarray, labels: np.ndarray, temperature: float) -> float:
    found = log_softmax(logits / temperature, axis=1)
    return float(-found[np.arange(len(labels)), labels].mean())
