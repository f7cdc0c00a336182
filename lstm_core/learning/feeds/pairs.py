"""Pairs of sequences: an example is the number of a pair."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from lstm_core.learning.encoding.unit_kinds.face import EDGE, FIRST
from lstm_core.learning.feeds.pair_sizes import choose_sizes


@dataclass(frozen=True)
class PairShape:
    """The sizes that a network is built for.

    Attributes:
        num_sources, num_targets: units that are told apart on each side, ``EDGE`` and ``UNKNOWN``
            among them.
        source_steps, target_steps: that 95% of the texts don't exceed, edges counted: what a cost
            is told for.
    """

    num_sources: int
    num_targets: int
    source_steps: int
    target_steps: int


@dataclass(frozen=True, eq=False)
class Side:
    """The texts of one side, one behind another.

    Attributes:
        flat: ``(steps,)`` int32 units.
        starts, lengths: ``(texts,)`` int32.
    """

    flat: np.ndarray
    starts: np.ndarray
    lengths: np.ndarray

    @classmethod
    def of(cls, texts: list[np.ndarray]) -> Side:
        """Put texts one behind another."""
        lengths = np.array([len(text) for text in texts], np.int32)
        flat = np.concatenate([np.zeros(0, np.int32), *texts]).astype(np.int32)
        return cls(flat, (np.cumsum(lengths) - lengths).astype(np.int32), lengths)


@dataclass(frozen=True, eq=False)
class PairFeed:
    """Both sides of all pairs.

    Attributes:
        sources: each text with ``EDGE`` behind it.
        targets: each with ``EDGE`` before it and behind it; of an unknown one, these two alone.
        parts: for each part, ``(n,)`` int32 numbers of pairs: ``train``, ``validation``, ``test``
            and ``asked``.
        sizes: ``(pairs,)`` int32, by which pairs are put together; ``padded``: ascending, the few
            sizes up to which a batch's reach; the last holds every one.
        source_steps, target_steps: ``(padded,)``: to what each side is padded in such a batch.
        own_words: the share of units that are read as they were said.
        shape: the sizes of one example.
    """

    sources: Side
    targets: Side
    parts: Mapping[str, np.ndarray]
    sizes: np.ndarray
    padded: np.ndarray
    source_steps: np.ndarray
    target_steps: np.ndarray
    own_words: float
    shape: PairShape

    @classmethod
    def of(
        cls,
        sources: Side,
        targets: Side,
        parts: Mapping[str, np.ndarray],
        shape: PairShape,
        own_words: float = 0.0,
    ) -> PairFeed:
        """Choose to what pairs are padded: one side's length tells much of the other's."""
        before, after = sources.lengths, targets.lengths - 1  # one of the edges is read, one said
        return cls(sources, targets, parts, *choose_sizes(before, after), own_words, shape)

    @property
    def places(self) -> Mapping[str, np.ndarray]:
        return self.parts

    @property
    def most_places(self) -> int:
        return len(self.sizes)


def make_pair_noise(shape: PairShape) -> PairFeed:
    """Return one pair of noise, of the usual lengths."""
    generator = np.random.default_rng(0)
    source = generator.integers(FIRST, shape.num_sources, max(shape.source_steps - 1, 1))
    target = generator.integers(FIRST, shape.num_targets, max(shape.target_steps - 1, 1))
    return PairFeed.of(
        Side.of([np.append(source, EDGE)]),
        Side.of([np.concatenate([[EDGE], target, [EDGE]])]),
        {"train": np.zeros(1, np.int32)},
        shape,
    )
