from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from lstm_core.data.dataset import Dataset
from lstm_core.data.frequency import Frequency
from lstm_core.spec import ForecastSpec
from lstm_core.tasks.base import Examples
from lstm_core.tasks.forecasting import task as task_module
from lstm_core.tasks.forecasting.task import ForecastingTask
from tests.tasks.datasets import NUMBERED, make_dataset, make_sine

SPEC = ForecastSpec(lookback=6, horizon=4, season=12, window_normalisation="none")
COLUMNS = [
    *("series", "target", "fold", "cutoff", "step", "timestamp", "actual", "model"),
    *("last_value", "seasonal_naive", "seasonal_mean", "drift"),
]


def know_the_future(examples: Examples) -> Callable[[np.ndarray], np.ndarray]:
    """Predict what the examples hold behind each cutoff: an oracle."""
    shape = examples.shape
    steps = np.arange(1, shape.horizon + 1)
    return lambda cutoffs: examples.past[cutoffs[:, None] + steps, : shape.num_targets]


def predict_level(level: float, num_targets: int = 1) -> Callable[[np.ndarray], np.ndarray]:
    return lambda cutoffs: np.full((len(cutoffs), 4, num_targets), level, np.float32)


def make_two_series() -> Dataset:
    return make_dataset({"north": make_sine(150) + 100, "south": 5 * make_sine(130, seed=1)})


@pytest.mark.parametrize(
    "dataset",
    [
        make_dataset(make_sine(150)),
        make_dataset(np.column_stack([make_sine(150), 9 + make_sine(150, 7)]), num_targets=2),
        make_two_series(),
        make_dataset(make_sine(150), frequency=NUMBERED),
    ],
    ids=["one", "two targets", "two series", "numbered"],
)
def test_an_oracle_is_without_error_in_the_units_of_the_data(dataset: Dataset) -> None:
    task = ForecastingTask(SPEC)
    evaluation = task.evaluate(dataset, know_the_future(task.prepare(dataset)))
    table = evaluation.predictions
    assert list(table.columns) == COLUMNS
    np.testing.assert_allclose(table["model"], table["actual"], atol=1e-4)
    assert evaluation.metrics["mae"] == pytest.approx(0, abs=1e-4)
    assert evaluation.verdict["beats_baseline"]
    assert evaluation.verdict["skill"] > 0.99
    assert set(evaluation.baselines) == set(COLUMNS[-4:])
    for (series, target), lines in table.groupby(["series", "target"]):
        known = dataset.frame.xs("series" if dataset.roles.series is None else series)[str(target)]
        places = [
            known.index.get_indexer(pd.Index(lines[name])) for name in ("cutoff", "timestamp")
        ]
        assert known.iloc[places[0]].tolist() == lines["last_value"].tolist()
        assert known.iloc[places[1]].tolist() == lines["actual"].tolist()
        assert (places[1] - places[0]).tolist() == lines["step"].tolist()


def test_a_filled_value_is_never_an_actual_one() -> None:
    observed = np.ones((150, 1), bool)
    observed[140] = False
    dataset = make_dataset(make_sine(150), observed=observed)
    task = ForecastingTask(SPEC)
    table = task.evaluate(dataset, know_the_future(task.prepare(dataset))).predictions
    filled_time = dataset.frame.index[140][1]
    assert (table["actual"].isna() == (table["timestamp"] == filled_time)).all()
    assert not (table["cutoff"] == filled_time).any()


def test_series_are_named_by_their_column_and_otherwise_by_the_target() -> None:
    for dataset, names in (
        (make_two_series(), {"north", "south"}),
        (make_dataset(np.column_stack([make_sine(150)] * 2), num_targets=2), {"y0", "y1"}),
    ):
        task = ForecastingTask(SPEC)
        task.prepare(dataset)
        num_targets = len(dataset.roles.targets)
        table = task.forecast(dataset, predict_level(0.0, num_targets))
        assert set(table["series"]) == names
        assert table.groupby(["series", "target"]).size().tolist() == [4, 4]


def test_a_large_prediction_table_is_thinned_evenly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(task_module, "MAX_PREDICTIONS", 40)
    dataset = make_dataset(make_sine(400))
    task = ForecastingTask(SPEC)
    examples = task.prepare(dataset)
    table = task.evaluate(dataset, know_the_future(examples)).predictions
    cutoffs = table["cutoff"].drop_duplicates()
    assert len(cutoffs) == 10
    assert cutoffs.iloc[-1] == dataset.frame.index[examples.cutoffs["test"][-1]][1]
    gaps = cutoffs.diff().dropna().dt.days
    assert gaps.max() - gaps.min() <= 1


def forecast_times(frequency: Frequency, first: str) -> list[object]:
    dataset = make_dataset(make_sine(100), frequency=frequency, first=first)
    task = ForecastingTask(SPEC)
    task.prepare(dataset)
    return list(task.forecast(dataset, predict_level(0.0))["timestamp"])


def test_business_days_skip_the_weekend() -> None:
    # 100 business days from a Monday end on a Friday
    assert forecast_times(Frequency("B"), "2024-01-01") == [
        pd.Timestamp(day) for day in ("2024-05-20", "2024-05-21", "2024-05-22", "2024-05-23")
    ]


def test_month_ends_are_true_month_ends() -> None:
    # 100 month ends from 2015-10-31 end on 2024-01-31, before a leap day
    assert forecast_times(Frequency("ME"), "2015-10-31") == [
        pd.Timestamp(day) for day in ("2024-02-29", "2024-03-31", "2024-04-30", "2024-05-31")
    ]


def test_numbered_rows_are_counted_on() -> None:
    assert forecast_times(Frequency(step=5), "") == [500, 505, 510, 515]


def test_a_forecast_comes_back_in_the_units_of_each_series() -> None:
    dataset = make_two_series()
    task = ForecastingTask(SPEC)
    task.prepare(dataset)
    values = task.forecast(dataset, predict_level(0.0)).groupby("series")["value"].first()
    for (name, rows), part in zip(dataset.iterate_series(), task.framing.parts, strict=True):
        training = dataset.frame.to_numpy()[rows][: part.train_end]
        assert values[name] == pytest.approx(training.mean())


def test_transforms_survive_json_and_longer_data() -> None:
    dataset, longer = make_dataset(make_sine(150)), make_dataset(make_sine(180))
    task = ForecastingTask(SPEC)
    task.prepare(dataset)
    first = task.forecast(dataset, predict_level(0.5))
    again = ForecastingTask(SPEC)
    again.prepare_with(longer, task.transforms_to_json(dataset))
    later = again.forecast(longer, predict_level(0.5))
    assert later["value"].tolist() == first["value"].tolist()
    assert (later["timestamp"] - first["timestamp"]).dt.days.tolist() == [30] * 4


def test_prepare_comes_first() -> None:
    with pytest.raises(RuntimeError, match="prepare"):
        ForecastingTask(SPEC).forecast(make_dataset(make_sine(50)), predict_level(0.0))
