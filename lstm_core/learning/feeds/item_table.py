"""``ItemTable``: the flat array that items are gathered from, on the device."""

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
from lstm_core.learning.feeds.items import PADDING, ItemFeed
from lstm_core.learning.feeds.table import Course, Table


class ItemTable(Table):
    """Steps of every item one behind another; places are numbers of items.

    A step is given ``items``, ``(batch,)``, and ``steps``, the numbers from 0 of as many steps as
    the batch is padded to; so each padded length is compiled once. The network's inputs are
    ``steps``, ``(batch, padded)`` int32 tokens or ``(batch, padded, channels)`` float32, padded on
    the right, and ``lengths``, ``(batch,)`` int32. What is changed at random while training
    changes nothing of the padding.
    """

    def __init__(self, feed: ItemFeed) -> None:
        super().__init__("items")
        self.shape = feed.shape
        self.change = feed.change
        self.is_tokens = feed.shape.num_tokens > 0
        self.item_lengths, self.padded = feed.lengths, feed.padded
        self.flat = self.hold(feed.flat, "flat", "int32" if self.is_tokens else "float32")
        self.starts = self.hold(feed.starts, "starts", "int32")
        self.lengths = self.hold(feed.lengths, "lengths", "int32")
        self.labels = self.hold(feed.labels, "labels", "int32")
        self.label_weights = self.hold(feed.label_weights, "label_weights")
        self.random = keras.random.SeedGenerator(0)

    def fits(self, feed: ItemFeed) -> bool:
        has_room = len(feed.flat) <= self.flat.shape[0] and len(feed.starts) <= self.starts.shape[0]
        return has_room and (feed.shape, feed.change) == (self.shape, self.change)

    def load(self, feed: ItemFeed) -> None:
        self.item_lengths, self.padded = feed.lengths, feed.padded
        self.replace(self.flat, feed.flat)
        self.replace(self.starts, feed.starts)
        self.replace(self.lengths, feed.lengths)
        self.replace(self.labels, feed.labels)
        self.replace(self.label_weights, feed.label_weights)

    def restart(self, seed: int) -> None:
        self.random.state.assign(keras.random.SeedGenerator(seed).state)

    def run(self, network: keras.Model, given: Any, training: bool) -> Any:
        return network(self.choose_inputs(network, self.gather(given, training)), training=training)

    def gather(self, given: Any, training: bool) -> dict[str, Any]:
        """Return a network's inputs by their names, for what a step is given."""
        items = ops.maximum(ops.cast(given[ITEMS], "int32"), 0)
        steps = ops.cast(given[STEPS], "int32")[None, :]
        starts = ops.take(self.starts, items, axis=0)[:, None]
        lengths = ops.take(self.lengths, items, axis=0)[:, None]
        lengths = ops.minimum(lengths, ops.shape(steps)[1])  # a filler may be a longer item
        if training and self.change.crop < 1:
            starts, lengths = crop(starts, lengths, self.change.crop, self.random)
        inside = steps < lengths  # (batch, padded)
        values = ops.take(self.flat, starts + ops.minimum(steps, lengths - 1), axis=0)
        if not self.is_tokens:
            inside = inside[..., None]
        if training:
            values = change_steps(values, self.change, self.is_tokens, self.random)
        padding = PADDING if self.is_tokens else 0.0
        return {"steps": ops.where(inside, values, padding), "lengths": lengths[:, 0]}

    def find_places(self, given: Any, training: bool) -> Any:
        return ops.cast(given[ITEMS], "int32")

    def look_up(self, items: Any) -> tuple[Any, Any]:
        """Return labels, ``(batch,)`` int32, and what counts: 0 for a filler and where none is."""
        labels = ops.take(self.labels, ops.maximum(items, 0), axis=0)
        counts = ops.logical_and(items >= 0, labels >= 0)
        return ops.maximum(labels, 0), ops.cast(counts, "float32")

    def count(self, given: Any) -> Any:
        _, counts = self.look_up(self.find_places(given, training=False))
        return ops.sum(counts)

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
