"""TensorFlow: a while loop within one graph."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import keras
import numpy as np
import tensorflow as tf


class TensorFlowStepper:
    """Traces a graph for each shape of a batch; how many there are needs no new one."""

    def __init__(self, trainer: keras.Model) -> None:
        self._trainer = trainer
        self._graphs: dict[Any, Any] = {}

    def learn(self, batches: Any, first: int, count: int) -> None:
        self._run(self._trainer.train_step, batches, first, count)

    def judge(self, batches: Any, first: int, count: int) -> None:
        self._run(self._trainer.test_step, batches, first, count)

    def predict(self, given: Any) -> np.ndarray:
        leaves = tf.nest.flatten(given)
        # Where one array is given, a number a row, one graph does for any number of rows.
        is_free = len(leaves) == 1
        key = "predict", *((each.shape[is_free:], each.dtype) for each in leaves)
        if key not in self._graphs:
            specs = tf.nest.map_structure(
                lambda each: tf.TensorSpec(
                    (None, *each.shape[1:]) if is_free else each.shape, each.dtype
                ),
                given,
            )
            say = partial(self._trainer, training=False)
            self._graphs[key] = tf.function(say, (specs,), autograph=False)
        return np.asarray(self._graphs[key](given))

    def _run(self, step: Callable[[Any], Any], batches: Any, first: int, count: int) -> None:
        leaves = tf.nest.flatten(batches)
        key = step.__name__, *((each.shape[1:], each.dtype) for each in leaves)
        if key not in self._graphs:
            self._graphs[key] = self._trace(step, batches)
        graph = self._graphs[key]
        # A number that comes back is there when all steps are done.
        int(graph(batches, np.int32(first), np.int32(first + count)))

    def _trace(self, step: Callable[[Any], Any], batches: Any) -> Any:
        def go_through(batches: Any, first: Any, end: Any) -> Any:
            def take_step(number: Any) -> Any:
                step((tf.nest.map_structure(lambda each: each[number], batches),))
                return number + 1

            return tf.while_loop(
                lambda number: number < end, take_step, [first], parallel_iterations=1
            )[0]

        number = tf.TensorSpec((), tf.int32)
        specs = tf.nest.map_structure(
            lambda each: tf.TensorSpec((None, *each.shape[1:]), each.dtype), batches
        )
        return tf.function(go_through, (specs, number, number), autograph=False)
