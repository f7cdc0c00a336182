"""Layers that know where each item ends, and keep as many steps as there are."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
from keras import ops


def is_inside(steps: Any, lengths: Any) -> Any:
    """Return whether a step belongs to its item, ``(batch, steps, 1)``."""
    places = ops.arange(ops.shape(steps)[1], dtype="int32")
    return ops.expand_dims(places < ops.expand_dims(lengths, -1), -1)


@keras.saving.register_keras_serializable("lstm_studio")
class Silence(keras.layers.Layer):
    """Zeros behind each item's end, as a convolution finds them beyond the end of one alone.

    ``(batch, steps, width)`` and lengths to ``(batch, steps + more, width)``; ``more``: zeros
    behind all that, so that a pattern fits that is longer than the item.
    """

    def __init__(self, more: int = 0, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.more = more

    def call(self, steps: Any, lengths: Any) -> Any:
        own = ops.where(is_inside(steps, lengths), steps, ops.zeros_like(steps))
        return ops.pad(own, ((0, 0), (0, self.more), (0, 0))) if self.more else own

    def compute_output_shape(self, steps_shape: Any, lengths_shape: Any) -> Any:
        batch, count, width = steps_shape
        return (batch, None if count is None else count + self.more, width)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "more": self.more}


@keras.saving.register_keras_serializable("lstm_studio")
class Reverse(keras.layers.Layer):
    """Each item backwards from its own end; what lies behind the end stays there.

    ``(batch, steps, width)`` and lengths to ``(batch, steps, width)``.
    """

    def call(self, steps: Any, lengths: Any) -> Any:
        places = ops.expand_dims(ops.arange(ops.shape(steps)[1], dtype="int32"), 0)
        ends = ops.expand_dims(ops.cast(lengths, "int32"), -1)
        back = ops.where(places < ends, ends - 1 - places, places)  # (batch, steps)
        return ops.take_along_axis(steps, ops.expand_dims(back, -1), axis=1)

    def compute_output_shape(self, steps_shape: Any, lengths_shape: Any) -> Any:
        return steps_shape


@keras.saving.register_keras_serializable("lstm_studio")
class MaskAttention(keras.layers.Layer):
    """Which steps may be looked at: an item's own, whoever asks.

    ``(batch, steps, width)`` and lengths to ``(batch, 1, steps)`` bool.
    """

    def call(self, steps: Any, lengths: Any) -> Any:
        return ops.transpose(is_inside(steps, lengths), (0, 2, 1))

    def compute_output_spec(self, steps: Any, lengths: Any) -> Any:
        return keras.KerasTensor((steps.shape[0], 1, steps.shape[1]), "bool")


@keras.saving.register_keras_serializable("lstm_studio")
class AddWaves(keras.layers.Layer):
    """Add sines and cosines that tell how far a step of ``(batch, steps, width)`` is in.

    As ``AddPosition`` does, for as many steps as there happen to be. Source: Vaswani et al.,
    "Attention Is All You Need", NeurIPS 2017, section 3.5.
    """

    def call(self, steps: Any) -> Any:
        at = np.arange(steps.shape[-1])
        rates = (1.0 / 10_000.0 ** (2 * (at // 2) / len(at))).astype("float32")
        places = ops.cast(ops.arange(ops.shape(steps)[1]), "float32")
        angles = ops.expand_dims(places, -1) * ops.convert_to_tensor(rates)
        is_even = ops.convert_to_tensor(at % 2 == 0)
        waves = ops.where(is_even, ops.sin(angles), ops.cos(angles))
        return steps + ops.cast(waves, steps.dtype)
