"""A run that takes a forecast says what the forecast said."""

from __future__ import annotations

import numpy as np

from lstm_core.pipeline import run_experiment
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.forecasting.pretrained.preview.making import preview_dataset
from lstm_core.tasks.forecasting.pretrained.preview.taking import take_forecast
from tests.tasks.datasets import make_dataset

NUM_ROWS, HORIZON = 120, 6
DRAFT = ExperimentSpec().with_values(
    {
        "model.architecture": "seq2seq",
        "task.strategy": "recursive",
        "task.shrink": True,
        "task.lags": [14],
        "task.outliers": "clip",
        "task.num_folds": 1,
        "training.epochs": 7,
        "training.stateful": True,
    }
)
"""Of a person who had something else in mind."""


def test_the_run_forecasts_what_stood_on_the_card() -> None:
    rng = np.random.default_rng(5)
    days = np.arange(NUM_ROWS)
    level = np.where(days < 4, -50.0, 100.0)  # a first week that is no guide to the latest
    values = level + 0.2 * days + 20 * np.sin(2 * np.pi * days / 7) + rng.normal(0, 4, NUM_ROWS)
    observed = np.ones((NUM_ROWS, 1), bool)
    observed[[60, 61]] = False
    dataset = make_dataset(values, observed=observed)
    preview = preview_dataset(dataset, HORIZON, with_total=True, most_lines=12)
    spec = take_forecast(DRAFT, preview)
    assert spec.task.num_folds == 1
    result = run_experiment(spec, dataset)
    said = result.tables["forecast"]
    assert result.spec.training.epochs == 0
    assert np.allclose(said["value"], preview.table["value"], rtol=1e-5)
    assert list(said["timestamp"]) == list(preview.table["timestamp"])


def test_what_is_taken_is_of_the_weights_that_said_it() -> None:
    dataset = make_dataset(np.sin(np.arange(60.0)) + 5)
    preview = preview_dataset(dataset, HORIZON)
    spec = take_forecast(DRAFT, preview)
    assert (spec.model.fine_tune, spec.model.pretrained_version) == ("none", preview.version)
    assert spec.task.horizon == HORIZON
    assert not spec.training.stateful
    assert DRAFT.training.seed == spec.training.seed
