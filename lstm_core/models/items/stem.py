"""Layers that items go through before any that remembers."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
from keras import ops

from lstm_core.models.items.ends import is_inside


@keras.saving.register_keras_serializable("lstm_studio")
class AddPlaces(keras.layers.Layer):
    """Add a learnt vector for each place to ``(batch, steps, width)``.

    For items of one length, whose places mean something; beyond ``most`` the last one counts.
    """

    def __init__(self, most: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.most = most

    def build(self, input_shape: Any) -> None:
        self.places = self.add_weight(
            shape=(self.most, input_shape[-1]),
            initializer=keras.initializers.RandomNormal(stddev=0.05),
            name="places",
        )

    def call(self, steps: Any) -> Any:
        at = ops.minimum(ops.arange(ops.shape(steps)[1]), self.most - 1)
        return steps + ops.take(self.places, at, axis=0)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "most": self.most}


@keras.saving.register_keras_serializable("lstm_studio")
class MaskedBatchNormalization(keras.layers.BatchNormalization):
    """Level and spread of a batch, counted over the items' own steps alone.

    ``(batch, steps, width)`` and lengths to ``(batch, steps, width)``. Source: Ioffe and Szegedy,
    "Batch Normalization", ICML 2015.
    """

    def build(self, steps_shape: Any, lengths_shape: Any) -> None:
        super().build(steps_shape)

    def call(self, steps: Any, lengths: Any, training: bool | None = None) -> Any:
        own = is_inside(steps, lengths)
        quiet = ops.where(own, steps, ops.zeros_like(steps))
        return super().call(quiet, training=training, mask=own[..., 0])

    def compute_output_shape(self, steps_shape: Any, lengths_shape: Any) -> Any:
        return steps_shape


@keras.saving.register_keras_serializable("lstm_studio")
class GivenVectors(keras.initializers.Initializer):
    """Vectors that were learnt elsewhere: ``(tokens, width)`` float32."""

    def __init__(self, vectors: Any) -> None:
        self.vectors = np.asarray(vectors, dtype=np.float32)

    def __call__(self, shape: Any, dtype: Any = None, **kwargs: Any) -> Any:
        if tuple(shape) != self.vectors.shape:
            raise ValueError(f"vectors of shape {self.vectors.shape} where {tuple(shape)} is asked")
        return ops.convert_to_tensor(self.vectors, dtype=dtype)

    def get_config(self) -> dict[str, Any]:
        return {"vectors": self.vectors.tolist()}
