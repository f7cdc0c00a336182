from __future__ import annotations

import json
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from lstm_core.data.series.dataset import Dataset
from lstm_core.data.series.spacing.frequency import Frequency
from lstm_core.learning.feeds.windows import WindowFeed
from lstm_core.spec import ExperimentSpec, ForecastingSpec
from lstm_core.tasks.base import Evaluation, Predict
from lstm_core.tasks.forecasting import task as task_module
from lstm_core.tasks.forecasting.baselines import listing
from lstm_core.tasks.forecasting.baselines.pretrained import PretrainedRule
from lstm_core.tasks.forecasting.predicting import mixing
from lstm_core.tasks.forecasting.predicting.newer import NewerTask
from lstm_core.tasks.forecasting.pretrained.weights import get_latest_version
from lstm_core.tasks.forecasting.task import ForecastingTask
from tests.data.tables import build
from tests.tasks.datasets import NUMBERED, make_dataset, make_sine

SPEC = ExperimentSpec(
    task=ForecastingSpec(lookback=6, horizon=4, season=12, window_normalisation="none")
)
RANGES = [f"{side}_{level}" for level in (50, 80, 95) for side in ("low", "high")]
COLUMNS = [
    *("series", "target", "fold", "cutoff", "step", "timestamp", "actual", "model"),
    *("last_value", "seasonal_naive", "seasonal_mean", "drift", "historic_mean"),
    *("ets", "theta"),
    *RANGES,
    "pretrained",
]


def know_the_future(examples: WindowFeed) -> Callable[[np.ndarray], np.ndarray]:
    """Predict what the examples hold behind each cutoff: an oracle."""
    shape = examples.shape
    steps = np.arange(1, shape.horizon + 1)
    return lambda cutoffs: examples.past[cutoffs[:, None] + steps, : shape.num_targets, None]


def evaluate(task: ForecastingTask, predict: Callable[[WindowFeed], Predict]) -> Evaluation:
    for fold in task.folds:
        said = predict(task.prepare(fold))
        task.observe(said, said)
    return task.evaluate()


def predict_level(level: float, num_targets: int = 1) -> Callable[[np.ndarray], np.ndarray]:
    return lambda cutoffs: np.full((len(cutoffs), 4, num_targets, 1), level, np.float32)


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
    evaluation = evaluate(ForecastingTask(SPEC, dataset), know_the_future)
    table = evaluation.tables["predictions"]
    assert list(table.columns) == COLUMNS
    np.testing.assert_allclose(table["model"], table["actual"], atol=1e-4)
    assert evaluation.metrics["mae"] == pytest.approx(0, abs=1e-4)
    assert evaluation.verdict["beats_baseline"]
    assert evaluation.verdict["skill"] > 0.99
    assert set(evaluation.baselines) == set(COLUMNS[8:-7])
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
    table = evaluate(ForecastingTask(SPEC, dataset), know_the_future).tables["predictions"]
    filled_time = dataset.frame.index[140][1]
    assert (table["actual"].isna() == (table["timestamp"] == filled_time)).all()
    assert not (table["cutoff"] == filled_time).any()


def test_series_are_named_by_their_column_and_otherwise_by_the_target() -> None:
    for dataset, names in (
        (make_two_series(), {"north", "south"}),
        (make_dataset(np.column_stack([make_sine(150)] * 2), num_targets=2), {"y0", "y1"}),
    ):
        task = ForecastingTask(SPEC, dataset)
        task.prepare(None)
        num_targets = len(dataset.roles.targets)
        table = task.forecast(predict_level(0.0, num_targets))
        assert set(table["series"]) == names
        assert table.groupby(["series", "target"]).size().tolist() == [4, 4]


def test_a_baseline_that_is_too_much_to_fit_is_nowhere_and_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(listing, "MOST_WORK", 5.0)  # as much as the Theta method
    spec = SPEC.with_values({"task.refit": True, "task.num_folds": 3})
    evaluation = evaluate(ForecastingTask(spec, make_dataset(make_sine(150))), know_the_future)
    assert "ets" not in evaluation.baselines
    assert "theta" in evaluation.baselines
    assert "ets" not in evaluation.tables["predictions"]
    assert "ets" not in evaluation.tables["breakdowns"]
    assert not evaluation.tables["predictions"].drop(columns=RANGES).isna().any(axis=None)
    assert list(evaluation.verdict["left_out"]) == ["ets"]
    assert evaluation.verdict["left_out"]["ets"].startswith("Exponential smoothing (ETS) is not")


