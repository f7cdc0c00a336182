"""Any other engine: batch by batch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import keras
import numpy as np


class OneByOne:
    """Steps as Keras takes them, for engines that compile no loop."""

    def __init__(self, trainer: keras.Model) -> None:
        self._trainer = trainer

    def learn(self, batches: Any, first: int, count: int) -> None:
        self._run(self._trainer.train_on_batch, batches, first, count)

    def judge(self, batches: Any, first: int, count: int) -> None:
        self._run(self._trainer.test_on_batch, batches, first, count)

    def predict(self, given: Any) -> np.ndarray:
        return np.asarray(self._trainer.predict_on_batch(given))

    def _run(self, step: Any, batches: Any, first: int, count: int) -> None:
        for number in range(first, first + count):
            step(keras.tree.map_structure(lambda each, at=number: each[at], batches))


class PlainCaller:
    """See ``engines.caller.Caller``."""

    def __init__(self, network: keras.Model) -> None:
        self._network = network

    def __call__(self, given: Sequence[Any]) -> list[Any]:
        found: list[Any] = keras.tree.flatten(self._network.predict_on_batch(list(given)))
        return found
