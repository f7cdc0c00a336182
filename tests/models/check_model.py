"""``check_model``: what every architecture has to do. Adding one means passing this."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np

from lstm_core.models.building import build_encoder
from lstm_core.models.costs import cost_encoder
from lstm_core.models.fitted import load_members, members_to_bytes
from lstm_core.models.recipes import plan_model
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
    _check_shapes_and_costs(spec)
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
    encoded = build_encoder(plan_model(spec, lookback, num_features), window)
    state = encoded.state
    if encoded.cell is not None:  # as the decoder that asks for it would
        state = keras.layers.Concatenate()([state, encoded.cell])
    return keras.Model(window, keras.layers.Dense(1)(state))


def make_task(lookback: int = 5, num_features: int = 2) -> tuple[np.ndarray, np.ndarray]:
    """Windows, ``(64, lookback, features)``, and the mean of each one's first feature."""
    windows = np.random.default_rng(SEED).normal(size=(64, lookback, num_features))
    return windows.astype("float32"), windows[:, :, 0].mean(axis=1, keepdims=True).astype("float32")


def answer(model: keras.Model, training: bool = False) -> np.ndarray:
    """Predict without compiling, ``(64, 1)``."""
    return keras.ops.convert_to_numpy(model(make_task()[0], training=training))


def _check_shapes_and_costs(spec: ModelSpec) -> None:
    """The plan has to say what Keras then builds."""
    for lookback, num_features in SHAPES:
        plan = plan_model(spec, lookback, num_features)
        window = keras.Input((lookback, num_features))
        encoded = build_encoder(plan, window)
        assert tuple(encoded.state.shape) == (None, *plan.state.shape)
        assert (encoded.cell is not None) == plan.keeps_cell
        model = keras.Model(window, encoded.state)
        states = model(np.ones((3, lookback, num_features), "float32"))
        assert tuple(states.shape) == (3, *plan.state.shape)
        assert np.isfinite(keras.ops.convert_to_numpy(states)).all()
        built = sum(int(np.prod(weight.shape)) for weight in model.trainable_weights)
        assert sum(cost.num_parameters for cost in cost_encoder(plan)) == built


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
    matrices = [
        keras.ops.convert_to_numpy(weight)
        for layer in model.layers[:head]
        for weight in layer.trainable_weights
        if weight.name not in _NOT_PENALISED
    ]
    assert matrices
    expected = sum(
        spec.l1 * np.abs(matrix).sum() + spec.l2 * (matrix**2).sum() for matrix in matrices
    )
    np.testing.assert_allclose(penalty, expected, rtol=1e-4)


_NOT_PENALISED = ("bias", "peepholes", "gamma", "beta")


def _check_every_weight_learns(model: keras.Model) -> None:
    before = [weight.copy() for weight in model.get_weights()]
    model.compile(optimizer=keras.optimizers.Adam(0.03), loss="mse")
    for _ in range(2):  # a weight behind one that starts at zero learns from the second step on
        model.train_on_batch(*make_task())
    for weight, old, new in zip(model.weights, before, model.get_weights(), strict=True):
        assert not np.array_equal(old, new), f"{weight.path} is stuck"


def _check_loss_falls(model: keras.Model) -> None:
    losses = [float(model.train_on_batch(*make_task())) for _ in range(30)]
    assert losses[-1] < 0.7 * losses[0]


def _check_weights_survive_storage(spec: ModelSpec, model: keras.Model) -> None:
    rebuilt = make_model(spec)
    assert not np.allclose(answer(rebuilt), answer(model))
    (weights,) = load_members(rebuilt, members_to_bytes([model.get_weights()]))
    rebuilt.set_weights(weights)
    np.testing.assert_allclose(answer(rebuilt), answer(model), atol=1e-6)
