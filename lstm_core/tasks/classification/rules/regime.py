"""What is known of the training part before anything is built."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Self

import numpy as np

from lstm_core.data.items.collection import ItemCollection
from lstm_core.spec.tasks.classification import ClassificationSpec

Steps = Literal["words", "letters", "numbers"]
"""A word tells much, a letter little; numbers are levels."""

MANY_LABELS = 20
"""More need room to stand apart."""

UNEVEN = 3.0
"""Times as many items of the most frequent label as of the rarest, from which on labels count the
same in training."""

LONG_TEXT = 12
"""Words from which on a text can do without some of them."""


@dataclass(frozen=True, eq=False)
class Regime:
    """What was found.

    Attributes:
        steps: what they are.
        lengths: ``(n,)`` steps of each item of the training part.
        counts: ``(labels,)`` its items of each label.
        num_channels: of numbers; 0 for tokens.
        has_one_length: every item, of all parts, has as many steps.
        vector_width: numbers of the words' vectors that were brought; 0 without.
    """

    steps: Steps
    lengths: np.ndarray
    counts: np.ndarray
    num_channels: int
    has_one_length: bool
    vector_width: int = 0

    @classmethod
    def of(
        cls,
        spec: ClassificationSpec,
        items: ItemCollection,
        lengths: np.ndarray,
        train: np.ndarray,
        counts: np.ndarray,
    ) -> Self:
        """Look at items whose reading has been chosen.

        Args:
            lengths: ``(items,)``. ``train``: ``(n,)`` positions. ``counts``: ``(labels,)``.
        """
        steps: Steps = "letters"
        if items.signals is not None:
            steps = "numbers"
        elif spec.tokens == "words":
            steps = "words"
        channels = 0 if items.signals is None else len(items.signals.channels)
        is_even = bool(lengths.min() == lengths.max())
        width = items.vectors.width if items.vectors is not None else 0
        return cls(steps, lengths[train], counts, channels, is_even, width)

    @property
    def num_items(self) -> int:
        return len(self.lengths)

    @property
    def num_labels(self) -> int:
        return len(self.counts)

    @property
    def num_steps(self) -> int:
        """Of all items together."""
        return int(self.lengths.sum())

    @property
    def has_many_labels(self) -> bool:
        return self.num_labels > MANY_LABELS

    @property
    def is_uneven(self) -> bool:
        present = self.counts[self.counts > 0]
        return bool(present.max() > UNEVEN * present.min())

    @property
    def is_long_text(self) -> bool:
        return self.steps == "words" and float(np.median(self.lengths)) >= LONG_TEXT
