"""The forecasting network: what stands before and behind the encoder.

``window -> normalise -> encoder -> head -> restore -> prediction``. The head is direct: all
horizon steps come out at once, so no error is fed back.
"""

from __future__ import annotations

from typing import Any

import keras
from keras import ops

from lstm_core.tasks.base import Encode, ExampleShape

FUTURE_WIDTH = 8
"""What the head hands each horizon step, beside its known-future covariates."""


@keras.saving.register_keras_serializable("lstm_studio")
class NormaliseWindow(keras.layers.Layer):
    """Take the window's own level, and its spread where asked, from the targets.

    Input ``(batch, lookback, features)``, targets first. Output: the same with normalised
    targets, then offset and scale, each ``(batch, 1, targets)``. Source: Kim et al.,
    "Reversible Instance Normalization", ICLR 2022; the last value as in Zeng et al., "Are
    Transformers Effective for Time Series Forecasting?", AAAI 2023.
    """

    def __init__(self, num_targets: int, kind: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.num_targets = num_targets
        self.kind = kind

    def call(self, window: keras.KerasTensor) -> tuple[Any, Any, Any]:
        targets = window[:, :, : self.num_targets]
        if self.kind == "last_value":
            offset = targets[:, -1:, :]
            scale = ops.ones_like(offset)
        else:
            offset = ops.mean(targets, axis=1, keepdims=True)
            scale = ops.std(targets, axis=1, keepdims=True) + 1e-3
        rest = window[:, :, self.num_targets :]
        return ops.concatenate([(targets - offset) / scale, rest], axis=-1), offset, scale

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "num_targets": self.num_targets, "kind": self.kind}


@keras.saving.register_keras_serializable("lstm_studio")
class RestoreWindow(keras.layers.Layer):
    """Give back what ``NormaliseWindow`` took: ``(batch, horizon, targets)`` as before."""

    def call(self, inputs: list[Any]) -> Any:
        prediction, offset, scale = inputs
        return prediction * scale + offset


def build_network(shape: ExampleShape, normalisation: str, encode: Encode) -> keras.Model:
    """Build the network.

    Args:
        shape: the sizes of one example.
        normalisation: ``last_value``, ``mean_std`` or ``none``.
        encode: turns ``(batch, lookback, features)`` into ``(batch, units)``.

    Returns:
        A model from ``[past]`` or ``[past, future]``, ``(batch, lookback, num_past)`` and
        ``(batch, horizon, num_future)``, to ``(batch, horizon, num_targets)``.
    """
    past = keras.Input((shape.lookback, shape.num_past), name="past")
    inputs = [past]
    window = past
    offset = scale = None
    if normalisation != "none":
        window, offset, scale = NormaliseWindow(shape.num_targets, normalisation)(past)
    state = encode(window)  # (batch, units)
    if shape.num_future:
        future = keras.Input((shape.horizon, shape.num_future), name="future")
        inputs.append(future)
        steps = keras.layers.Dense(shape.horizon * FUTURE_WIDTH, name="steps")(state)
        steps = keras.layers.Reshape((shape.horizon, FUTURE_WIDTH))(steps)
        steps = keras.layers.Concatenate()([steps, future])
        steps = keras.layers.Dense(4 * FUTURE_WIDTH, activation="relu", name="mix")(steps)
        prediction = keras.layers.Dense(shape.num_targets, name="head")(steps)
    else:
        flat = keras.layers.Dense(shape.horizon * shape.num_targets, name="head")(state)
        prediction = keras.layers.Reshape((shape.horizon, shape.num_targets))(flat)
    if normalisation != "none":
        prediction = RestoreWindow()([prediction, offset, scale])
    return keras.Model(inputs, prediction, name="forecaster")
