"""Layers of the decoders that Keras does not bring."""

from __future__ import annotations

from typing import Any

import keras
from keras import ops


@keras.saving.register_keras_serializable("lstm_studio")
class SegmentQuery(keras.layers.Layer):
    """What each horizon segment asks with: an embedding of its place, and one of its series.

    Input ``[state, who]`` or ``[state]``; output ``(batch, segments, units)``.
    """

    def __init__(self, count: int, units: int, num_identities: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.count = count
        self.units = units
        self.num_identities = num_identities

    def build(self, input_shape: Any) -> None:
        shared = self.units if not self.num_identities else self.units - self.units // 2
        self.places = self.add_weight(
            shape=(self.count, shared), initializer="random_normal", name="places"
        )
        if self.num_identities:
            self.identities = self.add_weight(
                shape=(self.num_identities, self.units // 2),
                initializer="random_normal",
                name="identities",
            )

    def call(self, inputs: list[Any]) -> Any:
        num_windows = ops.shape(inputs[0])[0]
        places = ops.tile(ops.expand_dims(self.places, 0), (num_windows, 1, 1))
        if not self.num_identities:
            return places
        own = ops.expand_dims(ops.take(self.identities, inputs[1], axis=0), 1)
        return ops.concatenate([places, ops.tile(own, (1, self.count, 1))], axis=-1)

    def compute_output_shape(self, input_shape: Any) -> Any:
        return (input_shape[0][0], self.count, self.units)

    def get_config(self) -> dict[str, Any]:
        return {
            **super().get_config(),
            "count": self.count,
            "units": self.units,
            "num_identities": self.num_identities,
        }


@keras.saving.register_keras_serializable("lstm_studio")
class RepeatState(keras.layers.Layer):
    """Hand each segment the state: ``(batch, units)`` to ``(batch * count, units)``."""

    def __init__(self, count: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.count = count

    def call(self, state: keras.KerasTensor) -> Any:
        return ops.repeat(state, self.count, axis=0)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "count": self.count}


@keras.saving.register_keras_serializable("lstm_studio")
class FlattenSegments(keras.layers.Layer):
    """``(batch, segments, units)`` to ``(batch * segments, 1, units)``."""

    def call(self, query: keras.KerasTensor) -> Any:
        return ops.reshape(query, (-1, 1, query.shape[-1]))


@keras.saving.register_keras_serializable("lstm_studio")
class SplitSegments(keras.layers.Layer):
    """``(batch * segments, units)`` to ``(batch, segments, units)``."""

    def __init__(self, count: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.count = count

    def call(self, decoded: keras.KerasTensor) -> Any:
        return ops.reshape(decoded, (-1, self.count, decoded.shape[-1]))

    def compute_output_shape(self, input_shape: Any) -> Any:
        # Said, because JAX can't know that an open number of rows divides by the count.
        num_rows, units = input_shape
        return (None if num_rows is None else num_rows // self.count, self.count, units)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "count": self.count}


@keras.saving.register_keras_serializable("lstm_studio")
class StopGradient(keras.layers.Layer):
    """The same values, from which nothing before learns."""

    def call(self, values: keras.KerasTensor) -> Any:
        return ops.stop_gradient(values)
