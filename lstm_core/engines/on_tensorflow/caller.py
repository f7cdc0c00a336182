"""TensorFlow: a graph for each shape of what is given."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import keras
import tensorflow as tf


class TensorFlowCaller:
    """See ``engines.caller.Caller``."""

    def __init__(self, network: keras.Model) -> None:
        self._network = network
        self._graphs: dict[Any, Any] = {}

    def __call__(self, given: Sequence[Any]) -> list[Any]:
        tensors = [tf.convert_to_tensor(each) for each in given]
        key = tuple((tuple(each.shape), each.dtype) for each in tensors)
        if key not in self._graphs:
            specs = [tf.TensorSpec(each.shape, each.dtype) for each in tensors]
            self._graphs[key] = tf.function(self._say, (specs,), autograph=False)
        found: list[Any] = self._graphs[key](tensors)
        return found

    def _say(self, given: list[Any]) -> list[Any]:
        found: list[Any] = keras.tree.flatten(self._network(given, training=False))
        return found
