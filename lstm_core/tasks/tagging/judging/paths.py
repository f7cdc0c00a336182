"""The best tags of a sequence by what is said of each step, so that each may follow the one before.

Light, so that whoever has probabilities can read them.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def choose_path(shares: np.ndarray, marks_entities: bool) -> np.ndarray:
    """Return the likeliest path of tags that is well formed, ``(steps,)``.

    Args:
        shares: ``(steps, tags)`` logarithms of probabilities, step by step.
        marks_entities: tags are ``O`` and a ``B`` and an ``I`` of each type in turn; an ``I``
            follows its own ``B`` or ``I`` alone.
    """
    if not marks_entities or shares.shape[1] < 3:
        found: np.ndarray = shares.argmax(axis=1)
        return found
    num_steps, num_tags = shares.shape
    insides = np.arange(2, num_tags, 2)
    best = shares[0].astype(np.float64).copy()
    best[insides] = -np.inf
    before = np.zeros((num_steps, num_tags), np.int64)
    for step in range(1, num_steps):
        likeliest = int(best.argmax())
        own = np.where(best[insides - 1] >= best[insides], insides - 1, insides)
        before[step] = likeliest
        before[step, insides] = own
        best = best[before[step]] + shares[step]
    path = np.empty(num_steps, np.int64)
    path[-1] = best.argmax()
    for step in range(num_steps - 1, 0, -1):
        path[step - 1] = before[step, path[step]]
    return path


def choose_paths(
    shares: np.ndarray, lengths: Sequence[int] | np.ndarray, marks_entities: bool
) -> np.ndarray:
    """Return the paths of sequences one behind another, ``(steps,)``; ``shares`` likewise."""
    ends = np.cumsum(lengths)
    parts = [
        choose_path(shares[end - length : end], marks_entities)
        for length, end in zip(lengths, ends, strict=True)
    ]
    return np.concatenate([np.empty(0, np.int64), *parts])
