"""Batches of items of similar lengths: which items, and what they are padded to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np

from lstm_core.learning.feeds.item_lengths import find_padded

ITEMS, STEPS = "items", "steps"
FILLER = -1
"""In place of an item's number: fills a batch up, and counts nowhere."""

FEW_ITEMS = 5_000
SMALL_POOL, LARGE_POOL = 3, 20
"""How many batches are put in order by length together: of few items, where many batches in a
row would be alike, and of more."""

FEW, MANY = 8, 256
"""Sizes of batches that are only predicted: two, because an engine compiles anew for each."""

MOST_STEPS = 262_144
"""Padded steps of a batch that is predicted, which bounds what it takes in memory."""


@dataclass(frozen=True)
class Batch:
    """Numbers of items, ``(batch,)`` int32, and the steps that they are padded to."""

    items: np.ndarray
    num_steps: int

    def tell(self) -> dict[str, np.ndarray]:
        """Return what a step is given: the padded length is told by a shape."""
        return {ITEMS: self.items, STEPS: np.arange(self.num_steps, dtype=np.int32)}


class ItemBatches:
    """Cuts epochs into batches of similar lengths, all of one size.

    Every item comes once before any comes again: the last batch of an epoch is filled up with
    the next epoch's first items. Items are shuffled, pools of several batches are put in order by
    length and cut, and the batches are shuffled. Source: Ott et al., "fairseq", NAACL 2019.

    Args:
        items: ``(n,)`` to learn from.
        lengths: ``(all items,)``. ``padded``: ascending; the last holds every item.
    """

    def __init__(
        self,
        items: np.ndarray,
        lengths: np.ndarray,
        padded: np.ndarray,
        num_batches: int,
        batch_size: int,
        seed: int,
    ) -> None:
        self._items = items
        self._lengths = lengths
        self._padded = padded
        self._num_batches = num_batches
        self._size = batch_size
        self._pool = (SMALL_POOL if len(items) < FEW_ITEMS else LARGE_POOL) * batch_size
        self._generator = np.random.default_rng(seed)
        self._left = items[:0]

    def draw_epoch(self) -> list[Batch]:
        count = self._num_batches * self._size
        while len(self._left) < count:
            again = self._generator.permutation(self._items)
            self._left = np.concatenate([self._left, again])
        order, self._left = np.split(self._left, [count])
        batches = []
        for start in range(0, count, self._pool):
            pool = order[start : start + self._pool]
            pool = pool[np.argsort(self._lengths[pool], kind="stable")]
            batches += [self._pad(part) for part in np.split(pool, len(pool) // self._size)]
        return [batches[place] for place in self._generator.permutation(len(batches))]

    def _pad(self, items: np.ndarray) -> Batch:
        return Batch(items.astype(np.int32), find_padded(self._lengths[items], self._padded))


def cut_by_length(
    items: np.ndarray, lengths: np.ndarray, padded: np.ndarray, *, fill_in_front: bool = False
) -> Iterator[tuple[np.ndarray, Batch]]:
    """Cut items, ``(n,)``, into batches of one padded length each, filled up with ``FILLER``.

    The last item stands in the last batch.

    Yields:
        Where in ``items`` those of a batch stand, and the batch.
    """
    buckets = np.searchsorted(padded, lengths[items])
    for bucket in sorted(np.unique(buckets), key=lambda number: number == buckets[-1]):
        places = np.flatnonzero(buckets == bucket)
        num_steps = int(padded[bucket])
        size = FEW if len(places) <= 2 * FEW or MANY * num_steps > MOST_STEPS else MANY
        first = len(places) % size or size
        for part in np.split(places, range(first, len(places), size)):
            room = size - len(part)
            width = (room, 0) if fill_in_front else (0, room)
            filled = np.pad(items[part], width, constant_values=FILLER)
            yield part, Batch(filled.astype(np.int32), num_steps)


class DrawnBatches(keras.utils.PyDataset):
    """Batches of several shapes for Keras, one epoch's after another's.

    Drawn when an epoch begins and kept as a whole: an engine that reads ahead, or one that was
    stopped in the middle, never sees a batch of another epoch.

    Args:
        draw: returns the batches of the next epoch; always as many.
    """

    def __init__(self, draw: Callable[[], Sequence[Batch]]) -> None:
        super().__init__(workers=0)
        self._draw = draw
        self._drawn = draw()  # Keras looks at the shapes of some before the first epoch
        self._is_begun = False

    def __len__(self) -> int:
        return len(self._drawn)

    def __getitem__(self, place: int) -> tuple[Any]:
        return (self._drawn[place].tell(),)

    def on_epoch_begin(self) -> None:
        if self._is_begun:
            self._drawn = self._draw()
        self._is_begun = True
