"""Sums of a forecast: which are told, and that a kept model tells them again."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from lstm_core.tasks.forecasting.predicting.newer import NewerTask
from lstm_core.tasks.forecasting.reporting import list_totals, say_total
from lstm_core.tasks.forecasting.task import ForecastingTask
from tests.tasks.datasets import make_dataset
from tests.tasks.forecasting.test_task import SPEC, evaluate, predict_level

COUNTS = np.random.default_rng(4).poisson(20, size=300).astype(float)


def test_counts_are_added_up_and_a_kept_model_adds_them_up_again() -> None:
    task = ForecastingTask(SPEC, make_dataset(COUNTS))
    evaluate(task, lambda examples: predict_level(0.0))
    forecast = task.forecast(predict_level(0.0))
    values = forecast["value"].to_numpy()
    np.testing.assert_allclose(forecast["total"], values.cumsum(), atol=0.5 * len(values))
    assert (forecast["total_low_80"] <= forecast["total"]).all()
    assert (forecast["total"] <= forecast["total_high_80"]).all()
    # Poisson's errors cancel out: a sum of four is known better than four times one.
    widths = (forecast["total_high_80"] - forecast["total_low_80"]).to_numpy()
    sums_of_ranges = (forecast["high_80"] - forecast["low_80"]).sum()
    assert widths[-1] < 0.7 * sums_of_ranges

    kept = json.loads(json.dumps(task.keep()["task"]))
    newer = NewerTask(task.spec, make_dataset(COUNTS), kept).forecast(predict_level(0.0))
    pd.testing.assert_frame_equal(newer, forecast)
    old = {name: value for name, value in kept.items() if name != "total_factors"}
    without = NewerTask(task.spec, make_dataset(COUNTS), old).forecast(predict_level(0.0))
    pd.testing.assert_frame_equal(without, forecast.loc[:, :"high_95"])

    (row,) = list_totals(forecast)
    assert row["total"] == forecast["total"].iloc[-1]
    said = say_total(forecast, "day")
    assert said.startswith("All 4 days together: about ")
    seldom = forecast.assign(value=0.0, total=0.0, total_low_80=0.0, total_high_80=30.0)
    assert say_total(seldom, "day") == "All 4 days together: between 0 and 30."
    assert say_total(forecast.head(1), "day") == ""
    assert say_total(forecast.assign(value=values + 0.5), "day") == ""  # a price, or a load


@pytest.mark.parametrize("values", [COUNTS - 20, COUNTS - COUNTS.mean()])
def test_what_can_be_negative_has_no_sum(values: np.ndarray) -> None:
    task = ForecastingTask(SPEC, make_dataset(values))
    evaluate(task, lambda examples: predict_level(0.0))
    forecast = task.forecast(predict_level(0.0))
    assert not [name for name in forecast.columns if name.startswith("total")]
    assert list_totals(forecast) == []
    assert say_total(forecast, "day") == ""
