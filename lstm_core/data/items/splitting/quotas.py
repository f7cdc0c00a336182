"""How many items of each label every part is to get."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def set_quotas(counts: np.ndarray, shares: np.ndarray, priority: Sequence[int] = ()) -> np.ndarray:
    """Return how many items of each label go to each part, ``(labels, parts)``.

    Args:
        counts: ``(labels,)`` items.
        shares: ``(parts,)`` of all items, 1 together.
        priority: parts that are to have at least one item of each label, the most important
            first; a label with two items is in the first two of them.

    Parts get what they are due within one item of each label, and on the whole.
    """
    ideal = counts[:, None] * shares  # (labels, parts)
    least = np.zeros_like(ideal, np.int64)
    for place, part in enumerate(priority):
        least[:, part] = counts > place
    quotas = np.maximum(np.floor(ideal).astype(np.int64), least)
    for label in np.flatnonzero(quotas.sum(axis=1) > counts):
        while quotas[label].sum() > counts[label]:
            quotas[label, np.argmax(quotas[label] - least[label])] -= 1
    owed = ideal.sum(axis=0) - quotas.sum(axis=0)  # (parts,)
    # What rounding left over goes, label by label, to the parts that are owed most by then.
    for label in np.argsort(counts, kind="stable"):
        for _ in range(int(counts[label] - quotas[label].sum())):
            lacks = quotas[label] < ideal[label]
            part = int(np.argmax(np.where(lacks, owed, -np.inf)))
            quotas[label, part] += 1
            owed[part] -= 1
    return quotas


def fill_up(wanted: np.ndarray, count: int) -> np.ndarray:
    """Return how many of ``count`` items go to each part, ``(parts,)``, ``count`` together.

    Args:
        wanted: ``(parts,)`` what each lacks; parts that have too much already lack less than 0.
    """
    lacking = np.maximum(wanted, 0).astype(float)
    if lacking.sum() == 0:
        lacking = np.ones(len(wanted))
    ideal = lacking * count / lacking.sum()
    filled = np.floor(ideal).astype(np.int64)
    rest = count - int(filled.sum())
    filled[np.argsort(filled - ideal, kind="stable")[:rest]] += 1
    return filled
