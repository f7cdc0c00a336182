"""Layers that look at all steps of a sequence at once."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
from keras import ops


@keras.saving.register_keras_serializable("lstm_studio")
class AttentionPooling(keras.layers.Layer):
    """Weigh the steps of a sequence by what its last step asks for.

    Input ``(batch, steps, width)``; output ``(batch, 2 * width)``: the weighted mean of the
    steps, then the last one. ``weigh`` gives the weights themselves. Sources: additive,
    ``v tanh(W h + U q)``, Bahdanau et al., "Neural Machine Translation by Jointly Learning to
    Align and Translate", ICLR 2015; dot, ``h W q``, Luong et al., "Effective Approaches to
    Attention-based Neural Machine Translation", EMNLP 2015.
    """

    def __init__(
        self,
        score: str,
        kernel_initializer: Any = "glorot_uniform",
        kernel_regularizer: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.score = score
        self.kernel_initializer = keras.initializers.get(kernel_initializer)
        self.kernel_regularizer = keras.regularizers.get(kernel_regularizer)

    def build(self, input_shape: Any) -> None:
        width = input_shape[-1]
        self.query = self._draw("query", (width, width))
        if self.score == "additive":
            self.key = self._draw("key", (width, width))
            self.value = self._draw("value", (width, 1))

    def _draw(self, name: str, shape: tuple[int, int]) -> Any:
        return self.add_weight(
            shape=shape,
            # One initializer would draw the same values each time.
            initializer=self.kernel_initializer.clone(),
            regularizer=self.kernel_regularizer,
            name=name,
        )

    def weigh(self, steps: Any) -> Any:
        """Return how much each step counts, ``(batch, steps)``; they add up to 1."""
        asked = ops.matmul(steps[:, -1:, :], self.query)  # (batch, 1, width)
        if self.score == "additive":
            scores = ops.matmul(ops.tanh(ops.matmul(steps, self.key) + asked), self.value)[..., 0]
        else:
            scores = ops.sum(steps * asked, axis=-1)
        return ops.softmax(scores, axis=-1)

    def call(self, steps: Any) -> Any:
        weights = ops.expand_dims(self.weigh(steps), -1)
        return ops.concatenate([ops.sum(weights * steps, axis=1), steps[:, -1, :]], axis=-1)

    def compute_output_shape(self, input_shape: Any) -> Any:
        return (input_shape[0], 2 * input_shape[-1])

    def get_config(self) -> dict[str, Any]:
        return {
            **super().get_config(),
            "score": self.score,
            "kernel_initializer": keras.initializers.serialize(self.kernel_initializer),
            "kernel_regularizer": keras.regularizers.serialize(self.kernel_regularizer),
        }


@keras.saving.register_keras_serializable("lstm_studio")
class AddPosition(keras.layers.Layer):
    """Add sines and cosines that tell the steps of ``(batch, steps, width)`` apart.

    Source: Vaswani et al., "Attention Is All You Need", NeurIPS 2017, section 3.5.
    """

    def call(self, steps: Any) -> Any:
        waves = make_waves(steps.shape[1], steps.shape[2])
        return steps + ops.cast(ops.convert_to_tensor(waves), steps.dtype)


def make_waves(num_steps: int, width: int) -> np.ndarray:
    """Return ``(num_steps, width)`` float32: sines at even places, cosines at odd ones."""
    places = np.arange(width)
    angles = np.arange(num_steps)[:, None] / 10_000.0 ** (2 * (places // 2) / width)
    waves: np.ndarray = np.where(places % 2 == 0, np.sin(angles), np.cos(angles))
    return waves.astype(np.float32)
