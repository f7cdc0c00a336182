"""The segment LSTM's encoder: whole segments of the window are its steps.

Source: Lin et al., "SegRNN: Segment Recurrent Neural Network for Long-Term Time Series
Forecasting", arXiv:2308.11200 (2023). A window of 336 steps in segments of 24 is 14 steps for
the LSTM, which forgets less and is faster for it.
"""

from __future__ import annotations

import keras

from lstm_core.models.recurrent import make_regularizer
from lstm_core.spec import ModelSpec


def build_segment_lstm(spec: ModelSpec, window: keras.KerasTensor) -> keras.KerasTensor:
    """Read a window segment by segment.

    Args:
        spec: with ``segment``, ``units`` and ``num_layers``.
        window: ``(batch, lookback, features)``; the oldest steps that fill no whole segment are
            left out.

    Returns:
        ``(batch, 2 * units)``: the LSTM's output and its cell state, side by side, from which
        the decoder goes on.
    """
    lookback, features = window.shape[1:]
    length = min(spec.segment or 1, lookback)
    count = lookback // length
    assert spec.units is not None
    segments = window[:, lookback - count * length :, :]
    steps = keras.layers.Reshape((count, length * features), name="segments")(segments)
    steps = keras.layers.Dense(
        spec.units, activation="relu", kernel_regularizer=make_regularizer(spec), name="embed"
    )(steps)
    for number in range(spec.num_layers):
        is_last = number == spec.num_layers - 1
        outputs = keras.layers.LSTM(
            spec.units,
            return_sequences=not is_last,
            return_state=is_last,
            dropout=spec.dropout,
            kernel_regularizer=make_regularizer(spec),
            recurrent_regularizer=make_regularizer(spec),
            unroll=unrolls_faster(count),
        )(steps)
        steps = outputs[1:] if is_last else outputs
    return keras.layers.Concatenate(name="state")(steps)


def unrolls_faster(num_steps: int) -> bool:
    """Whether a loop of few steps is faster written out: yes, where there is no cuDNN kernel."""
    device = keras.distribution.list_devices()[0]
    return num_steps <= _MOST_UNROLLED and device.lower().startswith("cpu")


_MOST_UNROLLED = 16
