from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.tasks.forecasting.framing.scaling import (
    Scaler,
    ScalingName,
    TransformName,
    is_never_negative,
    measure_spread_growth,
)

ALL = np.ones((4, 1), bool)


def test_standard_gives_mean_zero_and_deviation_one() -> None:
    values = np.array([[1.0, 10.0], [2.0, 30.0], [3.0, 20.0]])
    scaled = Scaler.fit(values, np.ones((3, 2), bool), "standard").transform(values)
    np.testing.assert_allclose(scaled.mean(axis=0), 0, atol=1e-6)
    np.testing.assert_allclose(scaled.std(axis=0), 1, atol=1e-6)
    assert scaled.dtype == np.float32


def test_minmax_gives_zero_to_one() -> None:
    scaler = Scaler.fit(np.array([[2.0], [4.0], [6.0], [3.0]]), ALL, "minmax")
    assert scaler.transform(np.array([[2.0], [6.0], [8.0]])).ravel().tolist() == [0, 1, 1.5]


def test_none_changes_nothing() -> None:
    scaler = Scaler.fit(np.array([[2.0], [4.0], [6.0], [3.0]]), ALL, "none")
    assert scaler.transform(np.array([[7.5]])).tolist() == [[7.5]]


@pytest.mark.parametrize("kind", ["standard", "minmax"])
@pytest.mark.parametrize("level", [0.0, 5.0, -1e12, 0.1])
def test_a_constant_target_is_scaled_by_its_own_size(kind: ScalingName, level: float) -> None:
    scaler = Scaler.fit(np.full((4, 1), level), ALL, kind, num_targets=1)
    size = abs(level) or 1.0
    scaled = scaler.transform(np.array([[level], [level + 2 * size]]))
    np.testing.assert_allclose(scaled, [[0.0], [2.0]], rtol=1e-6)
    np.testing.assert_allclose(scaler.restore_target(scaled[:, 0], 0), [level, level + 2 * size])


@pytest.mark.parametrize("kind", ["standard", "minmax"])
@pytest.mark.parametrize("level", [0.0, 5.0, 1e6, -1e12, 2e-6, 1e-20])
def test_a_constant_covariate_stays_hidden(kind: ScalingName, level: float) -> None:
    values = np.stack([np.arange(4.0), np.full(4, level)], axis=1)
    scaler = Scaler.fit(values, np.ones((4, 2), bool), kind, num_targets=1)
    later = np.array([[1.0, level], [2.0, 1e30], [3.0, -1e30]])
    assert scaler.transform(later)[:, 1].tolist() == [0, 0, 0]


@pytest.mark.parametrize(
    ("values", "lowest"),
    [
        ([3.0, 0.0, 7.0], 0.0),  # counts
        ([0.0, 0.0, 0.5], 0.0),  # an amount that often is nothing
        ([3.5, 1.0, 7.0], None),  # a level; nothing says where it ends
        ([3.0, -1.0, 7.0], None),
    ],
)
def test_counts_are_never_restored_below_zero(values: list[float], lowest: float | None) -> None:
    scaler = Scaler.fit(np.array([values]).T, np.ones((3, 1), bool), "standard", num_targets=1)
    restored = scaler.restore_target(np.array([-9.0, 0.0]), 0)
    assert restored[0] == 0.0 if lowest == 0.0 else restored[0] < 0
    content = scaler.to_json()
    assert content["lowest"] == [lowest]
    again = Scaler.from_json(json.loads(json.dumps(content, allow_nan=False)))
    assert again.restore_target(np.array([-9.0]), 0) == restored[:1]
    del content["lowest"]  # as models of before were kept
    assert Scaler.from_json(content).restore_target(np.array([-9.0]), 0) < 0


NOISE = np.random.default_rng(0).normal(size=400)


@pytest.mark.parametrize(
    ("values", "is_floored"),
    [
        (np.round(np.abs(20 * NOISE)), True),  # counts
        (np.exp(NOISE), True),  # amounts: many small ones, a few large ones
        (np.linspace(300, 20, 400) + 4 * NOISE, True),  # on its way down, clear of zero still
        (np.where(NOISE > 1, np.abs(NOISE), 0.0), True),  # rain: often nothing
        (50 + NOISE.cumsum() / 10, True),  # a price
        (np.full(9, 4.5), True),
        (NOISE - NOISE.min(), False),  # as much below its level as above, and near zero
        (1.001 + np.sin(np.arange(400) / 2), False),
        (NOISE, False),
        (np.zeros(0), False),
    ],
)
def test_what_cant_be_negative_is_found_and_kept_to(values: np.ndarray, is_floored: bool) -> None:
    assert is_never_negative(values) == is_floored
    if not len(values):
        return
    table = values[:, None]
    ends = {}
    for kind in (None, "zero", "none"):
        scaler = Scaler.fit(
            table, np.ones(table.shape, bool), "standard", num_targets=1, floor_kind=kind
        )
        ends[kind] = float(scaler.restore_target(np.array([-1e6]), 0)[0])
    assert (ends[None] == 0.0) == is_floored
    assert ends["zero"] == 0.0
    assert ends["none"] < 0


