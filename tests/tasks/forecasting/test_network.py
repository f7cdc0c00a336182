from __future__ import annotations

import keras
import numpy as np
import pytest

from lstm_core.tasks.base import ExampleShape
from lstm_core.tasks.forecasting.network import NormaliseWindow, RestoreWindow, build_network

pytestmark = pytest.mark.backend

SHAPE = ExampleShape(lookback=5, horizon=3, num_targets=2, num_past=3, num_future=0)


def encode(window: keras.KerasTensor) -> keras.KerasTensor:
    return keras.layers.LSTM(4)(window)


def make_windows(seed: int = 0) -> np.ndarray:
    generator = np.random.default_rng(seed)
    return generator.normal(3, 2, (4, SHAPE.lookback, SHAPE.num_past)).astype("float32")


@pytest.mark.parametrize("kind", ["last_value", "mean_std"])
def test_restoring_undoes_normalising(kind: str) -> None:
    windows = make_windows()
    normalised, offset, scale = NormaliseWindow(2, kind)(windows)
    assert tuple(offset.shape) == tuple(scale.shape) == (4, 1, 2)
    restored = RestoreWindow()([normalised[:, :, :2], offset, scale])
    np.testing.assert_allclose(keras.ops.convert_to_numpy(restored), windows[:, :, :2], atol=1e-5)


def test_only_targets_are_normalised() -> None:
    windows = make_windows()
    normalised, *_ = NormaliseWindow(2, "last_value")(windows)
    found = keras.ops.convert_to_numpy(normalised)
    np.testing.assert_array_equal(found[:, :, 2], windows[:, :, 2])
    np.testing.assert_allclose(found[:, -1, :2], 0, atol=1e-6)


def test_mean_and_spread_are_taken_from_each_window() -> None:
    normalised, *_ = NormaliseWindow(2, "mean_std")(make_windows())
    found = keras.ops.convert_to_numpy(normalised)[:, :, :2]
    np.testing.assert_allclose(found.mean(axis=1), 0, atol=1e-5)
    np.testing.assert_allclose(found.std(axis=1), 1, atol=1e-2)


def test_a_flat_window_stays_finite() -> None:
    windows = np.full((1, SHAPE.lookback, SHAPE.num_past), 7.0, "float32")
    predicted = build_network(SHAPE, "mean_std", encode).predict(windows, verbose=0)
    assert np.isfinite(predicted).all()


@pytest.mark.parametrize("kind", ["last_value", "mean_std"])
def test_a_shifted_window_shifts_its_prediction(kind: str) -> None:
    network = build_network(SHAPE, kind, encode)
    windows, shift = make_windows(), np.array([10.0, -4.0, 0.0], "float32")
    before = network.predict(windows, verbose=0)
    after = network.predict(windows + shift, verbose=0)
    np.testing.assert_allclose(after, before + shift[:2], atol=1e-4)


def test_without_normalisation_a_shift_is_seen() -> None:
    network = build_network(SHAPE, "none", encode)
    windows = make_windows()
    before, after = (network.predict(windows + shift, verbose=0) for shift in (0, 10))
    assert not np.allclose(after, before + 10, atol=0.1)


@pytest.mark.parametrize("kind", ["last_value", "mean_std", "none"])
@pytest.mark.parametrize("num_future", [0, 2])
def test_the_prediction_has_a_value_for_each_step_and_target(kind: str, num_future: int) -> None:
    shape = ExampleShape(5, 3, 2, 4, num_future)
    network = build_network(shape, kind, encode)
    assert network.output_shape == (None, 3, 2)
    inputs = [(None, 5, 4), (None, 3, num_future)][: 1 + bool(num_future)]
    assert [tuple(tensor.shape) for tensor in network.inputs] == inputs


def test_what_is_known_of_a_step_changes_the_prediction_of_that_step_alone() -> None:
    network = build_network(ExampleShape(5, 3, 2, 3, 1), "last_value", encode)
    windows, future = make_windows(), np.zeros((4, 3, 1), "float32")
    before = network.predict([windows, future], verbose=0)
    future[:, 1] = 5
    moved = np.abs(network.predict([windows, future], verbose=0) - before).max(axis=(0, 2))
    assert moved[1] > 1e-3
    np.testing.assert_allclose(moved[[0, 2]], 0, atol=1e-6)