def test_all_folds_have_the_rules_of_the_first() -> None:
    """A season that only the later ones have seen twice would be compared on some alone."""
    folds = {"task.refit": True, "task.num_folds": 3, "task.test_fraction": 0.4, "task.season": 7}
    task = ForecastingTask(SPEC.with_values(folds), make_dataset(make_sine(1_100)))
    found = []
    for fold in task.folds:
        task.prepare(fold)
        found.append(task.baselines.names)
    assert len(set(found)) == 1
    ends = [part.cuts.train_end for part in task.framing.parts]
    assert ends[0] > 2 * 364
    assert "seasonal_naive_364" not in found[0]


def test_a_large_prediction_table_is_thinned_evenly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(task_module, "MAX_PREDICTIONS", 40)
    dataset = make_dataset(make_sine(400))
    task = ForecastingTask(SPEC, dataset)
    evaluation = evaluate(task, know_the_future)
    table, examples = evaluation.tables["predictions"], task.framing.examples
    cutoffs = table["cutoff"].drop_duplicates()
    assert len(cutoffs) == 10
    assert cutoffs.iloc[-1] == dataset.frame.index[examples.cutoffs["test"][-1]][1]
    gaps = cutoffs.diff().dropna().dt.days
    assert gaps.max() - gaps.min() <= 1


def test_of_a_long_test_part_one_cutoff_of_each_stretch_is_judged_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dataset = make_dataset(make_sine(400))

    def say_little(examples: WindowFeed) -> Predict:
        return predict_level(0.5)

    whole = evaluate(ForecastingTask(SPEC, dataset), say_little)
    assert "drawn" not in whole.verdict
    monkeypatch.setattr(task_module, "MOST_JUDGED", 30)
    task = ForecastingTask(SPEC, dataset)
    drawn = evaluate(task, say_little)
    test = task.framing.examples.cutoffs["test"]
    assert drawn.verdict["drawn"] == (
        f"Judged at 30 of the test part's {len(test)} cutoffs, one drawn of each stretch."
    )
    assert drawn.tables["predictions"]["cutoff"].nunique() == 30
    assert drawn.metrics["mase"] == pytest.approx(whole.metrics["mase"], rel=0.1)
    again = evaluate(ForecastingTask(SPEC, dataset), say_little)
    assert again.metrics == drawn.metrics


def forecast_times(frequency: Frequency, first: str) -> list[object]:
    dataset = make_dataset(make_sine(100), frequency=frequency, first=first)
    task = ForecastingTask(SPEC, dataset)
    task.prepare(None)
    return list(task.forecast(predict_level(0.0))["timestamp"])


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


@pytest.mark.parametrize(
    ("alias", "first", "after"),
    [
        ("SMS-15", "2020-01-01", ["2024-03-01", "2024-03-15", "2024-04-01", "2024-04-15"]),
        ("LWOM-FRI", "2016-01-01", ["2024-05-31", "2024-06-28", "2024-07-26", "2024-08-30"]),
        ("DOM-1-11-21", "2021-05-01", ["2024-02-11", "2024-02-21", "2024-03-01", "2024-03-11"]),
        ("T-28-28-35-20170101", "2017-01-01", ["2025-04-20", "2025-05-18", "2025-06-22",
                                               "2025-07-20"]),
        ("S-30min-1111100-1000-1130-1330-1500", "2024-01-01",
         ["2024-01-17 13:30", "2024-01-17 14:00", "2024-01-17 14:30", "2024-01-17 15:00"]),
    ],
)  # fmt: skip
def test_a_calendar_of_our_own_is_forecast_on(alias: str, first: str, after: list[str]) -> None:
    times = Frequency(alias).grid(pd.Timestamp(first), pd.Timestamp("2028-01-01"))[:100]
    dataset = build({"time": times, "value": make_sine(100)})
    assert dataset.frequency == Frequency(alias)
    task = ForecastingTask(SPEC, dataset)
    task.prepare(None)
    table = task.forecast(predict_level(0.0))
    assert list(table["timestamp"]) == [pd.Timestamp(time) for time in after]


