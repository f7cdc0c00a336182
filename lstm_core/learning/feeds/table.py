"""``Table``: a feed's numbers on the device, and how a batch is gathered from them."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np

from lstm_core.learning.ordering import Orderable, Shuffler


class Table(keras.layers.Layer):
    """Numbers that are not trained; each batch is gathered inside the compiled step.

    So a step costs no Python, and the order is the same on every engine. Where a subclass holds
    more than one run needs, it says so in ``load``.
    """

    def __init__(self, name: str) -> None:
        super().__init__(dtype="float32", name=name)
        self.built = True

    def load(self, feed: Any) -> None:
        """Replace the numbers by another feed's of the same size."""
        raise NotImplementedError

    def gather(self, places: Any, training: bool) -> dict[str, Any]:
        """Return a network's inputs by their names, for places, ``(batch,)`` int32."""
        raise NotImplementedError

    def run(self, network: keras.Model, places: Any, slots: Any, training: bool) -> Any:
        """Return what a network says of places, ``(batch,)``.

        Args:
            slots: where these stand in the epoch's order, ``(batch,)``; only in training.
        """
        inputs = self.choose_inputs(network, self.gather(places, training))
        return network(inputs, training=training)

    def choose_inputs(self, network: keras.Model, found: dict[str, Any]) -> list[Any]:
        """Put inputs by name into the order in which a network takes them."""
        return [found[given.name] for given in network.inputs]

    def make_order(
        self, learner: Orderable, places: np.ndarray, num_batches: int, batch_size: int, seed: int
    ) -> keras.callbacks.Callback:
        """Return what draws the order of each epoch."""
        return Shuffler(learner, places, num_batches * batch_size, seed)

    def set_begins(self, begins: np.ndarray | None, count: int) -> None:
        """Take down which of an epoch's places begin anew, where a state is carried."""

    def hold(self, values: np.ndarray, name: str, dtype: str = "float32") -> Any:
        """Return a variable with these values."""
        return self.add_weight(
            shape=values.shape,
            initializer=lambda *_, **__: values.astype(dtype, copy=False),
            trainable=False,
            name=name,
            dtype=dtype,
        )
