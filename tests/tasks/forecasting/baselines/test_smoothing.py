from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core.tasks.forecasting.baselines.smoothing import (
    FEWEST_ROWS,
    MOST_ROWS,
    _fit_theta_member,
    attempt,
    fit_ets,
    fit_theta,
)
from lstm_core.tasks.forecasting.baselines.smoothing_models import Adjustment, SmoothingModel
from lstm_core.tasks.forecasting.pretrained.made_up import KINDS, RHYTHMS
from tests.made_up import draw_series

SEASON = 6
MONTHLY = next(rhythm for rhythm in RHYTHMS if rhythm.name == "monthly")
DAMPED_SEASONAL = SmoothingModel(
    kind="ets",
    season=SEASON,
    first_row=0,
    adjustment=Adjustment(),
    level=3.0,
    trend=0.2,
    seasonal=(1.0, -1.0, 0.5, 0.0, -2.0, 1.5),
    alpha=0.4,
    beta=0.1,
    gamma=0.2,
    phi=0.9,
)


def make_seasonal(rows: int, *, growth: float = 0.0, seed: int = 0) -> np.ndarray:
    """Make a season of six steps around 10, noise, and growth that multiplies both."""
    steps = np.arange(rows)
    season = np.array([2.0, 0.5, -1.0, -3.0, 0.0, 1.5])[steps % SEASON]
    noise = np.random.default_rng(seed).normal(0.0, 0.3, rows)
    return (10.0 + season + noise) * np.exp(growth * steps)


def test_recursion_equals_that_of_statsmodels() -> None:
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel

    values = make_seasonal(50)
    model = DAMPED_SEASONAL
    theirs = ETSModel(
        values,
        trend="add",
        damped_trend=True,
        seasonal="add",
        seasonal_periods=SEASON,
        initialization_method="known",
        initial_level=model.level,
        initial_trend=model.trend,
        initial_seasonal=np.array(model.seasonal),
    ).smooth([model.alpha, model.beta, model.gamma, model.phi])
    ours = model.predict(values, np.array([49]), 20)[0]
    np.testing.assert_allclose(ours, theirs.forecast(20), rtol=1e-10)


def test_fitted_ets_agrees_with_statsmodels_on_the_values_themselves() -> None:
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel

    values = (make_seasonal(80) - 10.0) * np.linspace(1.0, 4.0, 80)
    model = fit_ets(values, SEASON)
    assert len(model.seasonal) == SEASON, "a season that changes should be smoothed"
    theirs = ETSModel(
        values,
        trend="add" if model.trend else None,
        damped_trend=bool(model.trend),
        seasonal="add",
        seasonal_periods=SEASON,
        initialization_method="heuristic",
    ).fit(disp=False)
    ours = model.predict(values, np.array([79]), 12)[0]
    np.testing.assert_allclose(ours, theirs.forecast(12), atol=0.05)


@pytest.mark.parametrize(
    ("shift", "log", "divides"),
    [(0.0, False, True), (0.0, True, False), (-12.0, False, False)],
    ids=["multiplicative", "log", "additive"],
)
def test_theta_equals_that_of_statsmodels(shift: float, log: bool, divides: bool) -> None:
    from statsmodels.tsa.forecasting.theta import ThetaModel

    values = make_seasonal(26) * np.linspace(1.0, 1.4, 26) + shift
    model = _fit_theta_member(values, 26, SEASON, log)
    assert model.adjustment.divides == divides
    method = "mul" if divides else "add"
    theirs = ThetaModel(np.log(values) if log else values, period=SEASON, method=method)
    expected = theirs.fit().forecast(13).to_numpy()
    ours = model.predict(values, np.array([25]), 13)[0]
    np.testing.assert_allclose(ours, np.exp(expected) if log else expected, rtol=1e-4)


def test_theta_drifts_by_half_a_slope_a_step_from_the_first_value_on() -> None:
    model = SmoothingModel("theta", 1, 0, Adjustment(), level=0.0, alpha=0.1, drift=0.5)
    predicted = model.predict(np.zeros(2), np.array([0, 1]), 3)
    np.testing.assert_allclose(predicted, [[0.5, 1.0, 1.5], [0.95, 1.45, 1.95]])


