"""Units that are said by the same numbers that they are read by.

Sources: Press and Wolf, "Using the Output Embedding to Improve Language Models", EACL 2017; Inan,
Khosravi and Socher, "Tying Word Vectors and Word Classifiers", ICLR 2017.
"""

from __future__ import annotations

from typing import Any

import keras
from keras import ops


@keras.saving.register_keras_serializable("lstm_studio")
class UnitVectors(keras.layers.Layer):
    """The vectors of all units, ``(units, width)``, whatever text it is called on."""

    def __init__(self, count: int, width: int, spread: float = 0.1, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.count = count
        self.width = width
        self.spread = spread

    def build(self, units_shape: Any) -> None:
        begin = keras.initializers.RandomUniform(-self.spread, self.spread)
        self.vectors = self.add_weight((self.count, self.width), begin, name="vectors")

    def call(self, units: Any) -> Any:
        return ops.convert_to_tensor(self.vectors)

    def compute_output_spec(self, units: Any) -> Any:
        return keras.KerasTensor((self.count, self.width), self.compute_dtype)

    def get_config(self) -> dict[str, Any]:
        own = {"count": self.count, "width": self.width, "spread": self.spread}
        return {**super().get_config(), **own}


@keras.saving.register_keras_serializable("lstm_studio")
class LookUpUnits(keras.layers.Layer):
    """Units, ``(batch, steps)``, and all vectors to ``(batch, steps, width)``."""

    def call(self, units: Any, vectors: Any) -> Any:
        return ops.take(vectors, units, axis=0)

    def compute_output_spec(self, units: Any, vectors: Any) -> Any:
        return keras.KerasTensor((*units.shape, vectors.shape[-1]), vectors.dtype)


@keras.saving.register_keras_serializable("lstm_studio")
class MatchUnits(keras.layers.Layer):
    """What speaks for each unit: ``(batch, steps, width)`` and all vectors to ``(..., units)``."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "dtype": "float32"})  # whatever the layers compute in

    def build(self, steps_shape: Any, vectors_shape: Any) -> None:
        self.bias = self.add_weight((vectors_shape[0],), "zeros", name="bias")

    def call(self, steps: Any, vectors: Any) -> Any:
        steps, vectors = ops.cast(steps, "float32"), ops.cast(vectors, "float32")
        return ops.matmul(steps, ops.transpose(vectors)) + self.bias

    def compute_output_spec(self, steps: Any, vectors: Any) -> Any:
        return keras.KerasTensor((*steps.shape[:-1], vectors.shape[0]), "float32")
