"""``TextTable``: running text on the device, and a state that goes on from stretch to stretch."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import keras
import numpy as np
from keras import ops

from lstm_core.learning.feeds.carried_state import list_states
from lstm_core.learning.feeds.table import Course, Run, Table
from lstm_core.learning.feeds.texts import JUDGED_LANES, TextFeed, draw_lanes, put_in_lanes

PLACES, BEGINS = "places", "begins"


class TextTable(Table):
    """Units one behind another; places are where stretches begin, or -1 for a filler.

    A step is given ``places`` and ``begins``, ``(lanes,)`` each. Row ``i`` of a batch goes on from
    row ``i`` of the batch before, unless ``begins`` says otherwise, with no gradient across:
    truncated back-propagation through time. What is judged has a state of its own.
    """

    def __init__(self, network: keras.Model, feed: TextFeed, batch_size: int) -> None:
        super().__init__("text")
        self.shape, self.learnt = feed.shape, feed.learnt
        self.flat = self.hold(feed.flat, "flat", "int32")
        shapes = [tuple(given.shape[1:]) for given in list_states(network)]
        self.states = [self._hold_state(batch_size, shape) for shape in shapes]
        self.judged = [self._hold_state(JUDGED_LANES, shape) for shape in shapes]

    def fits(self, feed: TextFeed) -> bool:
        return feed.shape == self.shape and len(feed.flat) <= self.flat.shape[0]

    def load(self, feed: TextFeed) -> None:
        self.learnt = feed.learnt
        self.replace(self.flat, feed.flat)

    def run(self, network: keras.Model, given: Any, training: bool) -> Any:
        held = self.states if training else self.judged
        goes_on = 1.0 - ops.cast(given[BEGINS], "float32")[:, None]
        count = ops.shape(given[PLACES])[0]
        states = [ops.convert_to_tensor(state)[:count] * goes_on for state in held]
        units = ops.take(self.flat, self._find_rows(given), axis=0)
        said, *ends = network([units, *states], training=training)
        for state, end in zip(held, ends, strict=True):
            end = ops.stop_gradient(ops.cast(end, "float32"))
            state.assign(ops.slice_update(ops.convert_to_tensor(state), (0, 0), end))
        return said

    def find_places(self, given: Any, training: bool) -> Any:
        return ops.cast(given[PLACES], "int32")

    def look_up(self, places: Any) -> tuple[Any, Any]:
        """Return the units that come next, ``(lanes, steps)``, and which lanes count."""
        rows = ops.maximum(places, 0)[:, None] + ops.arange(1, self.shape.steps + 1)
        return ops.take(self.flat, rows, axis=0), ops.cast(places >= 0, "float32")

    def count(self, given: Any) -> Any:
        return ops.sum(ops.cast(given[PLACES] >= 0, "float32"))

    def give(self, places: np.ndarray) -> dict[str, np.ndarray]:
        return {PLACES: places.astype(np.int32), BEGINS: np.ones(len(places), np.int32)}

    def drive(self, places: np.ndarray, num_batches: int, batch_size: int, seed: int) -> Course:
        lanes = _Lanes(self, num_batches, batch_size, seed)
        course = Course([lanes.draw()])
        lanes.course = course
        course.callbacks.append(lanes)
        return course

    def repeat(self, places: np.ndarray, num_batches: int) -> Course:
        given = self.give(places)
        return Course(
            [
                Run(
                    {name: np.tile(each, (num_batches, 1)) for name, each in given.items()},
                    num_batches,
                )
            ]
        )

    def check(self, places: np.ndarray, batch_size: int) -> Course:
        return Course([_make_run(*put_in_lanes(places, JUDGED_LANES, self.shape.steps))])

    def cut(self, places: np.ndarray) -> Iterator[tuple[np.ndarray, Any]]:
        raise NotImplementedError("what is said of text is asked lane by lane; see ``scoring``")

    def _hold_state(self, lanes: int, shape: tuple[int, ...]) -> Any:
        return self.add_weight((lanes, *shape), initializer="zeros", trainable=False)

    def _find_rows(self, given: Any) -> Any:
        begins = ops.maximum(ops.cast(given[PLACES], "int32"), 0)
        return begins[:, None] + ops.arange(self.shape.steps)


class _Lanes(keras.callbacks.Callback):
    """Draws each epoch's lanes; those of the first are there before."""

    course: Course

    def __init__(self, table: TextTable, num_batches: int, batch_size: int, seed: int) -> None:
        super().__init__()
        self._table = table
        self._sizes = batch_size, num_batches
        self._generator = np.random.default_rng(seed)

    def draw(self) -> Run:
        table = self._table
        return _make_run(
            *draw_lanes(table.learnt, *self._sizes, table.shape.steps, self._generator)
        )

    def on_epoch_begin(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        if epoch:
            self.course.runs = [self.draw()]


def _make_run(places: np.ndarray, begins: np.ndarray) -> Run:
    return Run({PLACES: places, BEGINS: begins.astype(np.int32)}, len(places))
