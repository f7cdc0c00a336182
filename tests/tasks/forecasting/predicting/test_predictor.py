"""A model that stays open says what it would say anew, and compiles once."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest

from lstm_core.data.series.dataset import Dataset
from lstm_core.data.series.what_if.editing import edit_future, keep_series, list_future
from lstm_core.errors import DataError
from lstm_core.pipeline import ExperimentResult, run_experiment
from lstm_core.predictor import open_predictor
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.forecasting.baselines.fitting import Baselines
from lstm_core.tasks.forecasting.predicting import predictor as predictor_module
from tests.tasks.datasets import make_dataset, make_sine

HORIZON = 4
SMALL: dict[str, Any] = {
    "model.architecture": "simple_rnn",
    "model.units": 4,
    "training.epochs": 1,
    "training.batch_size": 64,
    "training.num_seeds": 1,
    "task.lookback": 8,
    "task.horizon": HORIZON,
    "task.season": 6,
    "task.window_normalisation": "last_value",
    "task.covariates": "all",
}


def make_shops() -> Dataset:
    """Two shops of different lengths, whose promotions are known ahead."""
    table = {
        name: np.column_stack([make_sine(length, seed=length), np.arange(length) % 5])
        for name, length in (("north", 90), ("south", 70))
    }
    return make_dataset(table, future=dict.fromkeys(table, np.arange(HORIZON)[:, None]))


@cache
def fit(**values: Any) -> ExperimentResult:
    settings = {key.replace("__", "."): value for key, value in values.items()}
    spec = ExperimentSpec().with_values(
        {**SMALL, "data.known_future_covariates": ["k0"], **settings}
    )
    return run_experiment(spec, make_shops())


class Built:
    """Counts what is built and fitted while predictors answer."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.num_trainers = self.num_fits = 0
        make, fit_to = predictor_module.make_answerer, Baselines.fit

        def count_trainer(*args: Any) -> Any:
            self.num_trainers += 1
            return make(*args)

        def count_fit(*args: Any, **options: Any) -> Any:
            self.num_fits += 1
            return fit_to(*args, **options)

        monkeypatch.setattr(predictor_module, "make_answerer", count_trainer)
        monkeypatch.setattr(Baselines, "fit", count_fit)


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> Built:
    return Built(monkeypatch)


def ask_of(name: str, value: float) -> Dataset:
    own = keep_series(make_shops(), [name])
    return edit_future(own, HORIZON, list_future(own, HORIZON) * 0 + value)


FIRST, CHANGED, OTHER_SHOP = ("north", 1.0), ("north", 9.0), ("south", 9.0)


@pytest.mark.parametrize(
    ("settings", "questions"),
    [
        ({}, [FIRST, OTHER_SHOP, CHANGED]),
        pytest.param(
            {"forecast__strategy": "recursive"},
            [FIRST, OTHER_SHOP, CHANGED],
            marks=pytest.mark.slow,
        ),
        pytest.param(
            # Alone: who is mixed with it knows nothing of what is asked.
            {"training__stateful": True, "task__shrink": False},
            [FIRST, CHANGED],
            marks=pytest.mark.slow,
        ),
    ],
    ids=["direct", "recursive", "stateful"],
)
def test_later_questions_are_answered_without_building_anew(
    settings: dict[str, Any], questions: list[tuple[str, float]], built: Built
) -> None:
    result = fit(**settings)
    predictor = open_predictor(result.model, result.weights)
    *_, before, said = [predictor.answer(ask_of(*question)) for question in questions]
    assert built.num_trainers == 1
    expected = open_predictor(result.model, result.weights).answer(ask_of(*questions[-1]))
    assert said["series"].tolist() == expected["series"].tolist()
    np.testing.assert_allclose(said["value"], expected["value"], atol=1e-6)
    assert not np.allclose(before["value"], said["value"])


def test_all_series_at_once_are_what_the_run_has_forecast() -> None:
    result = fit()
    again = open_predictor(result.model, result.weights).answer(make_shops())
    np.testing.assert_allclose(again["value"], result.tables["forecast"]["value"], atol=1e-5)


def test_the_baseline_that_is_mixed_in_is_fitted_once(built: Built) -> None:
    result = fit()
    model = dict(result.model)
    model["task"] = model["task"] | {"shrinkage": {"weight": 0.5, "baseline": "theta"}}
    predictor, before = open_predictor(model, result.weights), built.num_fits
    for question in (FIRST, OTHER_SHOP, CHANGED):
        predictor.answer(ask_of(*question))
    assert built.num_fits - before == 2  # one a shop


def test_a_model_of_another_format_is_refused() -> None:
    result = fit()
    with pytest.raises(DataError, match="older version"):
        open_predictor({**result.model, "format": 1}, result.weights)


def test_a_series_that_is_unknown_is_refused_and_the_next_question_answered() -> None:
    result = fit()
    predictor = open_predictor(result.model, result.weights)
    with pytest.raises(DataError, match="was not trained on a series"):
        predictor.answer(rename(make_shops(), "south", "east"))
    assert len(predictor.answer(ask_of("south", 2.0))) == HORIZON


def rename(dataset: Dataset, old: str, new: str) -> Dataset:
    frames = [
        frame.rename(index={old: new}, level="series") for frame in (dataset.frame, dataset.future)
    ]
    return replace(dataset, frame=frames[0], future=frames[1])
