"""In which order an epoch's examples are learnt: shuffled, or along streams."""

from __future__ import annotations

from typing import Any, Protocol

import keras
import numpy as np

from lstm_core.learning.feeds.streams import draw_lanes


class Orderable(Protocol):
    """What is told before each epoch in which order its examples are learnt."""

    def set_order(self, places: np.ndarray) -> None: ...


class Streamable(Protocol):
    """The same, where a state goes on from one batch to the next."""

    def set_order(self, places: np.ndarray, begins: np.ndarray | None = None) -> None: ...


class Shuffler(keras.callbacks.Callback):
    """Draws each epoch's places: every one comes once before any comes again."""

    def __init__(self, table: Orderable, places: np.ndarray, count: int, seed: int) -> None:
        super().__init__()
        self._table = table
        self._places = places
        self._count = count
        self._generator = np.random.default_rng(seed)
        self._left = places[:0]

    def on_epoch_begin(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        while len(self._left) < self._count:
            again = self._generator.permutation(self._places)
            self._left = np.concatenate([self._left, again])
        self._table.set_order(self._left[: self._count])
        self._left = self._left[self._count :]


class Streamer(keras.callbacks.Callback):
    """Draws each epoch's cutoffs so that rows of a batch go on from the batch before."""

    def __init__(
        self,
        table: Streamable,
        streams: list[np.ndarray],
        num_batches: int,
        batch_size: int,
        seed: int,
    ) -> None:
        super().__init__()
        self._table = table
        self._streams = streams
        self._num_batches = num_batches
        self._batch_size = batch_size
        self._generator = np.random.default_rng(seed)

    def on_epoch_begin(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        cutoffs, begins = draw_lanes(
            self._streams, self._batch_size, self._num_batches, self._generator
        )
        self._table.set_order(cutoffs, begins)
