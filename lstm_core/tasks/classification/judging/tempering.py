"""A temperature that makes certainty honest: found and applied with NumPy alone.

Source: Guo, Pleiss, Sun and Weinberger, "On Calibration of Modern Neural Networks", ICML (2017).
"""

from __future__ import annotations

import numpy as np

COLDEST = 0.05
HOTTEST = 20.0
"""Between which a temperature is looked for."""

FEWEST_TO_FIT = 30
"""Items of the validation part; a temperature of fewer is chance."""

SMALLEST = 1e-12
"""What a probability of 0 counts as where its logarithm is needed."""


def take_logarithms(probabilities: np.ndarray) -> np.ndarray:
    """Return logits that give these probabilities, ``(n, labels)``."""
    return np.log(np.maximum(np.asarray(probabilities, np.float64), SMALLEST))


def temper(probabilities: np.ndarray, temperature: float) -> np.ndarray:
    """Return probabilities at a temperature, ``(n, labels)``; labels stay the likeliest."""
    if temperature == 1.0:
        return probabilities
    powers = np.maximum(probabilities, SMALLEST) ** (1.0 / temperature)
    tempered: np.ndarray = powers / powers.sum(axis=1, keepdims=True)
    return tempered


def choose_temperature(labels: np.ndarray, probabilities: np.ndarray) -> float:
    """Return the temperature with the smallest log loss; 1 where none helps for sure.

    Args:
        labels: ``(n,)``, none negative. ``probabilities``: ``(n, labels)``, of items that were not
            learnt from.

    It is refused where half of the items, asked about a temperature fitted to the other half, get
    worse.
    """
    if len(labels) < FEWEST_TO_FIT:
        return 1.0
    logits = take_logarithms(probabilities)
    halves = np.arange(len(labels)) % 2
    np.random.default_rng(0).shuffle(halves)
    gains = []
    for half in (0, 1):
        others, own = halves != half, halves == half
        found = _find_best(logits[others], labels[others])
        plain = measure_log_loss(logits[own], labels[own], 1.0)
        gains.append(plain - measure_log_loss(logits[own], labels[own], found))
    best = _find_best(logits, labels)
    gain = measure_log_loss(logits, labels, 1.0) - measure_log_loss(logits, labels, best)
    return best if np.mean(gains) > 0 and gain > 0 else 1.0


def measure_log_loss(logits: np.ndarray, labels: np.ndarray, temperature: float) -> float:
    """Return the mean log loss of logits, ``(n, labels)``, that are divided by a temperature."""
    cooled = logits / temperature
    cooled = cooled - cooled.max(axis=1, keepdims=True)
    own = cooled[np.arange(len(labels)), labels]
    return float((np.log(np.exp(cooled).sum(axis=1)) - own).mean())


def _find_best(logits: np.ndarray, labels: np.ndarray) -> float:
    """Search by the golden section: the loss has one valley along the temperature's logarithm."""
    low, high, share = np.log(COLDEST), np.log(HOTTEST), (5**0.5 - 1) / 2
    for _ in range(40):
        first, second = high - share * (high - low), low + share * (high - low)
        losses = [measure_log_loss(logits, labels, np.exp(power)) for power in (first, second)]
        if losses[0] < losses[1]:
            high = second
        else:
            low = first
    return float(np.exp((low + high) / 2))
