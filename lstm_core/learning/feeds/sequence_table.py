"""``SequenceTable``: the flat array that sequences are gathered from, on the device."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import keras
import numpy as np
from keras import ops

from lstm_core.learning.feeds.item_batches import (
    ITEMS,
    STEPS,
    Batch,
    Drawer,
    ItemBatches,
    cut_by_length,
    list_runs,
)
from lstm_core.learning.feeds.item_changes import change_steps, crop
from lstm_core.learning.feeds.item_lengths import find_padded
from lstm_core.learning.feeds.item_orders import ItemOrder
from lstm_core.learning.feeds.items import PADDING, Change
from lstm_core.learning.feeds.table import Course, Table


class SequenceTable(Table):
    """Steps of every sequence one behind another; places are numbers of sequences.

    A step is given ``items``, ``(batch,)``, and ``steps``, the numbers from 0 of as many steps as
    the batch is padded to; so each padded length is compiled once. What is gathered is
    ``steps``, ``(batch, padded)`` int32 tokens or ``(batch, padded, channels)`` float32, padded on
    the right, and ``lengths``, ``(batch,)`` int32. What is changed at random while training
    changes nothing of the padding.

    Args:
        flat, starts, lengths, padded: see ``ItemFeed``.
        is_tokens: whether steps are numbers of tokens.
    """

    def __init__(
        self,
        name: str,
        flat: np.ndarray,
        starts: np.ndarray,
        lengths: np.ndarray,
        padded: np.ndarray,
        change: Change,
        *,
        is_tokens: bool,
    ) -> None:
        super().__init__(name)
        self.change = change
        self.is_tokens = is_tokens
        self.item_lengths, self.padded = lengths, padded
        self.flat = self.hold(flat, "flat", "int32" if is_tokens else "float32")
        self.starts = self.hold(starts, "starts", "int32")
        self.lengths = self.hold(lengths, "lengths", "int32")
        self.random = keras.random.SeedGenerator(0)

    def has_room(self, flat: np.ndarray, starts: np.ndarray) -> bool:
        """Whether other sequences find room."""
        return len(flat) <= self.flat.shape[0] and len(starts) <= self.starts.shape[0]

    def load_sequences(
        self, flat: np.ndarray, starts: np.ndarray, lengths: np.ndarray, padded: np.ndarray
    ) -> None:
        """Replace the sequences by others that find room."""
        self.item_lengths, self.padded = lengths, padded
        self.replace(self.flat, flat)
        self.replace(self.starts, starts)
        self.replace(self.lengths, lengths)

    def restart(self, seed: int) -> None:
        self.random.state.assign(keras.random.SeedGenerator(seed).state)

    def run(self, network: keras.Model, given: Any, training: bool) -> Any:
        return network(self.choose_inputs(network, self.gather(given, training)), training=training)

    def gather(self, given: Any, training: bool) -> dict[str, Any]:
        """Return a network's inputs by their names, for what a step is given."""
        at, inside, lengths = self.find_rows(given, training)
        values = ops.take(self.flat, at, axis=0)
        if not self.is_tokens:
            inside = inside[..., None]
        if training:
            values = change_steps(values, self.change, self.is_tokens, self.random)
        padding = PADDING if self.is_tokens else 0.0
        return {"steps": ops.where(inside, values, padding), "lengths": lengths}

    def find_rows(self, given: Any, training: bool = False) -> tuple[Any, Any, Any]:
        """Return which rows of ``flat`` a batch is, which of them are its own, and the lengths.

        Both of the first are ``(batch, padded)``; what lies behind an end is its last row again.
        """
        items = ops.maximum(ops.cast(given[ITEMS], "int32"), 0)
        steps = ops.cast(given[STEPS], "int32")[None, :]
        starts = ops.take(self.starts, items, axis=0)[:, None]
        lengths = ops.take(self.lengths, items, axis=0)[:, None]
        lengths = ops.minimum(lengths, ops.shape(steps)[1])  # a filler may be a longer item
        if training and self.change.crop < 1:
            starts, lengths = crop(starts, lengths, self.change.crop, self.random)
        return starts + ops.minimum(steps, lengths - 1), steps < lengths, lengths[:, 0]

    def find_places(self, given: Any, training: bool) -> Any:
        return ops.cast(given[ITEMS], "int32")

    def give(self, places: np.ndarray) -> dict[str, np.ndarray]:
        return self._make_batch(places).tell()

    def drive(self, places: np.ndarray, num_batches: int, batch_size: int, seed: int) -> Course:
        order = ItemOrder(places, self.item_lengths, num_batches, batch_size, seed)
        drawn = ItemBatches(order, self.item_lengths, self.padded)
        course = Course(list_runs(drawn.draw_epoch()))
        course.callbacks.append(Drawer(course, drawn))
        return course

    def repeat(self, places: np.ndarray, num_batches: int) -> Course:
        return Course(list_runs([self._make_batch(places)] * num_batches))

    def check(self, places: np.ndarray, batch_size: int) -> Course:
        found = cut_by_length(places, self.item_lengths, self.padded, fill_in_front=True)
        return Course(list_runs([batch for _, batch in found]))

    def cut(self, places: np.ndarray) -> Iterator[tuple[np.ndarray, dict[str, np.ndarray]]]:
        for at, batch in cut_by_length(places, self.item_lengths, self.padded):
            yield at, batch.tell()

    def _make_batch(self, places: np.ndarray) -> Batch:
        num_steps = find_padded(self.item_lengths[places], self.padded)
        return Batch(places.astype(np.int32), num_steps)
