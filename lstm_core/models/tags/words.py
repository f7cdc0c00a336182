"""Layers that read words letter by letter: each word of each sentence is a sequence of its own."""

from __future__ import annotations

from typing import Any

import keras
from keras import ops


@keras.saving.register_keras_serializable("lstm_studio")
class LineUpWords(keras.layers.Layer):
    """All sentences' words one behind another: ``(batch, steps, most)`` to ``(words, most)``."""

    def call(self, letters: Any) -> Any:
        return ops.reshape(letters, (-1, letters.shape[-1]))

    def compute_output_shape(self, letters_shape: Any) -> Any:
        return (None, letters_shape[-1])


@keras.saving.register_keras_serializable("lstm_studio")
class CountLetters(keras.layers.Layer):
    """How many letters each word has, ``(words,)`` int32, of ``(words, most)``: at least one."""

    def call(self, letters: Any) -> Any:
        counts = ops.sum(ops.cast(letters > 0, "int32"), axis=-1)
        return ops.maximum(counts, 1)

    def compute_output_spec(self, letters: Any) -> Any:
        return keras.KerasTensor(letters.shape[:-1], "int32")


@keras.saving.register_keras_serializable("lstm_studio")
class GiveBackWords(keras.layers.Layer):
    """What words were summed up in, ``(words, width)``, to ``(batch, steps, width)``.

    Takes ``(batch, steps, most)``, the letters as they were, as well.
    """

    def call(self, found: Any, letters: Any) -> Any:
        batch, steps = ops.shape(letters)[0], ops.shape(letters)[1]
        return ops.reshape(found, (batch, steps, found.shape[-1]))

    def compute_output_shape(self, found_shape: Any, letters_shape: Any) -> Any:
        return (letters_shape[0], letters_shape[1], found_shape[-1])
