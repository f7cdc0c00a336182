from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.tasks.forecasting.scaling import Scaler, ScalingName

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
def test_a_constant_column_is_only_shifted(kind: ScalingName, level: float) -> None:
    scaler = Scaler.fit(np.full((4, 1), level), ALL, kind)
    assert scaler.transform(np.array([[level + 2]])).tolist() == [[2.0]]


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
    restored = again.restore_targets(scaler.transform(values)[:, :1].astype(float))
    np.testing.assert_allclose(restored[:, 0], column, rtol=1e-6, atol=1e-6 * np.ptp(column) + 1e-9)
