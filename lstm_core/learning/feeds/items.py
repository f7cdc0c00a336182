"""Items of unequal lengths: an example is the number of its item."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

PADDING = 0
"""The token that stands behind an item's end."""

UNKNOWN = 1
"""The token of what the vocabulary does not hold."""


@dataclass(frozen=True)
class ItemShape:
    """The sizes that a network is built for.

    Attributes:
        num_labels: that it says.
        num_tokens: that it tells apart, ``PADDING`` and ``UNKNOWN`` among them; 0 for numbers.
        num_channels: of numbers; 0 for tokens.
        usual_steps: that 95% of the items don't exceed: what a cost is told for.
        most_steps: of the longest item that is read.
        has_one_length: all items have ``most_steps``.
    """

    num_labels: int
    num_tokens: int
    num_channels: int
    usual_steps: int
    most_steps: int
    has_one_length: bool


@dataclass(frozen=True)
class Change:
    """What is changed at random in training, each time anew.

    Attributes:
        hide: share of tokens that become unknown.
        crop: the shortest share of an item that may be left; 1: all of it.
        jitter: standard deviation of noise on numbers that have been scaled.
        stretch: standard deviation of the logarithm of a factor on each channel of an item.
    """

    hide: float = 0.0
    crop: float = 1.0
    jitter: float = 0.0
    stretch: float = 0.0


@dataclass(frozen=True)
class ItemFeed:
    """Items as numbers: one flat array, and where in it each item lies.

    Attributes:
        flat: every item's steps one behind another, ``(all steps,)`` int32 tokens, or ``(all
            steps, channels)`` float32, scaled.
        starts, lengths: ``(items,)`` int32; no item is empty.
        labels: ``(items,)`` int32, -1 where there is none that is learnt.
        label_weights: ``(labels,)`` float32, how much an item of each counts.
        parts: for each part, ``(n,)`` int32 numbers of items: ``train``, ``validation``, ``test``.
        padded: ascending, the few lengths that batches are padded to; the last holds every item.
        change: what training changes.
        shape: the sizes of one example.
    """

    flat: np.ndarray
    starts: np.ndarray
    lengths: np.ndarray
    labels: np.ndarray
    label_weights: np.ndarray
    parts: Mapping[str, np.ndarray]
    padded: np.ndarray
    change: Change
    shape: ItemShape

    @property
    def places(self) -> Mapping[str, np.ndarray]:
        return self.parts

    @property
    def most_places(self) -> int:
        return len(self.starts)


def make_item_noise(shape: ItemShape) -> ItemFeed:
    """Return one item of noise, of the usual length."""
    generator = np.random.default_rng(0)
    num_steps = shape.most_steps if shape.has_one_length else shape.usual_steps
    if shape.num_tokens:
        flat: np.ndarray = generator.integers(UNKNOWN, shape.num_tokens, num_steps, np.int32)
    else:
        flat = generator.normal(size=(num_steps, shape.num_channels)).astype(np.float32)
    return ItemFeed(
        flat=flat,
        starts=np.zeros(1, np.int32),
        lengths=np.array([num_steps], np.int32),
        labels=np.zeros(1, np.int32),
        label_weights=np.ones(shape.num_labels, np.float32),
        parts={"train": np.zeros(1, np.int32)},
        padded=np.array([num_steps], np.int32),
        change=Change(),
        shape=shape,
    )