def test_a_forecast_comes_back_in_the_units_of_each_series() -> None:
    dataset = make_two_series()
    task = ForecastingTask(SPEC, dataset)
    task.prepare(None)
    values = task.forecast(predict_level(0.0)).groupby("series")["value"].first()
    for (name, rows), part in zip(dataset.iterate_series(), task.framing.parts, strict=True):
        training = dataset.frame.to_numpy()[rows][: part.cuts.train_end]
        assert values[name] == pytest.approx(training.mean())


def test_transforms_survive_json_and_longer_data() -> None:
    dataset, longer = make_dataset(make_sine(150)), make_dataset(make_sine(180))
    task = ForecastingTask(SPEC, dataset)
    evaluate(task, lambda examples: predict_level(0.5))
    first = task.forecast(predict_level(0.5))
    kept = json.loads(json.dumps(task.keep()["task"]))
    later = NewerTask(SPEC, longer, kept).forecast(predict_level(0.5))
    for name in ("value", *RANGES):
        np.testing.assert_allclose(later[name], first[name], rtol=1e-4)
    assert (later["timestamp"] - first["timestamp"]).dt.days.tolist() == [30] * 4


def test_prepare_comes_first() -> None:
    with pytest.raises(RuntimeError, match="prepare"):
        ForecastingTask(SPEC, make_dataset(make_sine(50))).forecast(predict_level(0.0))


def predict_with_noise(spread: float) -> Callable[[WindowFeed], Predict]:
    """Predict what will be, wrong by as much as a normal draw of ``spread``."""

    def begin(examples: WindowFeed) -> Predict:
        generator = np.random.default_rng(0)
        oracle = know_the_future(examples)

        def predict(cutoffs: np.ndarray) -> np.ndarray:
            known = oracle(cutoffs)
            noise = generator.normal(0, spread * np.arange(1, 5), (len(cutoffs), 1, 1, 4))
            return known + noise.transpose(0, 3, 1, 2).astype(np.float32)

        return predict

    return begin


def test_ranges_hold_what_they_promise_at_each_step() -> None:
    evaluation = evaluate(
        ForecastingTask(SPEC, make_dataset(make_sine(3_000, noise=0.0))), predict_with_noise(0.2)
    )
    for level in (50, 80, 95):
        assert evaluation.metrics[f"coverage_{level}"] == pytest.approx(level / 100, abs=0.06)
    table = evaluation.tables["predictions"]
    inside = (table["low_80"] <= table["actual"]) & (table["actual"] <= table["high_80"])
    assert inside.groupby(table["step"]).mean().between(0.72, 0.88).all()
    widths = (table["high_80"] - table["low_80"]).groupby(table["step"]).mean()
    assert widths.iloc[-1] / widths.iloc[0] == pytest.approx(4, rel=0.15)  # as its errors are
    for inner, outer in ((50, 80), (80, 95)):
        assert (table[f"low_{outer}"] <= table[f"low_{inner}"]).all()
        assert (table[f"high_{outer}"] >= table[f"high_{inner}"]).all()


def test_each_fold_is_judged_by_what_was_prepared_for_it() -> None:
    dataset = make_dataset(make_sine(300))
    spec = SPEC.update("task", {"refit": True, "num_folds": 3, "stride": 4})
    task = ForecastingTask(spec, dataset)
    evaluation = evaluate(task, know_the_future)
    assert list(task.folds) == [0, 1, 2]
    table = evaluation.tables["predictions"]
    np.testing.assert_allclose(table["model"], table["actual"], atol=1e-4)
    assert table.groupby("fold")["cutoff"].min().is_monotonic_increasing
    assert evaluation.verdict["num_folds"] == 3
    assert set(evaluation.tables["breakdowns"]["by"]) >= {"fold", "step", "weekday"}


def test_a_poor_network_is_drawn_towards_the_best_baseline() -> None:
    dataset = make_dataset(make_sine(300))
    poor = evaluate(ForecastingTask(SPEC, dataset), lambda examples: predict_level(3.0))
    task = ForecastingTask(SPEC.update("task", {"shrink": True}), dataset)
    helped = evaluate(task, lambda examples: predict_level(3.0))
    assert task.shrinkage is not None
    assert task.shrinkage.weight < 0.2
    best = min(scores["mae"] or 9 for scores in helped.baselines.values())
    assert helped.metrics["mae"] == pytest.approx(best, rel=0.3)
    assert (poor.metrics["mae"] or 0) > 5 * best


