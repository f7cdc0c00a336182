"""A category whose levels are looked up: what of it drives the target is learnt."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pytest

from lstm_core.data.series.dataset import Dataset
from lstm_core.pipeline import ExperimentResult, run_experiment
from lstm_core.predictor import open_predictor
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.forecasting.cautions import list_cautions
from lstm_core.tasks.forecasting.defaults import resolve_spec
from lstm_core.tasks.forecasting.framing.examples import frame_dataset, shape_examples
from lstm_core.tasks.forecasting.framing.inputs.adding import add_inputs
from lstm_core.tasks.forecasting.framing.leaks import check_leaks
from lstm_core.tasks.forecasting.network.cost import measure_cost
from lstm_core.tasks.forecasting.network.designing import list_ends, open_design
from tests.data.tables import build

PAST = ("mood = a", "mood = b", "mood = c")
NUM_ROWS, HORIZON = 300, 2
WEATHER = [f"kind {number}" for number in range(8)]
EFFECTS = dict(zip(WEATHER, np.random.default_rng(1).permutation(np.arange(8.0)), strict=True))
SMALL: dict[str, Any] = {
    "task.calendar_tried": [],
    "model.architecture": "gru",
    "model.units": 8,
    "training.epochs": 20,
    "training.batch_size": 32,
    "training.learning_rate": 0.02,
    "training.num_seeds": 1,
    "training.retrain": False,
    "task.lookback": 4,
    "task.horizon": HORIZON,
    "task.season": 1,
    "task.refit": False,
    "task.shrink": False,
    "task.ranges": "residuals",
    "task.window_normalisation": "none",
    "task.categories": "embedded",
}


def draw_days(num_rows: int = NUM_ROWS, seed: int = 0) -> dict[str, Any]:
    """Days whose sales follow from their weather, known ahead, and from nothing else."""
    generator = np.random.default_rng(seed)
    weather = generator.choice(WEATHER, num_rows + HORIZON)
    sales = np.array([EFFECTS[kind] for kind in weather]) + generator.normal(0, 0.1, len(weather))
    sales[num_rows:] = np.nan
    return {
        "day": pd.date_range("2024-01-01", periods=len(weather)),
        "sales": sales,
        "weather": weather,
        "mood": generator.choice(["a", "b", "c"], len(weather)),
    }


def read(columns: dict[str, Any], **data: Any) -> Dataset:
    given = {"targets": ("sales",), "known_future_covariates": ("weather",)}
    return build(columns, **(given | {"past_covariates": ("mood",)} | data))


@cache
def fit() -> ExperimentResult:
    return run_experiment(ExperimentSpec().with_values(SMALL), read(draw_days()))


def resolve(dataset: Dataset, **values: Any) -> ExperimentSpec:
    settings = {f"task.{key}": value for key, value in values.items()}
    return resolve_spec(ExperimentSpec().with_values(SMALL | settings), dataset)[0]


@pytest.mark.backend
def test_what_drives_the_target_is_learnt_through_the_table() -> None:
    assert fit().metrics["mae"] < 0.5  # levels lie 1 apart


@pytest.mark.backend
def test_levels_that_were_never_seen_are_as_all_others() -> None:
    """They are at zero, and levels that the model knows are not."""
    result = fit()
    predictor = open_predictor(result.model, result.weights)
    names = result.spec.data.known_future_covariates
    assert names is not None
    said = {}
    for kind in ("hail", "fog", *WEATHER[:2]):
        columns = draw_days(40, seed=3)
        columns["weather"][40:] = kind
        newer = read(columns, known_future_covariates=names, past_covariates=PAST)
        said[kind] = predictor.answer(newer)["value"].to_numpy()
    np.testing.assert_array_equal(said["hail"], said["fog"])
    for kind in WEATHER[:2]:
        np.testing.assert_allclose(said[kind], EFFECTS[kind], atol=1)


def test_each_category_is_a_group_of_columns_and_what_is_made_of_them_is_none() -> None:
    dataset = read(draw_days())
    made = ["mood = a", "mood = b", "weather = kind 1", "weather = kind 2"]
    spec = resolve(dataset, products=made, calendar=["weekday"], holidays="DE")
    shape = shape_examples(dataset, spec)
    assert shape == frame_dataset(add_inputs(dataset, spec), spec).examples.shape
    names = add_inputs(dataset, spec).roles.columns
    assert [[names[column] for column in group] for group in shape.categories] == [
        list(PAST),
        [f"weather = {kind}" for kind in WEATHER],
    ]
    assert shape.categories_ahead == (tuple(range(8)),)
    one_hot = shape_examples(dataset, spec.update("task", {"categories": "one_hot"}))
    assert (one_hot.categories, one_hot.num_past) == ((), shape.num_past)


@pytest.mark.parametrize("scaling", ["standard", "minmax", "none"])
def test_levels_stay_0_and_1_for_the_network(scaling: str) -> None:
    dataset = read(draw_days())
    examples = frame_dataset(dataset, resolve(dataset, scaling=scaling)).examples
    assert np.isin(examples.past[:, 1:], (0, 1)).all()
    assert np.isin(examples.future, (0, 1)).all()
    one_hot = frame_dataset(dataset, resolve(dataset, categories="one_hot")).examples
    assert not np.isin(one_hot.past[:, 1:], (0, 1)).all()


def test_columns_of_numbers_that_are_called_like_levels_are_scaled() -> None:
    generator = np.random.default_rng(0)
    columns = draw_days()
    columns |= {f"room = {name}": generator.normal(500, 90, NUM_ROWS + 2) for name in "ab"}
    dataset = read(columns, past_covariates=("room = a", "room = b"))
    examples = frame_dataset(dataset, resolve(dataset)).examples
    assert np.abs(examples.past).max() < 6


def test_what_describes_series_is_looked_up_as_well() -> None:
    regions = {"p": "north", "q": "south", "r": "east"}
    columns = {
        "day": [*pd.date_range("2024-01-01", periods=80)] * 3,
        "shop": np.repeat([*regions], 80),
        "sales": np.random.default_rng(0).normal(5, 1, 240),
        "region": np.repeat([*regions.values()], 80),
    }
    dataset = build(columns, series="shop", targets=("sales",), static=("region",))
    spec = resolve(dataset).with_values({"data.static": ["region"]})
    assert np.isin(frame_dataset(dataset, spec).examples.past[:, 1:], (0, 1)).all()
    assert not any("stands still" in caution for caution in list_cautions(spec, dataset))


def test_nothing_of_it_is_from_the_future() -> None:
    report = check_leaks(ExperimentSpec().with_values(SMALL), read(draw_days()))
    assert report.is_clean, report.sentence


def test_the_designer_shows_what_its_layers_are_given() -> None:
    dataset = read(draw_days())
    spec = resolve(dataset)
    shape = shape_examples(dataset, spec)
    cost = measure_cost(spec, shape)
    window, looked_up = list_ends(spec, shape, cost).before
    width = 1 + 3 + 4  # the target, and one more than the root of the levels each
    assert (window.shape, looked_up.shape) == ((4, 12), (4, width))
    assert open_design(spec, shape).num_features == width
    assert looked_up.costs[0].num_parameters == 3 * 3 + 8 * 4
