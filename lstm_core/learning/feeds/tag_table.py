"""``TagTable``: sequences with a tag for each step, on the device."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import keras
import numpy as np
from keras import ops

from lstm_core.learning.feeds.item_batches import ITEMS, STEPS
from lstm_core.learning.feeds.items import PADDING, UNKNOWN
from lstm_core.learning.feeds.sequence_table import SequenceTable
from lstm_core.learning.feeds.tags import TagFeed


class TagTable(SequenceTable):
    """Sequences, and beside them a tag for each step.

    Of words, the network's inputs are ``words`` and ``writings``, ``(batch, padded)`` int32,
    ``letters``, ``(batch, padded, letters of a word)`` int32, and ``lengths``; of numbers, those of
    every ``SequenceTable``.

    Args:
        find_chain: returns the network's ``TagChain``. A layer that it held itself would be its
            own, weights and all.
    """

    def __init__(self, feed: TagFeed, find_chain: Callable[[], Any]) -> None:
        super().__init__(
            "tagged",
            feed.flat,
            feed.starts,
            feed.lengths,
            feed.padded,
            feed.change,
            is_tokens=feed.forms is not None,
        )
        self.shape = feed.shape
        self.find_chain = find_chain
        self.tags = self.hold(feed.tags, "tags", "int32")
        if feed.forms is not None:
            assert feed.hidden is not None
            self.words = self.hold(feed.forms.words, "words", "int32")
            self.writings = self.hold(feed.forms.writings, "writings", "int32")
            self.letters = self.hold(feed.forms.letters, "letters", "int32")
            self.hidden = self.hold(feed.hidden, "hidden")

    def fits(self, feed: TagFeed) -> bool:
        has_forms = feed.forms is None or len(feed.forms.words) <= self.words.shape[0]
        is_alike = (feed.shape, feed.change) == (self.shape, self.change)
        has_room = self.has_room(feed.flat, feed.starts) and len(feed.tags) <= self.tags.shape[0]
        return has_room and has_forms and is_alike

    def load(self, feed: TagFeed) -> None:
        self.load_sequences(feed.flat, feed.starts, feed.lengths, feed.padded)
        self.replace(self.tags, feed.tags)
        if feed.forms is not None:
            assert feed.hidden is not None
            self.replace(self.words, feed.forms.words)
            self.replace(self.writings, feed.forms.writings)
            self.replace(self.letters, feed.forms.letters)
            self.replace(self.hidden, feed.hidden)

    def gather(self, given: Any, training: bool) -> dict[str, Any]:
        if not self.is_tokens:
            return super().gather(given, training)
        at, inside, lengths = self.find_rows(given)
        forms = ops.where(inside, ops.take(self.flat, at, axis=0), PADDING)
        words = ops.take(self.words, forms, axis=0)
        if training:
            drawn = keras.random.uniform(ops.shape(words), seed=self.random)
            words = ops.where(drawn < ops.take(self.hidden, forms, axis=0), UNKNOWN, words)
        return {
            "words": words,
            "writings": ops.take(self.writings, forms, axis=0),
            "letters": ops.take(self.letters, forms, axis=0),
            "lengths": lengths,
        }

    def look_up(self, places: Any, num_steps: Any) -> tuple[Any, Any, Any]:
        """Return tags, ``(batch, steps)`` int32, lengths, and which sequences count, ``(batch,)``.

        A filler counts nothing, nor does a sequence with a tag that is not learnt.
        """
        given = {ITEMS: places, STEPS: ops.arange(num_steps, dtype="int32")}
        at, inside, lengths = self.find_rows(given)
        tags = ops.take(self.tags, at, axis=0)
        is_known = ops.all(ops.logical_or(tags >= 0, ops.logical_not(inside)), axis=1)
        counts = ops.logical_and(places >= 0, is_known)
        return ops.maximum(tags, 0), lengths, ops.cast(counts, "float32")

    def count(self, given: Any) -> Any:
        places = self.find_places(given, training=False)
        _, lengths, counts = self.look_up(places, ops.shape(given[STEPS])[0])
        return ops.sum(counts * ops.cast(lengths, "float32"))

    def join(self, found: Sequence[tuple[np.ndarray, np.ndarray]]) -> np.ndarray:
        """Put together what was said of batches, ``(n, steps, ...)``; zeros behind short ones."""
        count = sum(len(at) for at, _ in found)
        num_steps = max(part.shape[1] for _, part in found)
        first = found[0][1]
        said = np.zeros((count, num_steps, *first.shape[2:]), first.dtype)
        for at, part in found:
            said[at, : part.shape[1]] = part
        return said
