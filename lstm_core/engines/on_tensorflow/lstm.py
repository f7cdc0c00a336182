"""All steps of an LSTM in one operation."""

from __future__ import annotations

from typing import Any

import tensorflow as tf


def run_lstm(
    inputs: Any, state: Any, cell_state: Any, weights: tuple[Any, Any, Any]
) -> tuple[Any, Any]:
    """Go through all steps of windows by ``BlockLSTMV2``.

    Args:
        inputs: ``(batch, steps, features)``. ``state, cell_state``: ``(batch, units)`` before them.
        weights: as Keras's cell keeps them: ``(features, 4 * units)``, ``(units, 4 * units)`` and
            ``(4 * units,)``, the gates in the order input, forget, new, output.

    Returns:
        States and cell states after each step, ``(steps, batch, units)`` each.
    """
    kernel, recurrent_kernel, bias = weights
    if inputs.shape[-1] % 2:  # its kernel is slow, and logs as much, where this and a batch are odd
        inputs = tf.pad(inputs, ((0, 0), (0, 0), (0, 1)))
        kernel = tf.pad(kernel, ((0, 1), (0, 0)))
    unused = tf.zeros_like(bias[: bias.shape[0] // 4])
    beside = {
        "seq_len_max": tf.shape(inputs, tf.int64)[1],
        **dict.fromkeys(("wci", "wcf", "wco"), unused),
        "use_peephole": False,
    }

    # The gradient that TensorFlow 2 registers for it is that of ``BlockLSTM``, whose gates lie in
    # another order: it is wrong, and nothing says so.
    @tf.custom_gradient
    def go(x: Any, cs_prev: Any, h_prev: Any, w: Any, b: Any) -> Any:
        given = {"x": x, "cs_prev": cs_prev, "h_prev": h_prev, "w": w, "b": b, **beside}
        found = tf.raw_ops.BlockLSTMV2(**given, cell_clip=0.0)

        def go_back(h_grad: Any, cs_grad: Any) -> Any:
            made = {name: getattr(found, name) for name in ("i", "cs", "f", "o", "ci", "co", "h")}
            back = tf.raw_ops.BlockLSTMGradV2(**given, **made, cs_grad=cs_grad, h_grad=h_grad)
            return back.x_grad, back.cs_prev_grad, back.h_prev_grad, back.w_grad, back.b_grad

        return (found.h, found.cs), go_back

    by_step = tf.transpose(inputs, (1, 0, 2))
    states, cells = go(by_step, cell_state, state, tf.concat([kernel, recurrent_kernel], 0), bias)
    return states, cells
