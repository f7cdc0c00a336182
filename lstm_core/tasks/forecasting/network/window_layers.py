"""Layers around the encoder: a window's own level and spread, and one channel at a time."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
from keras import ops

from lstm_core.tasks.forecasting.network.frame import LEAST_SPREAD

_SHARES = {
    "last_value": (1.0, 0.0, 0.0, 0.0, 0.0),
    "mean_std": (0.0, 1.0, 1.0, 0.0, 0.0),
    "none": (0.0, 0.0, 0.0, 0.0, 0.0),
    "season": (0.0, 1.0, 1.0, 1.0, 0.0),
    "season_level": (0.0, 1.0, 1.0, 0.0, 1.0),
}
"""How far the last value, the mean and the spread are taken out, and how far a prediction begins
with earlier seasons, as they were or at the level of the last one."""

_TAKEN = {
    "last_value": "the last value taken from each window",
    "mean_std": "mean and spread taken from each window",
    "none": "nothing taken from each window",
    "season": "what earlier seasons leave",
    "season_level": "what earlier seasons leave, at the level of the last one",
}


@keras.saving.register_keras_serializable("lstm_studio")
class NormaliseWindow(keras.layers.Layer):
    """Take the window's own level, and its spread where asked, from the targets.

    Input ``(batch, lookback, features)``, targets first. Output: the same with normalised
    targets, then what a prediction begins with and its scale, each ``(batch, 1, targets)``. Told
    of earlier seasons, ``(batch, horizon, 2 * targets)``, it gives these as well, normalised
    alike where a prediction begins with them, and zeros where it does not. What is taken is a
    weight that is not trained, so that another kind needs no new compilation. Source: Kim et al.,
    "Reversible Instance Normalization", ICLR 2022; the last value as in Zeng et al., "Are
    Transformers Effective for Time Series Forecasting?", AAAI 2023.
    """

    def __init__(self, num_targets: int, kind: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.num_targets = num_targets
        self.kind = kind

    def build(self, window_shape: Any, earlier_shape: Any = None) -> None:
        self.num_shares = 3 if earlier_shape is None else 5
        self.shares = self.add_weight(
            shape=(self.num_shares,),
            initializer=lambda *_, **__: self._list_shares(self.kind),
            trainable=False,
        )

    def choose(self, kind: str) -> None:
        """Take something else from now on."""
        self.kind = kind
        self.shares.assign(self._list_shares(kind))

    def say(self, kind: str) -> str:
        """Say for people what is taken."""
        return _TAKEN[kind]

    def _list_shares(self, kind: str) -> np.ndarray:
        return np.array(_SHARES[kind][: self.num_shares], dtype=np.float32)

    def call(self, window: Any, earlier: Any = None) -> tuple[Any, ...]:
        targets = window[:, :, : self.num_targets]
        last, mean, spread = self.shares[0], self.shares[1], self.shares[2]
        offset = last * targets[:, -1:, :] + mean * ops.mean(targets, axis=1, keepdims=True)
        own = ops.std(targets, axis=1, keepdims=True) + LEAST_SPREAD
        scale = spread * own + (1.0 - spread)
        rest = window[:, :, self.num_targets :]
        normalised = ops.concatenate([(targets - offset) / scale, rest], axis=-1)
        if earlier is None:
            return normalised, offset, scale
        kept, moved = earlier[:, :, : self.num_targets], earlier[:, :, self.num_targets :]
        shares = self.shares[3], self.shares[4]
        begin = shares[0] * kept + shares[1] * moved + (1.0 - shares[0] - shares[1]) * offset
        told = ops.concatenate([(kept - offset) / scale, (moved - offset) / scale], axis=-1)
        return normalised, begin, scale, (shares[0] + shares[1]) * told

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "num_targets": self.num_targets, "kind": self.kind}


@keras.saving.register_keras_serializable("lstm_studio")
class RestoreWindow(keras.layers.Layer):
    """Give back what ``NormaliseWindow`` took, and turn widths into the ends of ranges.

    Input: predictions ``(batch, horizon, targets, 1 + levels)``, the point first, then widths
    below and above in turn, from the inside out, none negative; what it begins with and its
    scale, ``(batch, 1, targets)`` or step by step. Output: the point, then low and high of each
    range. The ends never cross, and learning them leaves the point alone.
    """

    def call(self, inputs: list[Any]) -> Any:
        prediction, begin, scale = inputs
        point = prediction[..., 0] * scale + begin  # (batch, horizon, targets)
        ends = [point]
        middle = ops.stop_gradient(point)
        low = high = middle
        for level in range(1, prediction.shape[-1], 2):
            low = low - prediction[..., level] * scale
            high = high + prediction[..., level + 1] * scale
            ends += [low, high]
        return ops.stack(ends, axis=-1)


class _Channels(keras.layers.Layer):
    """Between ``batch`` windows of several targets and ``batch * targets`` windows of one."""

    def __init__(self, num_targets: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.num_targets = num_targets

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "num_targets": self.num_targets}


@keras.saving.register_keras_serializable("lstm_studio")
class FoldChannels(_Channels):
    """``(batch, lookback, targets + rest)`` to ``(batch * targets, lookback, 1 + rest)``."""

    def call(self, window: keras.KerasTensor) -> Any:
        lookback, features = window.shape[1:]
        rest = features - self.num_targets
        own = ops.transpose(window[:, :, : self.num_targets], (0, 2, 1))
        own = ops.reshape(own, (-1, lookback, 1))
        if not rest:
            return own
        shared = ops.repeat(window[:, :, self.num_targets :], self.num_targets, axis=0)
        return ops.concatenate([own, shared], axis=-1)


@keras.saving.register_keras_serializable("lstm_studio")
class FoldEarlier(_Channels):
    """``(batch, horizon, 2 * targets)`` to ``(batch * targets, horizon, 2)``."""

    def call(self, told: keras.KerasTensor) -> Any:
        horizon = told.shape[1]
        pairs = ops.reshape(told, (-1, horizon, 2, self.num_targets))
        return ops.reshape(ops.transpose(pairs, (0, 3, 1, 2)), (-1, horizon, 2))


@keras.saving.register_keras_serializable("lstm_studio")
class RepeatChannels(_Channels):
    """``(batch, horizon, covariates)`` to ``(batch * targets, horizon, covariates)``."""

    def call(self, known: keras.KerasTensor) -> Any:
        return ops.repeat(known, self.num_targets, axis=0)


@keras.saving.register_keras_serializable("lstm_studio")
class NumberChannels(_Channels):
    """Number each folded window by its series and target: ``(batch,)`` to ``(batch * targets,)``.

    Input: the number of each window's series, int32.
    """

    def call(self, series: keras.KerasTensor) -> Any:
        numbers = ops.expand_dims(series, -1) * self.num_targets + ops.arange(self.num_targets)
        return ops.reshape(numbers, (-1,))


@keras.saving.register_keras_serializable("lstm_studio")
class OnlySeries(keras.layers.Layer):
    """Number windows ``(batch, lookback, features)`` of one series: zeros, ``(batch,)`` int32."""

    def call(self, window: keras.KerasTensor) -> Any:
        return ops.cast(ops.zeros_like(window[:, 0, 0]), "int32")


@keras.saving.register_keras_serializable("lstm_studio")
class UnfoldChannels(_Channels):
    """``(batch * targets, horizon, 1, levels)`` to ``(batch, horizon, targets, levels)``."""

    def call(self, prediction: keras.KerasTensor) -> Any:
        horizon, _, levels = prediction.shape[1:]
        split = ops.reshape(prediction, (-1, self.num_targets, horizon, levels))
        return ops.transpose(split, (0, 2, 1, 3))

    def compute_output_shape(self, input_shape: Any) -> Any:
        # Said, because JAX can't know that an open number of windows divides by the targets.
        num_windows, horizon, _, levels = input_shape
        whole = None if num_windows is None else num_windows // self.num_targets
        return (whole, horizon, self.num_targets, levels)
