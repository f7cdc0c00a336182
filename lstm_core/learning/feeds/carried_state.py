"""The recurrent state that goes on from one window to the next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import keras
import numpy as np
from keras import ops

from lstm_core.learning.feeds.windows import STATE

WARM_WINDOWS = 4
"""How many windows before the one to predict from bring the state up, as far as they exist."""


class CarriedState(keras.layers.Layer):
    """Holds a network's state between the steps of an epoch, and warms one up for a prediction.

    In training, row ``i`` of a batch goes on from row ``i`` of the batch before, with no gradient
    across; ``begins`` says where it does not. A prediction has no batch before it: its state
    comes from the windows before its own, so that it follows from its past alone.

    Args:
        network: one with inputs and outputs for its state.
        series: ``(rows,)`` the number of each row's series, ascending.
        lookback: rows in a window.
        batch_size: the most rows of a batch in training.
        num_places: the most windows of an epoch.
    """

    def __init__(
        self,
        network: keras.Model,
        series: np.ndarray,
        lookback: int,
        batch_size: int,
        num_places: int,
    ) -> None:
        super().__init__(dtype="float32", name="carried_state")
        self._lookback = lookback
        self._shapes = [tuple(given.shape[1:]) for given in list_states(network)]
        self._states = [
            self.add_weight((batch_size, *shape), initializer="zeros", trainable=False)
            for shape in self._shapes
        ]
        self._begins = self.add_weight((num_places,), initializer="ones", trainable=False)
        first_rows = np.searchsorted(series, series).astype(np.int32)
        self._first_rows = self.add_weight(
            first_rows.shape,
            initializer=lambda *_, **__: first_rows,
            trainable=False,
            dtype="int32",
        )
        self.built = True

    def set_begins(self, begins: np.ndarray) -> None:
        """Set which places of the next epoch, ``(n,)`` bool, begin with a state of zero."""
        room = self._begins.shape[0] - len(begins)
        self._begins.assign(np.pad(begins.astype(np.float32), (0, room)))

    def take(self, places: Any) -> list[Any]:
        """Return what the windows of a batch begin with, ``(batch, channels, units)`` each."""
        goes_on = 1.0 - ops.take(self._begins, places, axis=0)[:, None, None]
        num_rows = ops.shape(places)[0]
        return [state[:num_rows] * goes_on for state in self._states]

    def keep(self, ends: Sequence[Any]) -> None:
        """Hold what a batch has ended with, for the next one."""
        for state, end in zip(self._states, ends, strict=True):
            end = ops.stop_gradient(ops.cast(end, "float32"))
            state.assign(ops.slice_update(ops.convert_to_tensor(state), (0, 0, 0), end))

    def warm_up(self, cutoffs: Any, read: Callable[[Any, list[Any]], Sequence[Any]]) -> list[Any]:
        """Return the state before each window that ends at a cutoff, ``(batch,)``.

        Args:
            read: gives the state at the end of windows, from their cutoffs and what they begin
                with.
        """
        num_rows = ops.shape(cutoffs)[0]
        states: list[Any] = [ops.zeros((num_rows, *shape)) for shape in self._shapes]
        first_rows = ops.take(self._first_rows, cutoffs, axis=0)
        for number in range(WARM_WINDOWS, 0, -1):
            earlier = cutoffs - number * self._lookback
            exists = earlier - self._lookback + 1 >= first_rows
            ends = read(ops.where(exists, earlier, cutoffs), states)
            there = ops.cast(exists, "float32")[:, None, None]
            states = [ops.cast(end, "float32") * there for end in ends]
        return states


def list_states(network: keras.Model) -> list[keras.KerasTensor]:
    """Return the inputs of a network that are fed its state; none where it begins at zero."""
    return [given for given in network.inputs if given.name.startswith(STATE)]
