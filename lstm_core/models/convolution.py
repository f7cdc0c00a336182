"""Keras's convolutions, by another way to the same numbers where JAX computes on a CPU.

There a convolution inside a loop, as that of an epoch's batches is, goes through its numbers one
by one: of 64 items of 128 steps, 64 features wide, a step took .5 s, and takes .007 s as a product
of matrices. Outside of loops, and on other engines, the library's own is as quick.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import keras
from keras import ops

from lstm_core.engines.engine import is_on_cpu


@keras.saving.register_keras_serializable("lstm_studio")
class Conv1D(keras.layers.Conv1D):
    """``keras.layers.Conv1D``, one product of matrices where that is quicker."""

    def call(self, inputs: Any) -> Any:
        if not (_is_slow_in_loops() and self.groups == 1 and self.strides == (1,)):
            return super().call(inputs)
        found = convolve(inputs, self.kernel, self.padding, *self.dilation_rate)
        return self.activation(found if self.bias is None else found + self.bias)


@keras.saving.register_keras_serializable("lstm_studio")
class ConvLSTM1D(keras.layers.ConvLSTM1D):
    """``keras.layers.ConvLSTM1D``, likewise."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        cell = self.cell
        if _is_slow_in_loops() and (cell.strides, cell.dilation_rate) == ((1,), (1,)):
            cell.input_conv = _convolve_input
            cell.recurrent_conv = partial(_convolve_input, padding="same")


def convolve(steps: Any, kernel: Any, padding: str, dilation: int = 1) -> Any:
    """Return what Keras's ``conv`` does with a stride of 1.

    Args:
        steps: ``(batch, steps, width)``. ``kernel``: ``(size, width, filters)``.
        padding: ``"causal"``, ``"same"`` or ``"valid"``.

    Returns:
        ``(batch, steps, filters)``; with ``"valid"``, ``(size - 1) * dilation`` steps fewer.
    """
    size, width, filters = kernel.shape
    reach = (size - 1) * dilation
    before = {"causal": reach, "same": reach // 2, "valid": 0}[padding]
    behind = 0 if padding == "valid" else reach - before
    longer = ops.pad(steps, ((0, 0), (before, behind), (0, 0)))
    count = ops.shape(longer)[1] - reach
    seen = [longer[:, first : first + count] for first in range(0, reach + 1, dilation)]
    read = ops.concatenate(seen, axis=-1)  # (batch, steps, size * width)
    return ops.matmul(read, ops.reshape(kernel, (size * width, filters)))


def _convolve_input(steps: Any, kernel: Any, bias: Any = None, padding: str = "valid") -> Any:
    found = convolve(steps, kernel, padding)
    return found if bias is None else found + bias


def _is_slow_in_loops() -> bool:
    return keras.config.backend() == "jax" and is_on_cpu()
