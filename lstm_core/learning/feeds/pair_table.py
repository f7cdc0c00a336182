"""``PairTable``: pairs of sequences on the device, both sides padded to few lengths."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np
from keras import ops

from lstm_core.learning.encoding.unit_kinds.face import EDGE
from lstm_core.learning.feeds.item_batches import (
    ITEMS,
    MOST_STEPS,
    STEPS,
    Batch,
    Drawer,
    ItemBatches,
    cut_by_length,
    list_runs,
)
from lstm_core.learning.feeds.item_lengths import find_padded
from lstm_core.learning.feeds.item_orders import ItemOrder
from lstm_core.learning.feeds.pairs import PairFeed
from lstm_core.learning.feeds.table import Course, Table

MOST_VALUES = 64_000_000
"""That speak for units, of a batch that is only looked at: a quarter of a gigabyte."""

WANTED = "wanted"
"""The numbers from 0 of as many steps as what is wanted is padded to."""


@dataclass(frozen=True)
class PairBatch(Batch):
    """Numbers of pairs, and the steps that both sides are padded to."""

    num_wanted: int

    def tell(self) -> dict[str, np.ndarray]:
        return {**super().tell(), WANTED: np.arange(self.num_wanted, dtype=np.int32)}


class PairTable(Table):
    """Texts and what they are turned into; places are numbers of pairs, or -1 for a filler.

    A network's inputs are ``source``, ``(batch, padded)`` int32, ``lengths``, ``(batch,)``, and
    ``before``, ``(batch, padded target)``: the unit before each that is to be said.
    """

    def __init__(self, feed: PairFeed) -> None:
        super().__init__("pairs")
        self.shape, self.own_words = feed.shape, feed.own_words
        self._take_sizes(feed)
        self.sources = self.hold(feed.sources.flat, "sources", "int32")
        self.source_starts = self.hold(feed.sources.starts, "source_starts", "int32")
        self.source_lengths = self.hold(feed.sources.lengths, "source_lengths", "int32")
        self.targets = self.hold(feed.targets.flat, "targets", "int32")
        self.target_starts = self.hold(feed.targets.starts, "target_starts", "int32")
        self.target_lengths = self.hold(feed.targets.lengths, "target_lengths", "int32")
        self.random = keras.random.SeedGenerator(0)

    @property
    def _most_steps(self) -> int:
        """Of a batch that is only looked at: something speaks for every unit at each of them."""
        return min(MOST_STEPS, MOST_VALUES // self.shape.num_targets)

    def _take_sizes(self, feed: PairFeed) -> None:
        self.sizes, self.padded = feed.sizes, feed.padded
        both = zip(feed.source_steps.tolist(), feed.target_steps.tolist(), strict=True)
        self.steps_of = dict(zip(feed.padded.tolist(), both, strict=True))

    def fits(self, feed: PairFeed) -> bool:
        has_room = (
            len(feed.sources.flat) <= self.sources.shape[0]
            and len(feed.targets.flat) <= self.targets.shape[0]
            and len(feed.sizes) <= self.source_starts.shape[0]
        )
        return has_room and (feed.shape, feed.own_words) == (self.shape, self.own_words)

    def load(self, feed: PairFeed) -> None:
        self._take_sizes(feed)
        self.replace(self.sources, feed.sources.flat)
        self.replace(self.source_starts, feed.sources.starts)
        self.replace(self.source_lengths, feed.sources.lengths)
        self.replace(self.targets, feed.targets.flat)
        self.replace(self.target_starts, feed.targets.starts)
        self.replace(self.target_lengths, feed.targets.lengths)

    def restart(self, seed: int) -> None:
        self.random.state.assign(keras.random.SeedGenerator(seed).state)

    def run(self, network: keras.Model, given: Any, training: bool) -> Any:
        found = self.gather(given)
        if training and self.own_words:
            found["before"] = self._say_own(network, found)
        return network(self.choose_inputs(network, found), training=training)

    def _say_own(self, network: keras.Model, found: dict[str, Any]) -> Any:
        """Put the network's own units in place of some of the true ones.

        In two passes, the second of which is learnt from: Mihaylova and Martins, "Scheduled
        Sampling for Transformers", ACL student workshop (2019), for what Bengio et al., NeurIPS
        2015, do step by step.
        """
        said = network(self.choose_inputs(network, found), training=False)
        own = ops.cast(ops.argmax(ops.stop_gradient(said), axis=-1), "int32")
        own = ops.pad(own[:, :-1], ((0, 0), (1, 0)), constant_values=EDGE)
        drawn = keras.random.uniform(ops.shape(own), seed=self.random) < self.own_words
        first = ops.arange(ops.shape(own)[1])[None, :] == 0
        return ops.where(ops.logical_and(drawn, ops.logical_not(first)), own, found["before"])

    def gather(self, given: Any) -> dict[str, Any]:
        """Return a network's inputs by their names, for what a step is given."""
        items = ops.maximum(ops.cast(given[ITEMS], "int32"), 0)
        steps = ops.cast(given[STEPS], "int32")[None, :]
        starts = ops.take(self.source_starts, items, axis=0)[:, None]
        lengths = ops.take(self.source_lengths, items, axis=0)[:, None]
        lengths = ops.minimum(lengths, ops.shape(steps)[1])  # a filler may be a longer one
        at = starts + ops.minimum(steps, lengths - 1)
        source = ops.where(steps < lengths, ops.take(self.sources, at, axis=0), EDGE)
        before, _ = self._find_wanted(items, ops.shape(given[WANTED])[0], 0)
        return {"source": source, "lengths": lengths[:, 0], "before": before}

    def look_up(self, places: Any, num_steps: Any) -> tuple[Any, Any]:
        """Return the units that are to be said, ``(batch, steps)``, and which of them count."""
        units, inside = self._find_wanted(ops.maximum(places, 0), num_steps, 1)
        counts = ops.logical_and(inside, (places >= 0)[:, None])
        return units, ops.cast(counts, "float32")

    def _find_wanted(self, items: Any, num_steps: Any, ahead: int) -> tuple[Any, Any]:
        """Return units of what is wanted from the first edge on, and what lies before the end."""
        steps = ops.arange(num_steps, dtype="int32")[None, :]
        starts = ops.take(self.target_starts, items, axis=0)[:, None]
        last = ops.take(self.target_lengths, items, axis=0)[:, None] - 1
        at = starts + ops.minimum(steps + ahead, last)
        return ops.take(self.targets, at, axis=0), steps < last

    def find_places(self, given: Any, training: bool) -> Any:
        return ops.cast(given[ITEMS], "int32")

    def count(self, given: Any) -> Any:
        """Count the units that are to be said."""
        places = ops.cast(given[ITEMS], "int32")
        return ops.sum(self.look_up(places, ops.shape(given[WANTED])[0])[1])

    def give(self, places: np.ndarray) -> dict[str, np.ndarray]:
        return self._make_batch(places).tell()

    def drive(self, places: np.ndarray, num_batches: int, batch_size: int, seed: int) -> Course:
        order = ItemOrder(places, self.sizes, num_batches, batch_size, seed)
        drawn = _Widened(ItemBatches(order, self.sizes, self.padded), self)
        course = Course(list_runs(drawn.draw_epoch()))
        course.callbacks.append(Drawer(course, drawn))
        return course

    def repeat(self, places: np.ndarray, num_batches: int) -> Course:
        return Course(list_runs([self._make_batch(places)] * num_batches))

    def check(self, places: np.ndarray, batch_size: int) -> Course:
        found = cut_by_length(
            places, self.sizes, self.padded, fill_in_front=True, most_steps=self._most_steps
        )
        return Course(list_runs([self.widen(batch) for _, batch in found]))

    def cut(self, places: np.ndarray) -> Iterator[tuple[np.ndarray, dict[str, np.ndarray]]]:
        for at, batch in cut_by_length(
            places, self.sizes, self.padded, most_steps=self._most_steps
        ):
            yield at, self.widen(batch).tell()

    def widen(self, batch: Batch) -> PairBatch:
        """Return a batch of so large a size with what both sides are padded to."""
        return PairBatch(batch.items, *self.steps_of[batch.num_steps])

    def _make_batch(self, places: np.ndarray) -> PairBatch:
        size = find_padded(self.sizes[places], self.padded)
        return self.widen(Batch(places.astype(np.int32), size))


class _Widened:
    """An epoch's batches, each with what both sides are padded to."""

    def __init__(self, drawn: ItemBatches, table: PairTable) -> None:
        self._drawn = drawn
        self._table = table

    def draw_epoch(self) -> list[PairBatch]:
        return [self._table.widen(batch) for batch in self._drawn.draw_epoch()]