def test_the_recursion_begins_at_its_first_row() -> None:
    values, later = make_seasonal(50), replace(DAMPED_SEASONAL, first_row=10)
    np.testing.assert_array_equal(
        later.predict(values, np.array([30, 10]), 9),
        DAMPED_SEASONAL.predict(values[10:], np.array([20, 0]), 9),
    )


def test_before_its_first_row_the_season_keeps_its_steps() -> None:
    values = 5.0 + np.resize(DAMPED_SEASONAL.seasonal, 40)
    early = replace(DAMPED_SEASONAL, first_row=20, seasonal=tuple((values[20:26] - 5.0).tolist()))
    np.testing.assert_allclose(early.predict(values, np.array([0, 9]), 8)[1], values[10:18])


def test_a_fit_that_comes_to_no_number_is_none() -> None:
    assert attempt(lambda: replace(DAMPED_SEASONAL, alpha=np.nan)) is None


@given(st.integers(0, 699), st.integers(1, 20), st.sampled_from([1, SEASON]))
@settings(max_examples=30, deadline=None)
def test_no_forecast_looks_beyond_its_cutoff(cutoff: int, horizon: int, season: int) -> None:
    values = make_seasonal(700)
    scrambled = np.where(np.arange(700) > cutoff, -1e9, values)
    cutoffs = np.array([699, cutoff, 0])
    for model in FITTED[season]:
        ours = model.predict(values, cutoffs, horizon)[1]
        theirs = model.predict(scrambled, cutoffs, horizon)[1]
        alone = model.predict(values[: cutoff + 1], np.array([cutoff]), horizon)[0]
        np.testing.assert_array_equal(ours, theirs)
        np.testing.assert_allclose(ours, alone, rtol=1e-9)


def fit_both(values: np.ndarray, season: int) -> list[SmoothingModel]:
    return [fit_ets(values, season), fit_theta(values, season)]


FITTED = {season: fit_both(make_seasonal(600), season) for season in (1, SEASON)}


def test_a_cutoff_stands_on_its_own_row_wherever_the_recursion_began() -> None:
    values = make_seasonal(700)
    for model in FITTED[SEASON]:
        assert model.first_row == 600 - MOST_ROWS
        for cutoffs in (np.arange(650, 680), np.arange(20, 90)):  # after and before first_row
            actual = values[cutoffs[:, None] + np.arange(1, 13)]
            error = np.abs(model.predict(values, cutoffs, 12) - actual).mean()
            assert error < 0.6, f"{model.kind} confuses the steps of the season"


def make_trend(kind: str, seed: int) -> np.ndarray:
    generator = np.random.default_rng(seed)
    steps = np.arange(120.0)
    line = {"none": 0 * steps, "undamped": 0.8 * steps, "damped": 90 * (1 - 0.96**steps)}[kind]
    return 50 + line + generator.normal(0, 1.0, 120)


@pytest.mark.parametrize("kind", ["none", "undamped"])
def test_the_trend_is_chosen_by_the_criterion(kind: str) -> None:
    """A line goes on, noise around a level has no trend; both are known well beyond the rows."""
    for seed in range(5):
        values = make_trend(kind, seed)
        model = fit_ets(values, 1)
        assert (model.trend != 0 and model.phi == 1) == (kind == "undamped"), seed
        ahead = model.predict(values, np.array([119]), 30)[0]
        expected = 50 + (0.8 * np.arange(120, 150) if kind == "undamped" else 0)
        assert np.abs(ahead - expected).mean() < 2.0


def test_a_trend_that_dies_away_is_damped() -> None:
    phis = [fit_ets(make_trend("damped", seed), 1).phi for seed in range(5)]
    assert sum(phi < 1 for phi in phis) >= 4


def test_growing_spread_is_fitted_on_logarithms() -> None:
    values = make_seasonal(144, growth=0.01)
    model = fit_ets(values[:120], SEASON)
    assert model.adjustment.log
    predicted = model.predict(values, np.array([119]), 12)[0]
    assert np.abs(predicted / values[120:132] - 1).mean() < 0.1
    dropped = np.append(values[:120], 0.0)
    assert np.isfinite(model.predict(dropped, np.array([120]), 12)).all()


