"""``ItemTable``: items with a label each, on the device."""

from __future__ import annotations

from typing import Any

from keras import ops

from lstm_core.learning.feeds.items import ItemFeed
from lstm_core.learning.feeds.sequence_table import SequenceTable


class ItemTable(SequenceTable):
    """Sequences, and beside them a label for each."""

    def __init__(self, feed: ItemFeed) -> None:
        super().__init__(
            "items",
            feed.flat,
            feed.starts,
            feed.lengths,
            feed.padded,
            feed.change,
            is_tokens=feed.shape.num_tokens > 0,
        )
        self.shape = feed.shape
        self.labels = self.hold(feed.labels, "labels", "int32")
        self.label_weights = self.hold(feed.label_weights, "label_weights")

    def fits(self, feed: ItemFeed) -> bool:
        is_alike = (feed.shape, feed.change) == (self.shape, self.change)
        return self.has_room(feed.flat, feed.starts) and is_alike

    def load(self, feed: ItemFeed) -> None:
        self.load_sequences(feed.flat, feed.starts, feed.lengths, feed.padded)
        self.replace(self.labels, feed.labels)
        self.replace(self.label_weights, feed.label_weights)

    def look_up(self, items: Any) -> tuple[Any, Any]:
        """Return labels, ``(batch,)`` int32, and what counts: 0 for a filler and where none is."""
        labels = ops.take(self.labels, ops.maximum(items, 0), axis=0)
        counts = ops.logical_and(items >= 0, labels >= 0)
        return ops.maximum(labels, 0), ops.cast(counts, "float32")

    def count(self, given: Any) -> Any:
        _, counts = self.look_up(self.find_places(given, training=False))
        return ops.sum(counts)
