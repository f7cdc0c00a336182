"""The most frequent tag, of all steps or of each word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lstm_core.learning.encoding.words import fold


@dataclass(frozen=True)
class Lookup:
    """How often steps have each tag.

    Attributes:
        overall: ``(tags,)`` shares of all steps.
        by_word: the same of each word, whatever its capitals; empty where words don't count.
    """

    overall: np.ndarray
    by_word: dict[str, np.ndarray]

    def predict(self, words: Sequence[str]) -> np.ndarray:
        """Return shares of each step's tags, ``(steps, tags)``; those of all for a new word."""
        return np.stack([self.by_word.get(fold(word), self.overall) for word in words])


def fit_lookup(words: Sequence[str] | None, tags: np.ndarray, num_tags: int) -> Lookup:
    """Count tags of the training part, ``(steps,)``, -1 where there is none that is learnt."""
    kept = tags >= 0
    overall = np.bincount(tags[kept], minlength=num_tags) / max(1, int(kept.sum()))
    if words is None:
        return Lookup(overall, {})
    counts: dict[str, np.ndarray] = defaultdict(lambda: np.zeros(num_tags))
    for word, tag in zip(words, tags.tolist(), strict=True):
        if tag >= 0:
            counts[fold(word)][tag] += 1
    return Lookup(overall, {word: own / own.sum() for word, own in counts.items()})
