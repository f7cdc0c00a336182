"""``check_model``: what every architecture has to do. Adding one means passing this."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np

from lstm_core.models.fitted import load_members, members_to_bytes
from lstm_core.models.registry import build_encoder
from lstm_core.spec import ModelSpec

SHAPES = ((1, 1), (1, 3), (6, 1), (5, 4))
"""Lookback and features: one step, one feature, neither, and both."""

UNITS = 4
SEED = 7


def check_model(architecture: str, options: dict[str, Any]) -> None:
    """Check one architecture with one set of options.

    Args:
        architecture: a name of the registry.
        options: fields of ``ModelSpec`` beside it and ``units``.
    """
    spec = ModelSpec.model_validate({"units": UNITS, "architecture": architecture, **options})
    _check_shapes(spec)
    _check_seed(spec)
    _check_dropout_acts_in_training_only(spec)
    _check_penalties(spec)
    model = make_model(spec)
    _check_every_weight_learns(model)
    _check_loss_falls(model)
    _check_weights_survive_storage(spec, model)


def make_model(spec: ModelSpec, lookback: int = 5, num_features: int = 2) -> keras.Model:
    """Put a head for one value behind an encoder; the same weights every time."""
    keras.utils.set_random_seed(SEED)
    window = keras.Input((lookback, num_features))
    return keras.Model(window, keras.layers.Dense(1)(build_encoder(spec, window)))


def make_task(lookback: int = 5, num_features: int = 2) -> tuple[np.ndarray, np.ndarray]:
    """Windows, ``(64, lookback, features)``, and the mean of each one's first feature."""
    windows = np.random.default_rng(SEED).normal(size=(64, lookback, num_features))
    return windows.astype("float32"), windows[:, :, 0].mean(axis=1, keepdims=True).astype("float32")


def answer(model: keras.Model, training: bool = False) -> np.ndarray:
    """Predict without compiling, ``(64, 1)``."""
    return keras.ops.convert_to_numpy(model(make_task()[0], training=training))


def _check_shapes(spec: ModelSpec) -> None:
    width = UNITS * (2 if spec.architecture in ("bidirectional", "segment") else 1)
    for lookback, num_features in SHAPES:
        window = keras.Input((lookback, num_features))
        state = build_encoder(spec, window)
        assert tuple(state.shape) == (None, width)
        states = keras.Model(window, state)(np.ones((3, lookback, num_features), "float32"))
        assert tuple(states.shape) == (3, width)
        assert np.isfinite(keras.ops.convert_to_numpy(states)).all()


def _check_seed(spec: ModelSpec) -> None:
    np.testing.assert_array_equal(answer(make_model(spec)), answer(make_model(spec)))


def _check_dropout_acts_in_training_only(spec: ModelSpec) -> None:
    model = make_model(spec)
    np.testing.assert_array_equal(answer(model), answer(model))
    differs = not np.allclose(answer(model, training=True), answer(model))
    assert differs == (spec.dropout > 0)


def _check_penalties(spec: ModelSpec) -> None:
    model = make_model(spec)
    penalty = sum(float(loss) for loss in model.losses)
    head = len(model.layers) - 1
    kernels = [
        keras.ops.convert_to_numpy(weight)
        for layer in model.layers[:head]
        for weight in layer.trainable_weights
        if weight.name in ("kernel", "recurrent_kernel")
    ]
    assert kernels
    expected = sum(
        spec.l1 * np.abs(kernel).sum() + spec.l2 * (kernel**2).sum() for kernel in kernels
    )
    np.testing.assert_allclose(penalty, expected, rtol=1e-4)


def _check_every_weight_learns(model: keras.Model) -> None:
    before = [weight.copy() for weight in model.get_weights()]
    model.compile(optimizer=keras.optimizers.Adam(0.03), loss="mse")
    model.train_on_batch(*make_task())
    for weight, old, new in zip(model.weights, before, model.get_weights(), strict=True):
        assert not np.array_equal(old, new), f"{weight.path} is stuck"


def _check_loss_falls(model: keras.Model) -> None:
    losses = [float(model.train_on_batch(*make_task())) for _ in range(20)]
    assert losses[-1] < 0.7 * losses[0]


def _check_weights_survive_storage(spec: ModelSpec, model: keras.Model) -> None:
    rebuilt = make_model(spec)
    assert not np.allclose(answer(rebuilt), answer(model))
    (weights,) = load_members(rebuilt, members_to_bytes([model.get_weights()]))
    rebuilt.set_weights(weights)
    np.testing.assert_allclose(answer(rebuilt), answer(model), atol=1e-6)
