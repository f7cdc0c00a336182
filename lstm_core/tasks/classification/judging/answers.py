"""What a classifier says, from its probabilities. Light, so that pages can read it.

Labels are whole numbers: the columns of the probabilities. A label that the training part does
not know has none; it is -1, and whatever is said of such an item is wrong.
"""

from __future__ import annotations

import numpy as np


def choose_labels(probabilities: np.ndarray) -> np.ndarray:
    """Return the likeliest label of each item, ``(n,)``, from ``(n, labels)``."""
    return probabilities.argmax(axis=1)


def get_certainties(probabilities: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Return the probability of the given label of each item, ``(n,)``; 0 of an unknown one."""
    found = probabilities[np.arange(len(labels)), np.maximum(labels, 0)]
    return np.where(labels >= 0, found, 0.0)
