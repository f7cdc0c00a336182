"""What training makes small: of single errors, and of the ends of the ranges."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from keras import ops

from lstm_core.spec import TrainingSpec
from lstm_core.tasks.forecasting.levels import list_quantiles

ElementwiseLoss = Callable[[Any], Any]
"""From errors, actual minus predicted, to losses of the same shape."""


def make_loss(spec: TrainingSpec) -> ElementwiseLoss:
    if spec.loss == "pinball":
        level = spec.pinball_level
        return lambda error: _tilt(error, level)
    return _LOSSES[spec.loss]


def measure_losses(spec: TrainingSpec, errors: np.ndarray) -> np.ndarray:
    """Return the loss of each error, actual minus predicted; float64 of the same shape."""
    losses = make_loss(spec)(ops.convert_to_tensor(errors, "float32"))
    return np.asarray(ops.convert_to_numpy(losses), np.float64)


def pinball_loss(actual: Any, predicted: Any) -> Any:
    """Return the mean pinball loss of the ends of the ranges; ``(batch, horizon, targets)``.

    Source: Koenker and Bassett, "Regression Quantiles", Econometrica 46 (1978).

    Args:
        actual: ``(batch, horizon, targets)``.
        predicted: ``(batch, horizon, targets, 1 + levels)``, low and high in turn after the
            point.
    """
    error = ops.expand_dims(actual, -1) - predicted[..., 1:]
    quantiles = ops.convert_to_tensor(np.array(list_quantiles(), dtype=np.float32))
    return ops.mean(_tilt(error, quantiles), axis=-1)


def average(losses: Any, weight: Any = None) -> Any:
    """Return the mean of losses; with a weight, ``0`` where nothing counts."""
    if weight is None:
        return ops.mean(losses)
    return ops.sum(losses * weight) / ops.maximum(ops.sum(weight), 1.0)


def _tilt(error: Any, level: Any) -> Any:
    return ops.maximum(level * error, (level - 1.0) * error)


def _huber(error: Any) -> Any:
    size = ops.abs(error)
    return ops.where(size <= 1.0, 0.5 * ops.square(error), size - 0.5)


def _log_cosh(error: Any) -> Any:
    # log((e^x + e^-x) / 2), written so that large errors don't overflow.
    size = ops.abs(error)
    return size + ops.softplus(-2.0 * size) - math.log(2.0)


_LOSSES: dict[str, ElementwiseLoss] = {
    "mae": ops.abs,
    "mse": ops.square,
    "huber": _huber,
    "log_cosh": _log_cosh,
}
