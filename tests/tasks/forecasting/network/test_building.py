from __future__ import annotations

from itertools import product

import keras
import numpy as np
import pytest

from lstm_core.learning.feeds.windows import WindowShape
from lstm_core.models.building import Encoded
from lstm_core.models.plan import Plan
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.forecasting.levels import CALENDAR, COVARIATES, LEVELS, NORMALISE
from lstm_core.tasks.forecasting.network.building import build_network
from lstm_core.tasks.forecasting.network.window_layers import NormaliseWindow, RestoreWindow
from tests.shares import share_combinations

pytestmark = pytest.mark.backend(each=("kind", "architecture"))

SHAPE = WindowShape(lookback=5, horizon=3, num_targets=2, num_past=3, num_future=0)
SEGMENT_CASES = list(product([True, False], [1, 3], [0, 2], [2, 3, 7]))


def encode(plan: Plan, window: keras.KerasTensor) -> Encoded:
    return Encoded(keras.layers.LSTM(4)(window))


def make_spec(kind: str = "last_value", **values: object) -> ExperimentSpec:
    return ExperimentSpec().with_values(
        {
            "task.window_normalisation": kind,
            "task.ranges": "residuals",
            "model.architecture": "vanilla",
            "model.units": 4,
            "model.mixing": True,
            **{name.replace("__", "."): value for name, value in values.items()},
        }
    )


def make_segment_network(shape: WindowShape, **values: object) -> keras.Model:
    chosen = {"model__architecture": "segment", "model__segment": 2, "model__units": 6}
    spec = make_spec(**chosen, **{"model__mixing": False, **values})
    return build_network(shape, spec)


def make_windows(seed: int = 0) -> np.ndarray:
    generator = np.random.default_rng(seed)
    return generator.normal(3, 2, (4, SHAPE.lookback, SHAPE.num_past)).astype("float32")


@pytest.mark.parametrize("kind", ["last_value", "mean_std"])
def test_restoring_undoes_normalising(kind: str) -> None:
    windows = make_windows()
    normalised, offset, scale = NormaliseWindow(2, kind)(windows)
    assert tuple(offset.shape) == tuple(scale.shape) == (4, 1, 2)
    restored = RestoreWindow()([normalised[:, :, :2, None], offset, scale])
    np.testing.assert_allclose(
        keras.ops.convert_to_numpy(restored)[..., 0], windows[:, :, :2], atol=1e-5
    )


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
    predicted = build_network(SHAPE, make_spec("mean_std"), encode).predict(windows, verbose=0)
    assert np.isfinite(predicted).all()


@pytest.mark.parametrize("kind", ["last_value", "mean_std"])
def test_a_shifted_window_shifts_its_prediction(kind: str) -> None:
    network = build_network(SHAPE, make_spec(kind), encode)
    windows, shift = make_windows(), np.array([10.0, -4.0, 0.0], "float32")
    before = network.predict(windows, verbose=0)
    after = network.predict(windows + shift, verbose=0)
    np.testing.assert_allclose(after, before + shift[:2, None], atol=1e-4)


def test_without_normalisation_a_shift_is_seen() -> None:
    network = build_network(SHAPE, make_spec("none"), encode)
    windows = make_windows()
    before, after = (network.predict(windows + shift, verbose=0) for shift in (0, 10))
    assert not np.allclose(after, before + 10, atol=0.1)


@pytest.mark.parametrize("kind", ["last_value", "mean_std", "none"])
@pytest.mark.parametrize("num_future", [0, 2])
def test_the_prediction_has_a_value_for_each_step_and_target(kind: str, num_future: int) -> None:
    shape = WindowShape(5, 3, 2, 4, num_future)
    network = build_network(shape, make_spec(kind), encode)
    assert network.output_shape == (None, 3, 2, 1)
    inputs = [(None, 5, 4), (None, 3, num_future)][: 1 + bool(num_future)]
    assert [tuple(tensor.shape) for tensor in network.inputs] == inputs


def test_what_is_known_of_a_step_changes_the_prediction_of_that_step_alone() -> None:
    network = build_network(WindowShape(5, 3, 2, 3, 1), make_spec(), encode)
    windows, future = make_windows(), np.zeros((4, 3, 1), "float32")
    before = network.predict([windows, future], verbose=0)
    future[:, 1] = 5
    moved = np.abs(network.predict([windows, future], verbose=0) - before).max(axis=(0, 2, 3))
    assert moved[1] > 1e-3
    np.testing.assert_allclose(moved[[0, 2]], 0, atol=1e-6)


EARLIER_SHAPES = {
    "together": (WindowShape(5, 3, 2, 3, 0, has_earlier=True), True),
    "apart, beside what is known": (WindowShape(5, 3, 2, 3, 1, has_earlier=True), False),
}


