from __future__ import annotations

import json

import numpy as np
import pytest

from lstm_core.tasks.forecasting.baselines.several_seasons import count_rows, fit_several, has_room
from lstm_core.tasks.forecasting.baselines.simple import predict_simple
from lstm_core.tasks.forecasting.baselines.smoothing import fit_ets
from lstm_core.tasks.forecasting.baselines.smoothing_models import SmoothingModel

DAY, WEEK = 12, 84


def make_load(num_rows: int, seed: int = 0, noise: float = 0.3) -> np.ndarray:
    """Make days whose shape is another at the end of the week, and noise that stays a while."""
    generator = np.random.default_rng(seed)
    steps = np.arange(num_rows)
    weekend = steps // DAY % 7 >= 5
    day = 5 * np.sin(2 * np.pi * steps / DAY) * np.where(weekend, 0.3, 1.0) - 3 * weekend
    rest = np.convolve(generator.normal(0, noise, num_rows + 20), 0.7 ** np.arange(20), "valid")
    return 40 + day + rest[:num_rows]


VALUES = make_load(1_100)
MODEL = fit_several(VALUES[:900], (DAY, WEEK))


def predict_error(model: SmoothingModel, values: np.ndarray, cutoffs: np.ndarray) -> float:
    actual = values[cutoffs[:, None] + np.arange(1, DAY + 1)]
    return float(np.abs(model.predict(values, cutoffs, DAY) - actual).mean())


def test_two_seasons_are_known_where_one_is_not_enough() -> None:
    cutoffs = np.arange(899, 1_080)
    both = predict_error(MODEL, VALUES, cutoffs)
    actual = VALUES[cutoffs[:, None] + np.arange(1, DAY + 1)]
    last_week = predict_simple("seasonal_naive", VALUES, cutoffs, DAY, WEEK)
    assert both < 0.5 * predict_error(fit_ets(VALUES[:900], DAY), VALUES, cutoffs)
    assert both < 0.9 * np.abs(last_week - actual).mean()


def test_a_season_that_changes_is_followed() -> None:
    changed = VALUES + np.where(np.arange(1_100) % DAY == 3, np.arange(1_100) / 100, 0.0)
    model = fit_several(changed[:900], (DAY, WEEK))
    assert model.gamma > 0 or model.longer_gammas[0] > 0
    assert predict_error(model, changed, np.arange(899, 1_080)) < 1.0


@pytest.mark.parametrize("cutoff", [0, 50, 500, 905])
def test_no_forecast_looks_beyond_its_cutoff(cutoff: int) -> None:
    scrambled = np.where(np.arange(1_100) > cutoff, -1e9, VALUES)
    cutoffs = np.array([1_050, cutoff])
    ours, theirs = (MODEL.predict(values, cutoffs, 90)[1] for values in (VALUES, scrambled))
    np.testing.assert_array_equal(ours, theirs)


def test_it_is_the_same_after_json() -> None:
    assert SmoothingModel.from_json(json.loads(json.dumps(MODEL.to_json()))) == MODEL
    old = {key: value for key, value in MODEL.to_json().items() if not key.startswith("longer")}
    assert SmoothingModel.from_json(old).longer == ()


def test_early_cutoffs_keep_the_steps_of_both_seasons() -> None:
    late = make_load(2_000, noise=0.01)
    model = fit_several(late, (DAY, WEEK))
    assert model.first_row == 2_000 - count_rows(2_000, (DAY, WEEK))
    assert predict_error(model, late, np.arange(200, 700)) < 1.0


@pytest.mark.parametrize("values", [np.zeros(400), np.full(400, 3.0), np.arange(400.0)])
def test_odd_data_is_predicted_all_the_same(values: np.ndarray) -> None:
    predicted = fit_several(values, (DAY, WEEK)).predict(values, np.array([399]), 20)
    assert np.isfinite(predicted).all()
    assert np.abs(predicted - values[-1]).max() < 25


def test_a_season_has_room_where_it_is_there_twice_among_the_rows_that_are_read() -> None:
    assert has_room(169, (DAY, WEEK))
    assert not has_room(168, (DAY, WEEK))
    assert not has_room(100_000, (24, 8_736)), "rows that are read are bounded"
