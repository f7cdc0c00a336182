from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.tasks.forecasting.judging.metrics import Totals, measure_scale

NAN = float("nan")


def score(actual: np.ndarray, predicted: np.ndarray, scale: float) -> dict[str, float]:
    totals = Totals(scale)
    totals.add(actual, predicted)
    return totals.score()


def test_metrics_by_hand() -> None:
    scores = score(np.array([1.0, 2.0, 3.0, 6.0]), np.array([2.0, 2.0, 1.0, 3.0]), scale=3.0)
    assert scores["mae"] == pytest.approx(6 / 4)
    assert scores["rmse"] == pytest.approx(math.sqrt(14 / 4))
    assert scores["mase"] == pytest.approx(0.5)
    assert scores["smape"] == pytest.approx((200 / 3 + 0 + 100 + 200 / 3) / 4)
    assert scores["r2"] == pytest.approx(1 - 14 / 14)


@pytest.mark.parametrize("scale", [0.0, NAN])
def test_mase_is_undefined_without_a_scale(scale: float) -> None:
    scores = score(np.array([1.0, 2.0]), np.array([1.0, 3.0]), scale)
    assert math.isnan(scores["mase"])
    assert scores["mae"] == 0.5


def test_what_rounding_leaves_of_a_constant_is_no_scale() -> None:
    values = np.full(40, 0.1) * np.tile([1.0, 1.0 + 2e-16], 20)
    assert measure_scale(values, np.ones(40, bool), 1) == 0.0
    assert measure_scale(1e-9 * np.arange(40.0), np.ones(40, bool), 1) == pytest.approx(1e-9)


def test_r2_is_undefined_for_a_constant() -> None:
    assert math.isnan(score(np.array([2.0, 2.0]), np.array([1.0, 3.0]), 1.0)["r2"])


def test_zero_for_zero_is_no_error_in_smape() -> None:
    assert score(np.array([0.0, 0.0]), np.array([0.0, 5.0]), 1.0)["smape"] == 100.0


def test_nothing_is_defined_without_actual_values() -> None:
    assert all(math.isnan(value) for value in score(np.zeros(0), np.zeros(0), 1.0).values())


def test_the_scale_is_the_error_of_the_last_season() -> None:
    values = np.array([0.0, 10.0, 1.0, 12.0, 3.0, 15.0])
    seen = np.ones(6, bool)
    assert measure_scale(values, seen, season=2) == (1 + 2 + 2 + 3) / 4
    assert measure_scale(values, seen, season=1) == (10 + 9 + 11 + 9 + 12) / 5


def test_the_scale_leaves_filled_values_out() -> None:
    values = np.array([0.0, 99.0, 1.0, 3.0])
    assert measure_scale(values, np.array([True, False, True, True]), season=1) == 2.0


def test_a_part_shorter_than_two_seasons_is_measured_without_one() -> None:
    assert measure_scale(np.array([0.0, 1.0, 3.0]), np.ones(3, bool), season=2) == 1.5


def test_a_scale_of_nothing_is_undefined() -> None:
    assert math.isnan(measure_scale(np.array([1.0]), np.ones(1, bool), season=1))


@given(
    st.lists(st.tuples(st.floats(-1e3, 1e3), st.floats(-1e3, 1e3)), min_size=2, max_size=30),
    st.integers(1, 29),
)
def test_sums_block_by_block_are_those_of_the_whole(
    pairs: list[tuple[float, float]], cut: int
) -> None:
    actual, predicted = np.array(pairs).T
    totals = Totals(2.0)
    for rows in (slice(0, cut), slice(cut, None)):
        totals.add(actual[rows], predicted[rows])
    whole = score(actual, predicted, 2.0)
    for name, value in totals.score().items():
        assert value == pytest.approx(whole[name], rel=1e-6, abs=1e-6, nan_ok=True)
    if np.ptp(actual) > 1e-3:
        spread = ((actual - actual.mean()) ** 2).sum()
        r2 = 1 - ((actual - predicted) ** 2).sum() / spread
        assert totals.score()["r2"] == pytest.approx(r2, rel=1e-6, abs=1e-6)