@pytest.mark.parametrize("kind", ["standard", "minmax"])
def test_filled_values_have_no_say(kind: ScalingName) -> None:
    observed = np.array([[True], [False], [True], [True]])
    scalers = [
        Scaler.fit(np.array([[1.0], [filled], [3.0], [2.0]]), observed, kind)
        for filled in (1e9, -7.0)
    ]
    assert scalers[0].to_json() == scalers[1].to_json()


@given(
    st.sampled_from(["standard", "minmax", "none"]),
    st.lists(st.floats(-1e6, 1e6), min_size=4, max_size=4),
)
def test_restoring_undoes_scaling_and_json_keeps_it(kind: ScalingName, column: list[float]) -> None:
    values = np.array([column, [1.0, 2.0, 4.0, 8.0]]).T
    scaler = Scaler.fit(values, np.ones((4, 2), bool), kind)
    again = Scaler.from_json(scaler.to_json())
    restored = again.restore_target(scaler.transform(values)[:, 0], 0)
    np.testing.assert_allclose(restored, column, rtol=1e-6, atol=1e-6 * np.ptp(column) + 1e-9)


def grow(power: float, num_seasons: int = 20) -> np.ndarray:
    """Seasons of 12 steps whose spread grows with a power of their level, ``(rows,)``."""
    level = np.repeat(np.linspace(10, 100, num_seasons), 12)
    return level + 0.3 * level**power * np.sin(2 * np.pi * np.arange(len(level)) / 12)


@pytest.mark.parametrize("power", [0.0, 0.5, 1.0])
def test_the_growth_of_the_spread_is_found(power: float) -> None:
    found = measure_spread_growth(grow(power), season=12)
    assert (found or 0.0) == pytest.approx(power, abs=0.1)


@pytest.mark.parametrize(
    "values", [np.full(100, 5.0), np.arange(1.0, 13.0), 50 + np.arange(99) % 3]
)
def test_nothing_is_said_where_spread_or_level_stay(values: np.ndarray) -> None:
    assert measure_spread_growth(values.astype(float), season=12) is None


@pytest.mark.parametrize("transform", ["log", "boxcox"])
def test_a_transform_evens_the_spread_out(transform: TransformName) -> None:
    values = grow(1.0 if transform == "log" else 0.5)
    seen = np.ones((len(values), 1), bool)
    scaler = Scaler.fit(values[:, None], seen, "standard", transform, num_targets=1, season=12)
    scaled = scaler.transform(values[:, None])[:, 0]
    spreads = scaled.reshape(-1, 12).std(axis=1)
    assert spreads.max() / spreads.min() < 1.25
    plain = values.reshape(-1, 12).std(axis=1)
    assert plain.max() / plain.min() > 2
    np.testing.assert_allclose(scaler.restore_target(scaled, 0), values, rtol=1e-5)
    again = Scaler.from_json(scaler.to_json())
    np.testing.assert_array_equal(again.transform(values[:, None])[:, 0], scaled)


@pytest.mark.parametrize("transform", ["log", "boxcox"])
def test_values_below_zero_leave_a_column_as_it_is_and_later_ones_stay_finite(
    transform: TransformName,
) -> None:
    negative = Scaler.fit(np.array([[-1.0], [2.0], [3.0], [4.0]]), ALL, "none", transform, 1)
    assert negative.transform(np.array([[-7.0]])).tolist() == [[-7.0]]
    positive = Scaler.fit(np.array([[1.0], [2.0], [3.0], [9.0]]), ALL, "none", transform, 1)
    assert np.isfinite(positive.transform(np.array([[-7.0], [0.0]]))).all()
    assert np.isfinite(positive.restore_target(np.array([1e9, -1e9]), 0)).all()


def test_covariates_are_never_transformed() -> None:
    values = np.column_stack([grow(1.0), grow(1.0)])
    scaler = Scaler.fit(values, np.ones(values.shape, bool), "none", "log", num_targets=1)
    np.testing.assert_allclose(scaler.transform(values)[:, 0], np.log(values[:, 0]), rtol=1e-6)
    np.testing.assert_allclose(scaler.transform(values)[:, 1], values[:, 1], rtol=1e-6)
