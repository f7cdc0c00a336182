"""Recurrent cells that Keras does not bring; each runs in ``keras.layers.RNN``.

Both keep Keras's order of gates, ``[input, forget, cell, output]``, and its dropout masks: one
mask for all steps of a window.
"""

from __future__ import annotations

from typing import Any

import keras
from keras import ops


@keras.saving.register_keras_serializable("lstm_studio")
class ForgetBias(keras.initializers.Initializer):
    """Zeros for a gate vector ``(4 * units,)``, but for the forget gate's share of it."""

    def __init__(self, value: float) -> None:
        self.value = value

    def __call__(self, shape: Any, dtype: Any = None, **kwargs: Any) -> Any:
        units = shape[0] // 4
        rest = ops.zeros((units,), dtype)
        return ops.concatenate([rest, ops.full((units,), self.value, dtype), rest, rest])

    def get_config(self) -> dict[str, Any]:
        return {"value": self.value}


@keras.saving.register_keras_serializable("lstm_studio")
class PeepholeLSTMCell(keras.layers.LSTMCell):
    """An LSTM cell whose gates see the cell state, each unit its own.

    ``p_i`` and ``p_f`` see the state before the step, ``p_o`` the one after it. Source: Gers and
    Schmidhuber, "Recurrent Nets that Time and Count", IJCNN 2000.
    """

    def build(self, input_shape: Any) -> None:
        super().build(input_shape)
        self.peepholes = self.add_weight(
            shape=(3, self.units), initializer="zeros", name="peepholes"
        )

    def call(self, inputs: Any, states: list[Any], training: bool = False) -> tuple[Any, list[Any]]:
        output, cell = states  # each (batch, units)
        if training and self.dropout > 0:
            inputs = inputs * _first(self.get_dropout_mask(inputs))
        if training and self.recurrent_dropout > 0:
            output = output * _first(self.get_recurrent_dropout_mask(output))
        sums = (
            ops.matmul(inputs, self.kernel) + ops.matmul(output, self.recurrent_kernel) + self.bias
        )
        new, keep, value, out = ops.split(sums, 4, axis=-1)
        new = self.recurrent_activation(new + self.peepholes[0] * cell)
        keep = self.recurrent_activation(keep + self.peepholes[1] * cell)
        cell = keep * cell + new * self.activation(value)
        out = self.recurrent_activation(out + self.peepholes[2] * cell)
        output = out * self.activation(cell)
        return output, [output, cell]


@keras.saving.register_keras_serializable("lstm_studio")
class SLSTMCell(keras.layers.LSTMCell):
    """The scalar LSTM cell of xLSTM: exponential gates, a normaliser and a stabiliser.

    The state is ``[output, cell, normaliser, stabiliser]``, each ``(batch, units)``; heads see
    only their own part of the output. Source: Beck et al., "xLSTM: Extended Long Short-Term
    Memory", NeurIPS 2024, equations 8 to 17.
    """

    def __init__(
        self, units: int, heads: int = 1, forget_gate: str = "sigmoid", **kwargs: Any
    ) -> None:
        super().__init__(units, **kwargs)
        self.heads = heads
        self.forget_gate = forget_gate
        self.state_size = [units] * 4

    def build(self, input_shape: Any) -> None:
        each = self.units // self.heads
        self.kernel = self.add_weight(
            shape=(input_shape[-1], 4 * self.units),
            initializer=self.kernel_initializer,
            regularizer=self.kernel_regularizer,
            name="kernel",
        )
        self.recurrent_kernel = self.add_weight(
            shape=(self.heads, each, 4 * each),
            initializer=self._draw_heads,
            regularizer=self.recurrent_regularizer,
            name="recurrent_kernel",
        )
        self.bias = self.add_weight(
            shape=(4 * self.units,), initializer=self.bias_initializer, name="bias"
        )
        self.built = True

    def _draw_heads(self, shape: Any, dtype: Any = None, **kwargs: Any) -> Any:
        # One initializer would draw the same values for each head.
        draws = [self.recurrent_initializer.clone() for _ in range(shape[0])]
        return ops.stack([draw(shape[1:], dtype) for draw in draws])

    def call(self, inputs: Any, states: list[Any], training: bool = False) -> tuple[Any, list[Any]]:
        output, cell, normaliser, stabiliser = states  # each (batch, units)
        if training and self.dropout > 0:
            inputs = inputs * _first(self.get_dropout_mask(inputs))
        if training and self.recurrent_dropout > 0:
            output = output * _first(self.get_recurrent_dropout_mask(output))
        sums = ops.matmul(inputs, self.kernel) + self._recur(output) + self.bias
        new, keep, value, out = ops.split(sums, 4, axis=-1)
        if self.forget_gate == "sigmoid":
            keep = -ops.softplus(-keep)  # the gate's logarithm
        top = ops.maximum(keep + stabiliser, new)
        new = ops.exp(new - top)
        keep = ops.exp(keep + stabiliser - top)
        cell = keep * cell + new * self.activation(value)
        normaliser = keep * normaliser + new
        output = self.recurrent_activation(out) * cell / normaliser
        return output, [output, cell, normaliser, top]

    def _recur(self, output: Any) -> Any:
        """``(batch, units)`` to the gates' sums ``(batch, 4 * units)``, head by head."""
        if self.heads == 1:
            return ops.matmul(output, self.recurrent_kernel[0])
        each = self.units // self.heads
        heads = ops.reshape(output, (-1, self.heads, each))
        sums = ops.einsum("bhi,hio->bho", heads, self.recurrent_kernel)
        gates = ops.reshape(sums, (-1, self.heads, 4, each))
        return ops.reshape(ops.transpose(gates, (0, 2, 1, 3)), (-1, 4 * self.units))

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "heads": self.heads, "forget_gate": self.forget_gate}


def _first(masks: Any) -> Any:
    """Return one mask for all gates; Keras keeps four where the state is dropped as well."""
    return masks[0] if isinstance(masks, list) else masks