def test_a_price_that_falls_below_all_it_was_fitted_on_is_followed() -> None:
    prices = np.append(make_seasonal(300, growth=0.002), np.linspace(9.0, 3.0, 60))
    model = fit_ets(prices[:300], SEASON)
    assert model.adjustment.log
    assert prices[:300].min() > 5.5
    assert model.predict(prices, np.array([359]), 1)[0, 0] < 4.5


def test_a_season_too_long_to_smooth_is_taken_away_beforehand() -> None:
    season = 100
    profile = np.random.default_rng(1).normal(0.0, 5.0, season)
    values = np.tile(profile, 6) + np.random.default_rng(2).normal(0.0, 0.5, 600)
    for model in fit_both(values[:500], season):
        assert len(model.adjustment.profile) == season
        error = np.abs(model.predict(values, np.array([499]), season)[0] - values[500:]).mean()
        assert error < 1.5, f"{model.kind} misses the season"


ODD = {
    "one row": np.array([5.0]),
    "two rows": np.array([1.0, 2.0]),
    "short": np.arange(float(FEWEST_ROWS)),
    "shorter than two seasons": np.arange(11.0),
    "constant": np.full(60, 7.0),
    "zeros": np.zeros(60),
    "mostly zero": np.where(np.arange(60) % 13 == 0, 4.0, 0.0),
    "negative": -make_seasonal(60),
    "huge": make_seasonal(60) * 1e200,
    "tiny": make_seasonal(60) * 1e-200,
    "a line": np.arange(60.0),
    "explosive": np.exp(np.arange(60.0)),
    "one jump": np.repeat([0.0, 1e9], 30),
    "a step at the end": np.append(np.zeros(59), 1.0),
    "noise on a high level": 1e12 + np.sin(np.arange(60.0)),
}


@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize("season", [1, SEASON])
@pytest.mark.filterwarnings("error")
def test_odd_data_is_predicted_all_the_same(name: str, season: int) -> None:
    values = ODD[name]
    for model in fit_both(values, season):
        predicted = model.predict(values, np.arange(len(values)), 9)
        assert predicted.shape == (len(values), 9)
        assert np.isfinite(predicted).all()
        if name in ("one row", "two rows", "constant", "zeros"):
            np.testing.assert_array_equal(predicted[-1], values[-1])


@given(st.lists(st.floats(-1e30, 1e30), min_size=1, max_size=30), st.integers(1, 8))
@settings(max_examples=25, deadline=None)
def test_no_data_stops_a_fit(values: list[float], season: int) -> None:
    assert [model.kind for model in fit_both(np.array(values), season)] == ["ets", "theta"]


@pytest.mark.slow
@pytest.mark.parametrize("kind", [kind.name for kind in KINDS if kind.suits(MONTHLY)])
@pytest.mark.filterwarnings("error")
def test_what_the_world_brings_is_predicted_within_reason(kind: str) -> None:
    for values in draw_series(kind, 72, count=3):
        for model in fit_both(values[:60], MONTHLY.longest):
            predicted = model.predict(values[:60], np.array([59]), 12)
            assert np.abs(predicted - values[59]).max() <= 10 * np.ptp(values[:60])


@pytest.mark.parametrize("season", FITTED)
def test_models_survive_json(season: int) -> None:
    for model in FITTED[season]:
        assert SmoothingModel.from_json(json.loads(json.dumps(model.to_json()))) == model


def test_statsmodels_is_not_loaded_before_something_is_fitted() -> None:
    code = (
        "import sys, numpy as np\n"
        "from lstm_core.tasks.forecasting.baselines import smoothing\n"
        "model = smoothing.SmoothingModel('ets', 1, 0, smoothing.Adjustment(), 1.0)\n"
        "model.predict(np.ones(9), np.array([8]), 3)\n"
        "sys.exit(any(name in sys.modules for name in ('statsmodels', 'scipy')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
