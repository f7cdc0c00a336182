"""Cells and attention in plain NumPy, written from the papers' equations, step by step."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

Gates = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]


def sigmoid(values: np.ndarray) -> np.ndarray:
    return 1.0 / (1.0 + np.exp(-values))


def run_peephole(
    window: np.ndarray,
    kernel: np.ndarray,
    recurrent: np.ndarray,
    bias: np.ndarray,
    peepholes: np.ndarray,
) -> np.ndarray:
    """Gers and Schmidhuber (2000); ``(batch, steps, features)`` to ``(batch, steps, units)``."""
    units = recurrent.shape[0]
    output = cell = np.zeros((len(window), units))
    outputs = []
    for step in range(window.shape[1]):
        i, f, z, o = _split(window[:, step] @ kernel + output @ recurrent + bias)
        i = sigmoid(i + peepholes[0] * cell)
        f = sigmoid(f + peepholes[1] * cell)
        cell = f * cell + i * np.tanh(z)
        o = sigmoid(o + peepholes[2] * cell)
        output = o * np.tanh(cell)
        outputs.append(output)
    return np.stack(outputs, axis=1)


def run_slstm(
    window: np.ndarray,
    kernel: np.ndarray,
    recurrent: np.ndarray,
    bias: np.ndarray,
    forget: Callable[[np.ndarray], np.ndarray],
) -> np.ndarray:
    """Beck et al. (2024), without the stabiliser, which changes no output; all heads' columns.

    Args:
        recurrent: ``(units, 4 * units)``, zero where heads don't see each other.
        forget: the forget gate, a sigmoid or an exponential.
    """
    units = recurrent.shape[0]
    output = cell = normaliser = np.zeros((len(window), units))
    outputs = []
    for step in range(window.shape[1]):
        i, f, z, o = _split(window[:, step] @ kernel + output @ recurrent + bias)
        cell = forget(f) * cell + np.exp(i) * np.tanh(z)
        normaliser = forget(f) * normaliser + np.exp(i)
        output = sigmoid(o) * cell / normaliser
        outputs.append(output)
    return np.stack(outputs, axis=1)


def attend_additively(
    steps: np.ndarray, query: np.ndarray, key: np.ndarray, value: np.ndarray
) -> np.ndarray:
    """Bahdanau et al. (2015): the weights, ``(batch, steps)``."""
    asked = steps[:, -1] @ query
    scores = np.stack(
        [np.tanh(steps[:, t] @ key + asked) @ value[:, 0] for t in range(steps.shape[1])], axis=1
    )
    return _softmax(scores)


def attend_by_products(steps: np.ndarray, query: np.ndarray) -> np.ndarray:
    """Luong et al. (2015), general: the weights, ``(batch, steps)``."""
    asked = steps[:, -1] @ query
    scores = np.stack([(steps[:, t] * asked).sum(axis=1) for t in range(steps.shape[1])], axis=1)
    return _softmax(scores)


def _softmax(scores: np.ndarray) -> np.ndarray:
    powers = np.exp(scores)
    return powers / powers.sum(axis=1, keepdims=True)


def _split(sums: np.ndarray) -> Gates:
    i, f, z, o = np.split(sums, 4, axis=1)
    return i, f, z, o
