"""Attention: what a decoder finds of what is given, while it says something else."""

from __future__ import annotations

import math
from typing import Any

import keras
from keras import ops

_FAR_BELOW = -1e9


@keras.saving.register_keras_serializable("lstm_studio")
class LookBack(keras.layers.Layer):
    """What each step of a decoder finds, and how much each step of what is given counts.

    States, ``(batch, steps, width)``, memory, ``(batch, given, width)``, and the lengths of what is
    given, ``(batch,)``, to what is found, ``(batch, steps, width)``, and weights, ``(batch, steps,
    given)``, each step's summing to 1. A step is found by itself, so all steps of a sentence are
    looked up in two products of matrices.

    Args:
        kind: ``dot``: Luong, Pham and Manning, "Effective Approaches to Attention-based Neural
            Machine Translation", EMNLP 2015, scaled by the width; ``additive``: Bahdanau, Cho and
            Bengio, "Neural Machine Translation by Jointly Learning to Align and Translate", ICLR
            2015.
    """

    def __init__(self, kind: str = "dot", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.kind = kind

    def build(self, states_shape: Any, memory_shape: Any, lengths_shape: Any) -> None:
        if self.kind == "additive":
            width = states_shape[-1]
            self.turn = self.add_weight((width, width), "glorot_uniform", name="turn")
            self.bias = self.add_weight((width,), "zeros", name="bias")
            self.weigh = self.add_weight((width, 1), "glorot_uniform", name="weigh")

    def call(self, states: Any, memory: Any, lengths: Any) -> Any:
        if self.kind == "additive":
            turned = ops.matmul(states, self.turn) + self.bias
            both = ops.tanh(turned[:, :, None, :] + memory[:, None, :, :])
            scores = ops.matmul(both, self.weigh)[..., 0]  # (batch, steps, given)
        else:
            scores = ops.matmul(states, ops.transpose(memory, (0, 2, 1)))
            scores = scores / math.sqrt(states.shape[-1])
        scores = ops.cast(scores, "float32")
        given = ops.arange(ops.shape(memory)[1], dtype="int32")
        inside = (given[None, :] < lengths[:, None])[:, None, :]
        weights = ops.softmax(ops.where(inside, scores, _FAR_BELOW), axis=-1)
        return ops.matmul(ops.cast(weights, memory.dtype), memory), weights

    def compute_output_spec(self, states: Any, memory: Any, lengths: Any) -> Any:
        found = keras.KerasTensor(states.shape, states.dtype)
        weights = keras.KerasTensor((*states.shape[:-1], memory.shape[1]), "float32")
        return found, weights

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "kind": self.kind}