@pytest.mark.parametrize("architecture", ["vanilla", "segment"])
@pytest.mark.parametrize("name", list(EARLIER_SHAPES))
def test_the_first_prediction_is_what_earlier_seasons_say(architecture: str, name: str) -> None:
    shape, mixing = EARLIER_SHAPES[name]
    options = {"model__architecture": architecture, "model__segment": 2, "model__mixing": mixing}
    network = build_network(shape, make_spec("season", **options))
    earlier = np.random.default_rng(1).normal(size=(4, 3, 4)).astype("float32")
    known = [np.ones((4, 3, shape.num_future), "float32")] if shape.num_future else []
    begins = {
        "season": earlier[..., :2],
        "season_level": earlier[..., 2:],
        "last_value": np.repeat(make_windows()[:, -1:, :2], 3, axis=1),
    }
    for kind, begin in begins.items():
        network.get_layer(NORMALISE).choose(kind)
        said = network.predict([make_windows(), *known, earlier], verbose=0)
        np.testing.assert_allclose(said[..., 0], begin, atol=1e-5)


def test_each_channel_is_told_of_its_own_earlier_seasons() -> None:
    shape = WindowShape(5, 3, 2, 3, 0, has_earlier=True)
    network = make_segment_network(shape, forecast__window_normalisation="season")
    network.get_layer("head").kernel.assign(np.ones(network.get_layer("head").kernel.shape))
    windows, earlier = make_windows(), np.zeros((4, 3, 4), "float32")
    before = network.predict([windows, earlier], verbose=0)
    earlier[:, :, 3] += np.arange(3)
    moved = np.abs(network.predict([windows, earlier], verbose=0) - before).max(axis=(0, 1, 3))
    assert moved[0] < 1e-6 < 1e-4 < moved[1]


COVARIATES_AND_CALENDAR = WindowShape(
    # Two targets, a covariate of the past, two that are known ahead, and the calendar.
    *(5, 3, 2, 6, 3),
    covariates=(2, 3, 4),
    covariates_ahead=(0, 1),
)


@pytest.mark.parametrize("architecture", ["vanilla", "segment"])
@pytest.mark.parametrize(
    ("kind", "read_back", "read_ahead"),
    [
        ("all", [True, True, True, True], [True, True, True]),
        ("known_ahead", [False, True, True, True], [True, True, True]),
        ("none", [False, False, False, True], [False, False, True]),
    ],
)
def test_covariates_are_read_as_was_chosen(
    architecture: str, kind: str, read_back: list[bool], read_ahead: list[bool]
) -> None:
    options = {"model__architecture": architecture, "model__segment": 2, "model__units": 6}
    network = build_network(COVARIATES_AND_CALENDAR, make_spec("none", **options))
    generator = np.random.default_rng(0)
    for weights in network.trainable_variables:
        weights.assign(generator.normal(0, 0.5, weights.shape))
    network.get_layer(COVARIATES).choose(kind)
    windows = generator.normal(size=(4, 5, 6)).astype("float32")
    future = generator.normal(size=(4, 3, 3)).astype("float32")
    before = network.predict([windows, future], verbose=0)

    def is_read(back: int | None = None, ahead: int | None = None) -> bool:
        other, known = windows.copy(), future.copy()
        if back is not None:
            other[..., back] += 1.0
        if ahead is not None:
            known[..., ahead] += 1.0
        return bool(np.abs(network.predict([other, known], verbose=0) - before).max() > 1e-6)

    assert [is_read(back=column) for column in (2, 3, 4, 5)] == read_back
    assert [is_read(ahead=column) for column in (0, 1, 2)] == read_ahead
    assert is_read(back=0)


@pytest.mark.parametrize("reading", ["none", "all"])
def test_the_calendar_is_read_where_it_helps(reading: str) -> None:
    shape = WindowShape(5, 3, 2, 5, 2, calendar=(4,), calendar_ahead=(1,))
    network = build_network(shape, make_spec("none", model__units=6))
    generator = np.random.default_rng(0)
    for weights in network.trainable_variables:
        weights.assign(generator.normal(0, 0.5, weights.shape))
    assert network.get_layer(CALENDAR).kind == "none"
    network.get_layer(CALENDAR).choose(reading)
    windows = generator.normal(size=(4, 5, 5)).astype("float32")
    future = generator.normal(size=(4, 3, 2)).astype("float32")
    before = network.predict([windows, future], verbose=0)
    for place in (0, 1):
        for column, is_calendar in ((-2, False), (-1, True)):
            given = [windows.copy(), future.copy()]
            given[place][..., column] += 1.0
            moved = np.abs(network.predict(given, verbose=0) - before).max() > 1e-6
            assert moved == (not is_calendar or reading == "all")


