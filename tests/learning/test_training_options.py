"""Whole runs with the rarer ways of training; what was stored forecasts the same again."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from lstm_core.errors import SpecError
from lstm_core.pipeline import run_experiment
from lstm_core.predictor import open_predictor
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.forecasting.defaults import resolve_spec
from lstm_core.tasks.forecasting.export.exporter import EXPORTER
from tests.tasks.datasets import make_dataset, make_sine

SMALL: dict[str, Any] = {
    "model.units": 4,
    "training.epochs": 2,
    "training.batch_size": 32,
    "training.preset": "fast",
    "task.lookback": 8,
    "task.horizon": 4,
    "task.season": 4,
    "task.window_normalisation": "none",
}
TWO = make_dataset(np.column_stack([make_sine(120), make_sine(120, 9)]), num_targets=2)
SHOPS = make_dataset({"north": make_sine(90), "south": make_sine(70, 9)})


@pytest.mark.parametrize(
    ("dataset", "values"),
    [
        (TWO, {"model.architecture": "segment", "model.segment": 4}),
        pytest.param(
            SHOPS,
            {"model.architecture": "seq2seq", "task.ranges": "quantile"},
            marks=pytest.mark.slow,
        ),
        pytest.param(
            SHOPS,
            {"model.architecture": "attention", "training.retrain": True},
            marks=pytest.mark.slow,
        ),
    ],
)
def test_a_stateful_run_forecasts_the_same_again(dataset: Any, values: dict[str, Any]) -> None:
    spec = ExperimentSpec().with_values({**SMALL, "training.stateful": True, **values})
    result = run_experiment(spec, dataset)
    assert np.isfinite(result.tables["forecast"]["value"]).all()
    again = open_predictor(result.model, result.weights).answer(dataset)
    np.testing.assert_allclose(again["value"], result.tables["forecast"]["value"], atol=1e-6)
    assert "attention" not in result.tables  # where it looks depends on what went before


def test_rates_losses_and_sixteen_bits_go_through_a_whole_run() -> None:
    spec = ExperimentSpec().with_values(
        {
            **SMALL,
            "model.architecture": "gru",
            "training.optimizer": "lion",
            "training.schedule": "one_cycle",
            "training.loss": "pinball",
            "training.pinball_level": 0.7,
            "training.precision": "mixed_bfloat16",
        }
    )
    result = run_experiment(spec, TWO)
    again = open_predictor(result.model, result.weights).answer(TWO)
    np.testing.assert_allclose(again["value"], result.tables["forecast"]["value"], atol=1e-6)


def test_no_script_claims_to_be_stateful() -> None:
    spec = ExperimentSpec().with_values({"model.architecture": "gru", "training.stateful": True})
    resolved, _ = resolve_spec(spec, SHOPS)
    with pytest.raises(SpecError, match="no script for stateful training"):
        EXPORTER.write_script(resolved, SHOPS)
