"""``OrderedTable``: examples of one size, learnt in an order that lies on the device."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import keras
import numpy as np
from keras import ops

from lstm_core.learning.feeds.table import Course, Run, Table
from lstm_core.learning.ordering import Shuffler

PREDICT_BATCH_SIZE = 512


class OrderedTable(Table):
    """A step is given places, ``(batch,)`` int32; in training, slots of ``order``.

    The order holds the places of the epoch as they are to be learnt from, so that a step is
    given the same slots in each epoch.

    Args:
        num_slots: the most places of an epoch.
    """

    def __init__(self, name: str, num_slots: int) -> None:
        super().__init__(name)
        self.order = self.hold(np.zeros(num_slots), "order", "int32")

    def gather(self, places: Any, training: bool) -> dict[str, Any]:
        """Return a network's inputs by their names, for places, ``(batch,)`` int32."""
        raise NotImplementedError

    def set_order(self, places: np.ndarray) -> None:
        """Set the places of the next epoch, ``(n,)``, as they are to be learnt from."""
        room = self.order.shape[0] - len(places)
        self.order.assign(np.pad(places.astype(np.int32), (0, room)))

    def draw_order(
        self, places: np.ndarray, num_batches: int, batch_size: int, seed: int
    ) -> keras.callbacks.Callback:
        """Return what sets the order of each epoch."""
        return Shuffler(self, places, num_batches * batch_size, seed)

    def run(self, network: keras.Model, given: Any, training: bool) -> Any:
        places = self.find_places(given, training)
        inputs = self.choose_inputs(network, self.gather(places, training))
        return network(inputs, training=training)

    def find_places(self, given: Any, training: bool) -> Any:
        given = ops.cast(given, "int32")
        return ops.take(self.order, given, axis=0) if training else given

    def count(self, given: Any) -> Any:
        return ops.cast(ops.shape(given)[0], "float32")

    def give(self, places: np.ndarray) -> np.ndarray:
        self.set_order(places)
        return np.arange(len(places), dtype=np.int32)

    def drive(self, places: np.ndarray, num_batches: int, batch_size: int, seed: int) -> Course:
        # All slots that there are: a shorter epoch then needs no new compilation.
        slots = np.arange(self.order.shape[0] // batch_size * batch_size, dtype=np.int32)
        run = Run(slots.reshape(-1, batch_size), num_batches)
        return Course([run], [self.draw_order(places, num_batches, batch_size, seed)])

    def repeat(self, places: np.ndarray, num_batches: int) -> Course:
        return Course([Run(np.tile(self.give(places), (num_batches, 1)), num_batches)])

    def check(self, places: np.ndarray, batch_size: int) -> Course:
        size = max(batch_size, PREDICT_BATCH_SIZE)
        whole, rest = np.split(places.astype(np.int32), [len(places) // size * size])
        parts = (whole.reshape(-1, size), rest[None])
        return Course([Run(part, len(part)) for part in parts if part.size])

    def cut(self, places: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        for start in range(0, len(places), PREDICT_BATCH_SIZE):
            part = places[start : start + PREDICT_BATCH_SIZE]
            size = 1 << (len(part) - 1).bit_length()
            filled = np.pad(part.astype(np.int32), (0, size - len(part)), mode="edge")
            yield start + np.arange(len(part)), filled
