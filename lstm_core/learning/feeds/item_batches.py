"""Batches of items of similar lengths: which items, and what they are padded to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import keras
import numpy as np

from lstm_core.learning.feeds.item_lengths import find_padded
from lstm_core.learning.feeds.item_orders import ItemOrder
from lstm_core.learning.feeds.table import Course, Run

ITEMS, STEPS = "items", "steps"
FILLER = -1
"""In place of an item's number: fills a batch up, and counts nowhere."""

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
    """Cuts epochs into batches of similar lengths, all of one size; see ``ItemOrder``.

    Args:
        padded: ascending; the last holds every item.
    """

    def __init__(self, order: ItemOrder, lengths: np.ndarray, padded: np.ndarray) -> None:
        self._order = order
        self._lengths = lengths
        self._padded = padded

    def draw_epoch(self) -> list[Batch]:
        return [self._pad(items) for items in self._order.draw_epoch()]

    def _pad(self, items: np.ndarray) -> Batch:
        return Batch(items.astype(np.int32), find_padded(self._lengths[items], self._padded))


def cut_by_length(
    items: np.ndarray,
    lengths: np.ndarray,
    padded: np.ndarray,
    *,
    fill_in_front: bool = False,
    most_steps: int = MOST_STEPS,
) -> Iterator[tuple[np.ndarray, Batch]]:
    """Cut items, ``(n,)``, into batches of one padded length each, filled up with ``FILLER``.

    The last item stands in the last batch.

    Args:
        most_steps: padded steps of a batch, as far as there may be fewer items.

    Yields:
        Where in ``items`` those of a batch stand, and the batch.
    """
    buckets = np.searchsorted(padded, lengths[items])
    for bucket in sorted(np.unique(buckets), key=lambda number: number == buckets[-1]):
        places = np.flatnonzero(buckets == bucket)
        num_steps = int(padded[bucket])
        size = FEW if len(places) <= 2 * FEW or MANY * num_steps > most_steps else MANY
        first = len(places) % size or size
        for part in np.split(places, range(first, len(places), size)):
            room = size - len(part)
            width = (room, 0) if fill_in_front else (0, room)
            filled = np.pad(items[part], width, constant_values=FILLER)
            yield part, Batch(filled.astype(np.int32), num_steps)


def list_runs(batches: Iterable[Batch]) -> list[Run]:
    """Return a run for each batch: those of one shape seldom follow each other."""
    return [
        Run({name: values[None] for name, values in batch.tell().items()}, 1) for batch in batches
    ]


class Drawn(Protocol):
    """What draws an epoch's batches."""

    def draw_epoch(self) -> Sequence[Batch]: ...


class Drawer(keras.callbacks.Callback):
    """Draws each epoch's batches; those of the first are there before."""

    def __init__(self, course: Course, drawn: Drawn) -> None:
        super().__init__()
        self._course = course
        self._drawn = drawn

    def on_epoch_begin(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        if epoch:
            self._course.runs = list_runs(self._drawn.draw_epoch())