def test_a_poor_network_is_drawn_towards_the_pretrained_one_where_that_knows_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def know_what_comes(
        self: PretrainedRule, values: np.ndarray, cutoffs: np.ndarray, horizon: int
    ) -> np.ndarray:
        padded = np.pad(values, (0, horizon), mode="edge")
        return padded[cutoffs[:, None] + np.arange(1, horizon + 1)]

    monkeypatch.setattr(PretrainedRule, "predict", know_what_comes)
    dataset = make_dataset(make_sine(300))
    task = ForecastingTask(SPEC.update("task", {"shrink": True}), dataset)
    found = evaluate(task, lambda examples: predict_level(3.0))
    assert task.shrinkage is not None
    assert task.shrinkage.shares == {f"pretrained_{get_latest_version()}_12": 1.0}
    assert found.metrics["mae"] == pytest.approx(0, abs=1e-4)
    # It stands beside the baselines, and is none that a model is told to beat.
    assert set(found.baselines) == set(COLUMNS[8:-7])
    assert found.verdict["blend"].startswith("The forecast is that of the pre-trained LSTM alone")
    assert "all of it is the pre-trained LSTM's" in found.verdict["sentence"]
    assert "take it as it comes" in found.verdict["advice"]

    kept = json.loads(json.dumps(task.keep()["task"]))
    newer = NewerTask(task.spec, dataset, kept).forecast(predict_level(3.0))
    pd.testing.assert_frame_equal(newer, task.forecast(predict_level(3.0)))
    np.testing.assert_allclose(newer["value"], make_sine(300)[-1], atol=1e-6)


def test_who_gets_no_share_is_asked_about_no_more_than_it_takes_to_tell(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[int] = []

    def say_nothing(
        self: PretrainedRule, values: np.ndarray, cutoffs: np.ndarray, horizon: int
    ) -> np.ndarray:
        asked.extend(cutoffs)
        return np.full((len(cutoffs), horizon), 9.0)

    monkeypatch.setattr(PretrainedRule, "predict", say_nothing)
    monkeypatch.setattr(mixing, "MOST_WEIGHED", 10)
    monkeypatch.setattr(mixing, "MOST_WINDOWS", 5)
    task = ForecastingTask(SPEC.update("task", {"shrink": True}), make_dataset(make_sine(300)))
    evaluate(task, know_the_future)
    validation = task.framing.examples.cutoffs["validation"]
    assert len(validation) > 30
    assert set(asked) <= set(validation)
    assert set(asked) >= set(validation[-5:])
    assert 10 < len(asked) <= 15


def test_errors_are_broken_down_by_the_hour() -> None:
    dataset = make_dataset(make_sine(600, period=24), frequency=Frequency("h"))
    found = evaluate(ForecastingTask(SPEC, dataset), lambda examples: predict_level(0.0))
    found = found.tables["breakdowns"]
    by_hour = found[found["by"] == "hour"]
    assert by_hour["value"].tolist() == [str(hour) for hour in range(24)]
    steps = found[found["by"] == "step"]
    assert steps["value"].tolist() == ["1", "2", "3", "4"]
    assert np.average(steps["model"], weights=steps["num"]) == pytest.approx(
        np.average(by_hour["model"], weights=by_hour["num"]), rel=1e-3
    )


def test_log_scaled_targets_come_back_in_their_units() -> None:
    dataset = make_dataset(np.exp(make_sine(200)) * 1e3)
    spec = SPEC.update("task", {"transform": "log"})
    table = evaluate(ForecastingTask(spec, dataset), know_the_future).tables["predictions"]
    np.testing.assert_allclose(table["model"], table["actual"], rtol=1e-4)


def test_the_level_itself_is_tried_only_where_it_stays() -> None:
    stays, wanders = make_sine(600), make_sine(600) + np.linspace(0, 4, 600)
    for values, kinds in (
        (stays, ("last_value", "mean_std", "none")),
        (wanders, ("last_value", "mean_std")),
    ):
        task = ForecastingTask(SPEC, make_dataset(values))
        task.prepare(None)
        assert task.list_normalisations() == kinds