def test_another_kind_is_chosen_without_building_anew() -> None:
    network = build_network(SHAPE, make_spec("none"), encode)
    windows, shift = make_windows(), np.array([10.0, 10.0, 0.0], "float32")
    network.get_layer(NORMALISE).choose("last_value")
    before, after = (network.predict(windows + factor * shift, verbose=0) for factor in (0, 1))
    np.testing.assert_allclose(after, before + 10, atol=1e-4)


@pytest.mark.parametrize("architecture", ["vanilla", "segment"])
def test_the_ends_of_ranges_never_cross(architecture: str) -> None:
    spec = make_spec(
        "mean_std",
        forecast__ranges="quantile",
        model__architecture=architecture,
        model__segment=2,
        model__units=6,
        model__mixing=False,
    )
    network = build_network(SHAPE, spec)
    generator = np.random.default_rng(0)
    for weights in network.trainable_variables:  # however wild the weights are
        weights.assign(generator.normal(0, 3, weights.shape))
    said = network.predict(100 * make_windows(), verbose=0)
    assert said.shape == (4, 3, 2, 1 + 2 * len(LEVELS))
    point, low, high = said[..., 0], said[..., 1::2], said[..., 2::2]
    assert (low <= point[..., None]).all()
    assert (high >= point[..., None]).all()
    assert (np.diff(low, axis=-1) <= 0).all()
    assert (np.diff(high, axis=-1) >= 0).all()


@pytest.mark.parametrize(
    ("mixing", "num_series", "num_future", "horizon"),
    share_combinations(SEGMENT_CASES, SEGMENT_CASES[::5]),
)
def test_a_segment_network_predicts_every_step_of_every_target(
    mixing: bool, num_series: int, num_future: int, horizon: int
) -> None:
    shape = WindowShape(5, horizon, 2, 3 + num_future, num_future, num_series)
    network = make_segment_network(shape, model__mixing=mixing)
    inputs = [np.random.default_rng(0).normal(size=(4, 5, 3 + num_future)).astype("float32")]
    if num_future:
        inputs.append(np.zeros((4, horizon, num_future), "float32"))
    if num_series > 1:
        inputs.append(np.array([0, 1, 2, 0], "int32"))
    said = network.predict(inputs, verbose=0)
    assert said.shape == (4, horizon, 2, 1)
    assert np.isfinite(said).all()


def test_each_channel_is_predicted_from_its_own_past_and_from_the_covariates() -> None:
    network = make_segment_network(SHAPE)
    windows = make_windows()
    before = network.predict(windows, verbose=0)
    other = windows.copy()
    other[:, :, 1] += np.arange(5)
    moved = np.abs(network.predict(other, verbose=0) - before).max(axis=(0, 1, 3))
    assert moved[0] < 1e-6 < 1e-4 < moved[1]
    covariate = windows.copy()
    covariate[:, :, 2] += np.arange(5)
    assert np.abs(network.predict(covariate, verbose=0) - before).max(axis=(0, 1, 3)).min() > 1e-4


def test_a_mixing_segment_network_reads_all_targets() -> None:
    network = make_segment_network(SHAPE, model__mixing=True)
    windows = make_windows()
    before = network.predict(windows, verbose=0)
    windows[:, :, 1] += np.arange(5)
    assert np.abs(network.predict(windows, verbose=0) - before).max(axis=(0, 1, 3))[0] > 1e-4


def test_what_is_known_of_a_segment_changes_that_segment_alone() -> None:
    network = make_segment_network(WindowShape(6, 6, 1, 2, 1))
    windows = np.random.default_rng(0).normal(size=(2, 6, 2)).astype("float32")
    future = np.zeros((2, 6, 1), "float32")
    before = network.predict([windows, future], verbose=0)
    future[:, 2:4] = 5
    moved = np.abs(network.predict([windows, future], verbose=0) - before).max(axis=(0, 2, 3))
    assert moved[2:4].min() > 1e-4
    np.testing.assert_allclose(moved[[0, 1, 4, 5]], 0, atol=1e-6)


def test_series_are_told_apart() -> None:
    network = make_segment_network(WindowShape(6, 4, 1, 1, 0, 3))
    windows = np.zeros((3, 6, 1), "float32")
    said = network.predict([windows, np.array([0, 1, 0], "int32")], verbose=0)
    assert not np.allclose(said[0], said[1])
    np.testing.assert_allclose(said[0], said[2], atol=1e-6)


def test_the_oldest_steps_that_fill_no_segment_are_left_out() -> None:
    network = make_segment_network(WindowShape(5, 4, 1, 1, 0))
    windows = np.random.default_rng(0).normal(size=(2, 5, 1)).astype("float32")
    before = network.predict(windows, verbose=0)
    windows[:, 0] += 9
    np.testing.assert_allclose(network.predict(windows, verbose=0), before, atol=1e-6)
