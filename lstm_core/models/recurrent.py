"""Encoders made of Keras's own recurrent layers.

All stay on the fast (cuDNN) path: tanh and sigmoid, no recurrent dropout, no unrolling.
LSTM: Hochreiter and Schmidhuber, "Long Short-Term Memory", Neural Computation 9 (1997), with
the forget gate of Gers et al. (2000). Bidirectional: Schuster and Paliwal (1997). GRU: Cho et
al. (2014).
"""

from __future__ import annotations

from typing import Any

import keras

from lstm_core.spec import ModelSpec


def build_lstm(spec: ModelSpec, window: keras.KerasTensor) -> keras.KerasTensor:
    """One or more LSTM layers; ``(batch, lookback, features)`` to ``(batch, units)``."""
    return _stack(spec, window, lambda **options: keras.layers.LSTM(**options))


def build_gru(spec: ModelSpec, window: keras.KerasTensor) -> keras.KerasTensor:
    """One or more GRU layers; ``(batch, lookback, features)`` to ``(batch, units)``."""
    return _stack(spec, window, lambda **options: keras.layers.GRU(**options))


def build_bidirectional(spec: ModelSpec, window: keras.KerasTensor) -> keras.KerasTensor:
    """LSTM layers read both ways, joined; ``(batch, ...)`` to ``(batch, 2 * units)``."""
    return _stack(
        spec,
        window,
        lambda **options: keras.layers.Bidirectional(
            keras.layers.LSTM(**options), merge_mode="concat"
        ),
    )


def _stack(spec: ModelSpec, window: keras.KerasTensor, make_layer: Any) -> keras.KerasTensor:
    states = window
    for number in range(spec.num_layers):
        states = make_layer(
            units=spec.units,
            return_sequences=number < spec.num_layers - 1,
            dropout=spec.dropout,
            kernel_regularizer=make_regularizer(spec),
            recurrent_regularizer=make_regularizer(spec),
        )(states)
    return states


def make_regularizer(spec: ModelSpec) -> keras.regularizers.Regularizer | None:
    if spec.l1 == 0 and spec.l2 == 0:
        return None
    return keras.regularizers.L1L2(l1=spec.l1, l2=spec.l2)
