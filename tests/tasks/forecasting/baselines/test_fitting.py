from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core.memo import Memo
from lstm_core.tasks.forecasting.baselines import fitting
from lstm_core.tasks.forecasting.baselines.counts import predict_demand, predict_median
from lstm_core.tasks.forecasting.baselines.fitting import Baselines, Line
from lstm_core.tasks.forecasting.baselines.simple import (
    BASELINES,
    predict_baselines,
    predict_simple,
)
from lstm_core.tasks.forecasting.baselines.smoothing_models import SmoothingModel
from lstm_core.tasks.forecasting.baselines.words import SEASONS_AVERAGED


def predict_slowly(values: list[float], cutoff: int, step: int, season: int) -> dict[str, float]:
    """Say each baseline in its textbook form, one value at a time."""
    known = values[: cutoff + 1]
    same_step_of_season = known[::-1][(-step) % season :: season]
    slope = (known[-1] - known[0]) / cutoff if cutoff else 0.0
    return {
        "last_value": known[-1],
        "seasonal_naive": same_step_of_season[0] if same_step_of_season else known[-1],
        "seasonal_mean": float(np.mean(same_step_of_season[:SEASONS_AVERAGED] or [known[-1]])),
        "drift": known[-1] + step * slope,
        "historic_mean": float(np.mean(known)),
    }


@given(
    st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=40),
    st.integers(1, 9),
    st.integers(1, 8),
    st.data(),
)
def test_baselines_equal_their_textbook_form(
    values: list[float], horizon: int, season: int, data: st.DataObject
) -> None:
    rows = st.integers(0, len(values) - 1)
    cutoffs = data.draw(st.lists(rows, min_size=1, max_size=5))
    predicted = predict_baselines(np.array(values), np.array(cutoffs), horizon, season)
    assert tuple(predicted) == BASELINES
    for number, cutoff in enumerate(cutoffs):
        for step in range(1, horizon + 1):
            for name, expected in predict_slowly(values, cutoff, step, season).items():
                np.testing.assert_allclose(
                    predicted[name][number, step - 1], expected, atol=1e-9, err_msg=name
                )


@given(st.integers(1, 12), st.integers(1, 5), st.integers(0, 20))
def test_no_baseline_looks_beyond_the_cutoff(season: int, horizon: int, cutoff: int) -> None:
    values = np.sin(np.arange(30.0))
    scrambled = np.where(np.arange(30) > cutoff, 1e9, values)
    ours = predict_baselines(values, np.array([cutoff]), horizon, season)
    theirs = predict_baselines(scrambled, np.array([cutoff]), horizon, season)
    for name in BASELINES:
        np.testing.assert_array_equal(ours[name], theirs[name])


EVERY = (
    *BASELINES,
    *("seasonal_naive_28", "seasonal_mean_28", "median", "zero", "tsb"),
    *("ets", "theta", "regression_7", "mstl_7_28"),
)
COUNTS = np.random.default_rng(4).poisson(np.tile([0, 0, 3, 1, 2, 0, 5], 30)).astype(float)
KNOWN = np.random.default_rng(5).normal(size=(230, 2))
FITTED = Baselines.fit([Line(COUNTS[:150], 0, KNOWN)], 7, EVERY)


@given(st.integers(0, 209), st.integers(1, 20))
@settings(max_examples=40, deadline=None)
def test_no_rule_looks_beyond_its_cutoff(cutoff: int, horizon: int) -> None:
    scrambled = np.where(np.arange(210) > cutoff, 1e9, COUNTS)
    cutoffs = np.array([cutoff])
    ours = FITTED.predict(0, COUNTS, cutoffs, horizon)
    theirs = Baselines(FITTED.lines, 7, EVERY, FITTED.fitted).predict(
        0, scrambled, cutoffs, horizon
    )
    assert tuple(ours) == EVERY
    for name in EVERY:
        assert ours[name].shape == (1, horizon)
        np.testing.assert_allclose(ours[name], theirs[name], rtol=1e-12, err_msg=name)


def test_rows_that_begin_later_keep_the_steps_of_their_season() -> None:
    """As where the training part is as long in each fold, and moves on."""
    values = np.tile([0.0, 5.0, 9.0, 4.0, 1.0, 3.0, 8.0], 40)
    values += np.random.default_rng(0).normal(0, 0.1, len(values))
    found = Baselines.fit([Line(values[101:240], 101)], 7, ["ets", "theta", "mstl_7_28"])
    cutoffs = np.arange(239, 260)
    actual = values[cutoffs[:, None] + np.arange(1, 15)]
    for name, said in found.predict(0, values, cutoffs, 14).items():
        assert np.abs(said - actual).mean() < 0.3, name


def test_where_no_longer_season_has_passed_the_usual_one_stands_in() -> None:
    values = np.arange(30.0)
    early = predict_simple("seasonal_naive", values, np.array([10, 29]), 3, 28, shorter=7)
    assert early.tolist() == [[4, 5, 6], [2, 3, 4]]


def test_a_demand_is_smoothed_where_there_is_one_and_forgotten_where_it_dies() -> None:
    steady = np.where(np.arange(200) % 4 == 0, 8.0, 0.0)
    assert predict_demand(steady, np.arange(100, 200), 1).mean() == pytest.approx(2.0, rel=0.05)
    dead = np.append(steady, np.zeros(60))
    assert predict_demand(dead, np.array([259]), 1)[0] < 0.02


def test_the_median_is_that_of_the_last_seasons() -> None:
    values = np.random.default_rng(0).normal(size=100)
    said = predict_median(values, np.array([3, 60, 99]), 7)
    expected = [np.median(values[:4]), np.median(values[33:61]), np.median(values[72:])]
    np.testing.assert_allclose(said, expected)


def test_only_what_is_asked_for_is_predicted() -> None:
    assert list(FITTED.predict(0, COUNTS, np.array([160]), 3, ["zero", "ets"])) == ["zero", "ets"]


def test_rules_are_fitted_once_to_the_same_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    fitted = []

    def count(values: np.ndarray, season: int) -> SmoothingModel:
        fitted.append(len(values))
        return fit_theta(values, season)

    fit_theta = fitting.fit_theta
    monkeypatch.setattr(fitting, "fit_theta", count)
    monkeypatch.setattr(fitting, "_FITTED", Memo[Any](4))
    values = np.sin(np.arange(40.0)) + 3
    one = Baselines.fit([Line(values)], 4, ["theta"])
    two = Baselines.fit([Line(values.copy())], 4, ["theta"])
    assert fitted == [40]
    cutoffs = np.array([39])
    assert two.predict(0, values, cutoffs, 3)["theta"] == pytest.approx(
        one.predict(0, values, cutoffs, 3)["theta"], abs=0
    )
    values[20] += 1e-9
    Baselines.fit([Line(values)], 4, ["theta"])
    Baselines.fit([Line(values, first_row=1)], 4, ["theta"])
    Baselines.fit([Line(values)], 5, ["theta"])
    assert fitted == [40] * 4
