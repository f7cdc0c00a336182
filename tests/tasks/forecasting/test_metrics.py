from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from lstm_core.tasks.forecasting.metrics import METRICS, measure_scale, score, score_table

NAN = float("nan")


def test_metrics_by_hand() -> None:
    scores = score(np.array([1.0, 2.0, 3.0, 6.0]), np.array([2.0, 2.0, 1.0, 3.0]), scale=3.0)
    assert scores["mae"] == pytest.approx(6 / 4)
    assert scores["rmse"] == pytest.approx(math.sqrt(14 / 4))
    assert scores["mase"] == pytest.approx(0.5)
    assert scores["smape"] == pytest.approx((200 / 3 + 0 + 100 + 200 / 3) / 4)
    assert scores["r2"] == pytest.approx(1 - 14 / 14)


def test_values_that_were_filled_are_left_out() -> None:
    with_gap = score(np.array([1.0, NAN, 3.0]), np.array([2.0, 99.0, 3.0]), 1.0)
    assert with_gap == score(np.array([1.0, 3.0]), np.array([2.0, 3.0]), 1.0)


@pytest.mark.parametrize("scale", [0.0, NAN])
def test_mase_is_undefined_without_a_scale(scale: float) -> None:
    scores = score(np.array([1.0, 2.0]), np.array([1.0, 3.0]), scale)
    assert math.isnan(scores["mase"])
    assert scores["mae"] == 0.5


def test_r2_is_undefined_for_a_constant() -> None:
    assert math.isnan(score(np.array([2.0, 2.0]), np.array([1.0, 3.0]), 1.0)["r2"])


def test_zero_for_zero_is_no_error_in_smape() -> None:
    assert score(np.array([0.0, 0.0]), np.array([0.0, 5.0]), 1.0)["smape"] == 100.0


def test_nothing_is_defined_without_actual_values() -> None:
    assert all(math.isnan(value) for value in score(np.array([NAN]), np.array([1.0]), 1.0).values())


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


def make_table(**series: tuple[list[float], list[float]]) -> pd.DataFrame:
    return pd.concat(
        [
            pd.DataFrame({"series": name, "target": "y", "actual": actual, "model": model})
            for name, (actual, model) in series.items()
        ]
    )


def test_a_table_scores_the_mean_of_its_series() -> None:
    table = make_table(a=([1.0, 2.0], [2.0, 3.0]), b=([10.0] * 6, [13.0] * 6))
    scores = score_table(table, "model", {("a", "y"): 2.0, ("b", "y"): 0.0})
    assert scores["mae"] == 2.0  # of 1 and 3, however long each is
    assert scores["mase"] == 0.5  # undefined for b, so of a alone
    assert tuple(scores) == METRICS


def test_a_metric_that_no_series_has_is_none() -> None:
    scores = score_table(make_table(a=([5.0, 5.0], [5.0, 6.0])), "model", {("a", "y"): NAN})
    assert scores["mase"] is None
    assert scores["r2"] is None
    assert scores["mae"] == 0.5
