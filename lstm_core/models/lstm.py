"""Keras's LSTM, by another way through its steps where TensorFlow computes on a CPU.

There Keras's layer calls one operation after another for each step. The weights are Keras's own,
and so are the numbers, to the last digits of float32. On a GPU, Keras takes cuDNN's kernel itself.
"""

from __future__ import annotations

from typing import Any

import keras
from keras import ops

from lstm_core.engines.engine import is_tensorflow_on_cpu

_COMPUTED_IN = ("float16", "float32")


@keras.saving.register_keras_serializable("lstm_studio")
class LSTM(keras.layers.LSTM):
    """``keras.layers.LSTM``, all steps at once where that can be."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._runs_at_once = is_tensorflow_on_cpu() and self._is_standard()
        if self._runs_at_once:
            self.unroll = False  # there is no loop to write out
            self.supports_jit = False  # XLA has no such operation

    def _is_standard(self) -> bool:
        return (
            self.activation is keras.activations.tanh
            and self.recurrent_activation is keras.activations.sigmoid
            and self.use_bias
            and not self.recurrent_dropout
            and self.compute_dtype in _COMPUTED_IN
        )

    def inner_loop(
        self, sequences: Any, initial_state: Any, mask: Any, training: bool = False
    ) -> Any:
        if mask is not None or not self._runs_at_once:
            return super().inner_loop(sequences, initial_state, mask, training=training)
        from lstm_core.engines.on_tensorflow.lstm import run_lstm

        if training and self.dropout:
            # One mask for all steps of a window, as Keras's cell draws it.
            sequences = sequences * self.cell.get_dropout_mask(sequences[:, 0, :])[:, None, :]
        if self.go_backwards:
            sequences = ops.flip(sequences, axis=1)
        given = sequences, *initial_state
        kept = self.cell.kernel, self.cell.recurrent_kernel, self.cell.bias
        inputs, state, cell_state, *weights = (
            ops.cast(each, self.compute_dtype) for each in (*given, *kept)
        )
        states, cells = run_lstm(inputs, state, cell_state, tuple(weights))
        last = states[-1]
        outputs = ops.transpose(states, (1, 0, 2)) if self.return_sequences else last[:, None, :]
        return last, outputs, [last, cells[-1]]
