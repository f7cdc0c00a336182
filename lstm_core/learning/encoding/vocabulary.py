"""Which tokens are told apart, and by which numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from lstm_core.data.items.vectors import WordVectors
from lstm_core.learning.feeds.items import PADDING, UNKNOWN

BEGIN = 0.1
"""Vectors of words that none was brought of begin within this of nothing."""

BROUGHT = 0.3
"""The standard deviation that brought ones begin with."""

FIRST = max(PADDING, UNKNOWN) + 1
"""The number of the most frequent token."""


@dataclass(frozen=True)
class Vocabulary:
    """Tokens of the training part, the most frequent first; all others are ``UNKNOWN``.

    Attributes:
        tokens: as they are told apart.
        num_seen: different ones in the training part.
        unknown_share: of the training part's steps that are not told apart.
    """

    tokens: tuple[str, ...]
    num_seen: int = 0
    unknown_share: float = 0.0

    @classmethod
    def fit(cls, items: Iterable[Sequence[str]], rarest: int, most: int) -> Vocabulary:
        """Count tokens.

        Args:
            items: of the training part alone.
            rarest: how often one has to occur. ``most``: how many there may be.
        """
        counts = Counter(token for item in items for token in item)
        frequent = sorted(counts.items(), key=lambda counted: (-counted[1], counted[0]))
        kept = [token for token, count in frequent[:most] if count >= rarest]
        total = sum(counts.values())
        known = sum(counts[token] for token in kept)
        return cls(tuple(kept), len(counts), 1.0 - known / total if total else 0.0)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Each token's number; ``PADDING`` and ``UNKNOWN`` have none."""
        return {token: number for number, token in enumerate(self.tokens, FIRST)}

    @property
    def size(self) -> int:
        """Numbers that there are, those of padding and of the unknown among them."""
        return len(self.tokens) + FIRST

    def number(self, item: Sequence[str]) -> np.ndarray:
        """Return an item's tokens by number, ``(steps,)`` int32; an empty one is one unknown."""
        numbers = self.numbers
        return np.array([numbers.get(token, UNKNOWN) for token in item] or [UNKNOWN], np.int32)


def place_vectors(
    vocabulary: Vocabulary | None, vectors: WordVectors, num_tokens: int
) -> np.ndarray:
    """Return what tokens' vectors begin as, ``(num_tokens, width)`` float32.

    Those that were brought, brought to one size; what has none begins near nothing.
    """
    assert vocabulary is not None
    spread = float(vectors.values.std()) or 1.0
    begin = np.random.default_rng(0).uniform(-BEGIN, BEGIN, (num_tokens, vectors.width))
    numbers = vocabulary.numbers
    for word, vector in zip(vectors.words, vectors.values, strict=True):
        if word in numbers:
            begin[numbers[word]] = vector * (BROUGHT / spread)
    return begin.astype(np.float32)
