"""Keras's LSTM, with its steps in one operation where TensorFlow has one for them.

On a CPU, TensorFlow runs the steps of Keras's layer one operation at a time; its ``BlockLSTMV2``
does all steps of a window at once. The weights are Keras's own, and so are the numbers, to the last
digits of float32. On a GPU, Keras takes cuDNN's kernel itself.
"""

from __future__ import annotations

from typing import Any

import keras

_FUSED = ("float16", "float32")
"""What the operation computes in."""


@keras.saving.register_keras_serializable("lstm_studio")
class LSTM(keras.layers.LSTM):
    """``keras.layers.LSTM`` by another way through its steps."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self._is_standard and computes_fused():
            self.unroll = False  # there is no loop to write out
            self.supports_jit = False  # XLA has no such operation

    def inner_loop(
        self, sequences: Any, initial_state: Any, mask: Any, training: bool = False
    ) -> Any:
        if mask is not None or not self._is_standard or not computes_fused():
            return super().inner_loop(sequences, initial_state, mask, training=training)
        if training and self.dropout:
            # One mask for all steps of a window, as Keras's cell draws it.
            sequences = sequences * self.cell.get_dropout_mask(sequences[:, 0, :])[:, None, :]
        return self._run_fused(sequences, *initial_state)

    @property
    def _is_standard(self) -> bool:
        """Whether the cell is the one that the operation computes."""
        return (
            self.activation is keras.activations.tanh
            and self.recurrent_activation is keras.activations.sigmoid
            and self.use_bias
            and not self.recurrent_dropout
            and self.compute_dtype in _FUSED
        )

    def _run_fused(self, sequences: Any, state: Any, cell_state: Any) -> Any:
        import tensorflow as tf

        def cast(values: Any) -> Any:
            return tf.cast(values, self.compute_dtype)

        by_step = tf.transpose(cast(sequences), (1, 0, 2))
        if self.go_backwards:
            by_step = tf.reverse(by_step, (0,))
        weights = tf.concat([cast(self.cell.kernel), cast(self.cell.recurrent_kernel)], axis=0)
        cells, states = _go_through(
            by_step, cast(cell_state), cast(state), weights, cast(self.cell.bias)
        )
        last = states[-1]
        outputs = tf.transpose(states, (1, 0, 2)) if self.return_sequences else last[:, None, :]
        return last, outputs, [last, cells[-1]]


def computes_fused() -> bool:
    """Whether TensorFlow computes, and on a CPU."""
    if keras.config.backend() != "tensorflow":
        return False
    return keras.distribution.list_devices()[0].lower().startswith("cpu")


def _go_through(
    inputs: Any, cell_state: Any, state: Any, weights: Any, bias: Any
) -> tuple[Any, Any]:
    """Go through all steps at once.

    Args:
        inputs: ``(steps, batch, features)``. ``cell_state, state``: ``(batch, units)``.
        weights: ``(features + units, 4 * units)``. ``bias``: ``(4 * units,)``.

    Returns:
        Cell states and states after each step, ``(steps, batch, units)`` each.
    """
    import tensorflow as tf

    unused = tf.zeros_like(bias[: bias.shape[0] // 4])
    beside = {
        "seq_len_max": tf.shape(inputs, tf.int64)[0],
        **dict.fromkeys(("wci", "wcf", "wco"), unused),
        "use_peephole": False,
    }

    # The gradient that TensorFlow registers for it is the first version's, whose gates lie in
    # another order; see ``BlockLSTMGradV2`` in its ``rnn_grad.py``.
    @tf.custom_gradient
    def go(x: Any, cs_prev: Any, h_prev: Any, w: Any, b: Any) -> Any:
        given = {"x": x, "cs_prev": cs_prev, "h_prev": h_prev, "w": w, "b": b, **beside}
        found = tf.raw_ops.BlockLSTMV2(**given, cell_clip=0.0)

        def go_back(cs_grad: Any, h_grad: Any) -> Any:
            made = {name: getattr(found, name) for name in ("i", "cs", "f", "o", "ci", "co", "h")}
            back = tf.raw_ops.BlockLSTMGradV2(**given, **made, cs_grad=cs_grad, h_grad=h_grad)
            return back.x_grad, back.cs_prev_grad, back.h_prev_grad, back.w_grad, back.b_grad

        return (found.cs, found.h), go_back

    cells, states = go(inputs, cell_state, state, weights, bias)
    return cells, states
