from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pytest

from lstm_core.data.loading import load_table
from lstm_core.data.reading.table import SourceTable
from lstm_core.data.series.building.building import build_dataset
from lstm_core.data.sources.samples import SAMPLES
from lstm_core.errors import DataError, NothingLearnt, RunCancelled
from lstm_core.events import (
    EpochFinished,
    Event,
    FilmPrepared,
    NetworkStarted,
    PhaseStarted,
    SpecResolved,
    TrainingStarted,
)
from lstm_core.pipeline import ExperimentResult, run_experiment
from lstm_core.predictor import open_predictor
from lstm_core.spec import ExperimentSpec, SeriesDataSpec
from lstm_core.spec.architectures import ARCHITECTURES
from lstm_core.tables import table_from_parquet
from tests.gallery import Experiment, get_experiment
from tests.shares import share
from tests.tasks.datasets import make_sine

SMALL: dict[str, Any] = {
    "model.units": 4,
    "training.epochs": 2,
    "training.batch_size": 64,
    "task.lookback": 8,
    "task.horizon": 4,
    "training.preset": "fast",
}
COLUMNS = [
    *("series", "target", "fold", "cutoff", "step", "timestamp", "actual", "model"),
    *("last_value", "seasonal_naive", "seasonal_mean", "drift", "historic_mean"),
    *("ets", "theta"),
]
OTHER_RULES = {"known future": ["regression_24"]}
RANGES = [f"{side}_{level}" for level in (50, 80, 95) for side in ("low", "high")]


def read_sample(name: str, num_rows: int | None = None) -> tuple[SourceTable, SeriesDataSpec]:
    data = SAMPLES[name].data
    table = load_table(data)
    return replace(table, frame=table.frame.iloc[:num_rows]), data


def make_two_targets(num_rows: int = 200) -> tuple[SourceTable, SeriesDataSpec]:
    frame = pd.DataFrame(
        {
            "day": pd.date_range("2024-01-01", periods=num_rows, freq="B").strftime("%Y-%m-%d"),
            "open": 100 + make_sine(num_rows),
            "close": 5 * make_sine(num_rows, 7),
            "volume": make_sine(num_rows, 9),
        }
    )
    frame.loc[20:22, "close"] = np.nan
    data = SeriesDataSpec(
        source="csv", name="two", targets=("close", "open"), past_covariates=("volume",)
    )
    return SourceTable(frame, "two"), data


def make_load(num_rows: int = 240) -> tuple[SourceTable, SeriesDataSpec]:
    """The hourly load with what is known of the four hours after its last value."""
    table, data = read_sample("load", num_rows + 4)
    frame = table.frame.copy()
    frame.loc[num_rows:, "load"] = np.nan
    return replace(table, frame=frame), data


def make_shops(num_rows: int = 90) -> tuple[SourceTable, SeriesDataSpec]:
    table, data = read_sample("three_series")
    return replace(table, frame=table.frame.groupby("shop").head(num_rows)), data


TABLES: dict[str, Callable[..., tuple[SourceTable, SeriesDataSpec]]] = {
    "single": lambda num_rows=240: read_sample("sine", num_rows),
    "several targets": make_two_targets,
    "several series": make_shops,
    "known future": make_load,
}


OPTIONS: dict[str, dict[str, Any]] = {
    # Untrained as they are, networks would be drawn to a baseline all the way.
    "known future": {"task.shrink": False, "task.refit": False, "task.covariates": "all"},
}

ONE_NETWORK: dict[str, Any] = {
    "task.window_normalisation": "last_value",
    "task.covariates": "all",
    "task.calendar_tried": (),
    "task.refit": False,
}
ARCHITECTURE_OPTIONS: dict[str, dict[str, Any]] = {
    "vanilla": {"model.architecture": "vanilla"},  # and all that a run chooses and repeats
    "custom": ONE_NETWORK
    | {
        "model.architecture": "custom",
        "model.units": None,
        "model.stack": [
            {"kind": "conv1d", "filters": 4, "kernel_size": 3},
            {"kind": "peephole_lstm", "units": 4},
        ],
        "model.decoder": {"kind": "sequence", "attention": "additive"},
    },
}


@cache
def run(kind: str, architecture: str = "vanilla") -> Experiment:
    """Run each kind once for all tests."""
    table, data = TABLES[kind]()
    spec = ExperimentSpec(data=data).with_values(
        SMALL
        | ARCHITECTURE_OPTIONS.get(architecture, ONE_NETWORK | {"model.architecture": architecture})
        | OPTIONS.get(kind, {})
    )
    return get_experiment(spec, build_dataset(table, data))


kinds = pytest.mark.parametrize("kind", share(TABLES, ("known future", "several series")))


@kinds
def test_predictions_stand_beside_what_was_known(kind: str) -> None:
    experiment = run(kind)
    dataset, table = experiment.dataset, experiment.result.tables["predictions"]
    assert list(table.columns) == [*COLUMNS, *OTHER_RULES.get(kind, ()), *RANGES, "pretrained"]
    assert (table["timestamp"] > table["cutoff"]).all()
    assert set(table["step"]) == {1, 2, 3, 4}
    assert np.isfinite(table[COLUMNS[-8:] + RANGES].to_numpy()).all()
    assert set(table["target"]) == set(dataset.roles.targets)
    for (series, target), lines in table.groupby(["series", "target"]):
        values = dataset.frame.xs(series if dataset.roles.series else "series")[str(target)]
        known = lines.dropna(subset="actual")
        assert known["actual"].tolist() == values[known["timestamp"]].tolist()
        assert lines["last_value"].tolist() == values[lines["cutoff"]].tolist()


@kinds
def test_the_forecast_begins_after_the_last_row(kind: str) -> None:
    experiment = run(kind)
    dataset, forecast = experiment.dataset, experiment.result.tables["forecast"]
    num_lines = len(dataset.series_names) * len(dataset.roles.targets)
    told = ["series", "target", "step", "timestamp", "value", *RANGES]
    lowest = dataset.frame[list(dataset.roles.targets)].groupby(level="series").min()
    if (lowest >= 0).any(axis=None):  # what is never negative can be added up
        told += ["total", *(f"total_{end}" for end in RANGES)]
    assert list(forecast.columns) == told
    for level in (50, 80, 95):
        assert (forecast[f"low_{level}"] <= forecast["value"]).all()
        assert (forecast["value"] <= forecast[f"high_{level}"]).all()
    assert forecast["step"].tolist() == [1, 2, 3, 4] * num_lines
    assert np.isfinite(forecast["value"]).all()
    last = dataset.frame.index.get_level_values("time")[-1]
    assert forecast["timestamp"].tolist()[:4] == list(dataset.frequency.times_after(last, 4))


@kinds
def test_metrics_and_verdict_are_complete(kind: str) -> None:
    result = run(kind).result
    names = ["mae", "rmse", "mase", "smape", "r2"]
    assert list(result.metrics) == [*names, "coverage_50", "coverage_80", "coverage_95"]
    assert list(result.baselines) == [*COLUMNS[-7:], *OTHER_RULES.get(kind, ())]
    assert all(list(scores) == names for scores in result.baselines.values())
    error = result.metrics["mase"]
    assert error
    verdict = result.verdict
    assert verdict["best_baseline"] in result.baselines
    assert verdict["sentence"].endswith(".")
    best = result.baselines[verdict["best_baseline"]]["mase"]
    assert best
    assert verdict["skill"] == pytest.approx(1 - error / best)
    shrinkage = result.model["task"]["shrinkage"] or {"weight": 1.0}
    assert verdict["network_share"] == shrinkage["weight"]
    json.dumps([result.metrics, result.baselines, verdict, result.model], allow_nan=False)


@kinds
def test_artifacts_are_complete_and_can_be_read_back(kind: str) -> None:
    result = run(kind).result
    files = result.artifacts()
    assert set(files) == {
        *("predictions.parquet", "breakdowns.parquet", "forecast.parquet"),
        *("model.json", "weights.npz"),
    }
    for name, table in (
        ("predictions", result.tables["predictions"]),
        ("breakdowns", result.tables["breakdowns"]),
        ("forecast", result.tables["forecast"]),
    ):
        again = table_from_parquet(files[f"{name}.parquet"])
        pd.testing.assert_frame_equal(again, table, check_index_type=False)
    assert json.loads(files["model.json"]) == json.loads(json.dumps(result.model))
    assert files["weights.npz"] == result.weights


@kinds
def test_the_stored_model_forecasts_the_same(kind: str) -> None:
    experiment = run(kind)
    files = experiment.result.artifacts()
    model = json.loads(files["model.json"])
    again = open_predictor(model, files["weights.npz"]).answer(experiment.dataset)
    pd.testing.assert_frame_equal(again, experiment.result.tables["forecast"], rtol=1e-6, atol=1e-6)


@kinds
def test_the_stored_model_forecasts_beyond_longer_data(kind: str) -> None:
    result, first = run(kind).result, run(kind).dataset
    table, _ = TABLES[kind](first.num_rows // len(first.series_names) + 30)
    longer = build_dataset(table, result.spec.data)
    forecast = open_predictor(result.model, result.weights).answer(longer)
    last = longer.frame.index.get_level_values("time")[-1]
    assert forecast["timestamp"].iloc[-4:].tolist() == list(longer.frequency.times_after(last, 4))
    assert last > first.frame.index.get_level_values("time")[-1]
    assert not np.allclose(forecast["value"], result.tables["forecast"]["value"])


def test_data_shorter_than_the_lookback_is_refused() -> None:
    experiment = run("single")
    table, data = TABLES["single"](7)
    predictor = open_predictor(experiment.result.model, experiment.result.weights)
    with pytest.raises(DataError, match="has 7 rows, and the model looks back 8"):
        predictor.answer(build_dataset(table, data))


def test_the_spec_comes_back_resolved() -> None:
    experiment = run("single")
    resolved = experiment.result.spec
    assert resolved.task.season is not None
    assert resolved.task.window_normalisation is not None
    assert resolved.training.epochs == experiment.spec.training.epochs
    assert resolved.training.num_seeds == 1
    assert experiment.result.model["spec"] == resolved.model_dump(mode="json")


def test_events_tell_the_story_in_order() -> None:
    events = run("single").events
    kinds = [type(event) for event in events]
    assert kinds.index(SpecResolved) < kinds.index(TrainingStarted) < kinds.index(EpochFinished)
    titles = [event.title for event in events if isinstance(event, NetworkStarted)]
    taken = ("the last value", "mean and spread", "nothing")
    trials = [f"trying: {each} taken from each window" for each in taken]
    assert titles == [*trials, *(f"fold {number} of 3, network" for number in (1, 2, 3))]
    started = next(event for event in events if isinstance(event, TrainingStarted))
    assert started.num_networks == 6
    epochs = [event for event in events if isinstance(event, EpochFinished)]
    assert [event.network for event in epochs] == [*[1] * 3, *[2] * 3, *[3] * 3, 4, 4, 5, 5, 6, 6]
    (film,) = (event.frame for event in events if isinstance(event, FilmPrepared))
    assert [len(event.film) for event in epochs] == [
        *[0] * 9,
        4,
        4,
        0,
        0,
        0,
        0,
    ]  # of the first fold
    assert len(film["future"]["values"]) == 4
    phases = [event.name for event in events if isinstance(event, PhaseStarted)]
    fold = ["Training", "Judging it on the test part"]
    assert phases == [
        *("Reading the data", "Building the network", *fold),
        *("Reading the data", *fold),
        *("Reading the data", *fold),
        "Forecasting",
    ]
    first, *_, last = (event for event in events if isinstance(event, SpecResolved))
    assert "task.season" in first.reasons
    assert "task.window_normalisation" in last.reasons.keys() - first.reasons.keys()


@pytest.mark.parametrize("architecture", share(ARCHITECTURES, ("segment", "custom")))
def test_every_architecture_goes_all_the_way(architecture: str) -> None:
    experiment = run("single", architecture)
    result = experiment.result
    assert result.model["spec"]["model"]["architecture"] == architecture
    again = open_predictor(result.model, result.weights).answer(experiment.dataset)
    np.testing.assert_allclose(again["value"], result.tables["forecast"]["value"], atol=1e-6)


def test_the_same_seed_gives_the_same_result() -> None:
    experiment = run("single")
    again = run_experiment(experiment.spec, experiment.dataset)
    np.testing.assert_allclose(
        again.tables["forecast"]["value"], experiment.result.tables["forecast"]["value"], atol=1e-5
    )


def test_what_is_known_of_the_future_is_used() -> None:
    experiment = run("known future")
    future = experiment.dataset.future.copy()
    future["temperature"] += 50
    other = replace(experiment.dataset, future=future)
    result = experiment.result
    forecast = open_predictor(result.model, result.weights).answer(other)
    assert not np.allclose(forecast["value"], result.tables["forecast"]["value"])


def test_a_request_to_stop_is_obeyed() -> None:
    experiment = run("single")
    with pytest.raises(RunCancelled):
        run_experiment(experiment.spec, experiment.dataset, should_stop=lambda: True)


@dataclass
class Concluding:
    """Asks to conclude once so many epochs are finished, and hears what goes on."""

    after: int
    heard: list[Event] = field(default_factory=list)

    def run(self, values: dict[str, Any], num_rows: int = 150) -> ExperimentResult:
        table = SourceTable(
            pd.DataFrame({"step": range(num_rows), "value": make_sine(num_rows)}), "w"
        )
        data = SeriesDataSpec(time="step", targets=("value",))
        spec = ExperimentSpec(data=data).with_values(SMALL | PLAIN | values)
        return run_experiment(
            spec,
            build_dataset(table, data),
            on_event=self.heard.append,
            should_conclude=lambda: len(self.epochs) >= self.after,
        )

    @property
    def epochs(self) -> list[EpochFinished]:
        return [event for event in self.heard if isinstance(event, EpochFinished)]


PLAIN = {
    "model.architecture": "vanilla",
    "task.window_normalisation": "none",
    "training.num_seeds": 1,
    "training.learning_rate": 0.01,
}


def assert_judged(result: ExperimentResult, num_members: int) -> None:
    assert result.metrics["mase"] is not None
    assert np.isfinite(result.metrics["mase"])
    assert result.verdict["sentence"]
    assert np.isfinite(result.tables["forecast"]["value"]).all()
    assert set(result.artifacts()) >= {"forecast.parquet", "model.json", "weights.npz"}
    with np.load(io.BytesIO(result.weights)) as weights:
        assert len({name.split("_")[1] for name in weights.files}) == num_members


def test_an_experiment_that_is_to_conclude_judges_its_best_weights_so_far() -> None:
    listener = Concluding(after=3)
    result = listener.run({"training.epochs": 50})
    assert [epoch.epoch for epoch in listener.epochs] == [1, 2, 3]
    assert_judged(result, 1)
    assert "its network learnt for 3 of at most 50 epochs" in result.stopped


@pytest.mark.parametrize("after", share([2, 3], (3,)))
def test_folds_that_were_not_come_to_are_not_judged(after: int) -> None:
    """The third epoch is the second fold's first: with it that fold has a network, else not."""
    values = {"task.num_folds": 3, "task.refit": True, "training.epochs": 2}
    result = Concluding(after=after).run(values)
    assert_judged(result, 1)
    assert result.tables["predictions"]["fold"].nunique() == after - 1
    assert f"{after - 1} of 3 folds of the test part were judged" in result.stopped


def test_before_the_first_epoch_there_is_nothing_to_judge() -> None:
    with pytest.raises(NothingLearnt, match="before its first epoch was finished"):
        Concluding(after=0).run({})


@pytest.mark.slow
def test_a_network_beats_every_baseline_where_there_is_more_than_a_season() -> None:
    steps = np.arange(500)
    values = np.sin(steps / 2.7) + np.sin(steps / 1.9)  # never the same twice
    data = SeriesDataSpec(time="step", targets=("value",))
    table = SourceTable(pd.DataFrame({"step": steps, "value": values}), "beats")
    spec = ExperimentSpec(data=data).with_values(
        SMALL
        | {"training.epochs": 20, "training.learning_rate": 0.02, "model.units": 8}
        | {"task.window_normalisation": "none"}
    )
    result = run_experiment(spec, build_dataset(table, data))
    assert result.verdict["beats_baseline"]
    assert result.verdict["skill"] > 0.3
    assert result.verdict["sentence"].startswith("Beats ")


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("known future", {"task.strategy": "recursive", "task.num_folds": 1}),
        pytest.param(
            *("several targets", {"task.transform": "boxcox", "task.num_folds": 1}),
            marks=pytest.mark.slow,
        ),
        ("known future", {"training.num_seeds": 2, "training.retrain": True}),
        ("several targets", {"model.architecture": "segment", "model.mixing": True}),
        pytest.param(
            *("several targets", {"task.window": "sliding", "task.gap": 3, "task.refit": True}),
            marks=pytest.mark.slow,
        ),
        pytest.param(
            *("several series", {"task.ranges": "quantile", "task.shrink": False}),
            marks=pytest.mark.slow,
        ),
        ("several series", {"task.calendar": ["weekday", "month_day"]}),
        ("known future", {"task.covariates": "none"}),
        (
            "several series",
            {"task.season_ahead": 7, "task.window_normalisation": "season", "task.shrink": False},
        ),
        pytest.param(
            *("known future", {"task.calendar": ["hour"], "task.strategy": "recursive"}),
            marks=pytest.mark.slow,
        ),
        pytest.param(
            "several targets",
            {
                **{"task.outliers": "hampel", "task.lags": [20], "task.rolling": [5]},
                **{"task.products": ["open", "volume"], "task.mask": True, "task.floor": "zero"},
                **{"task.holidays": "US", "data.fill": "drop"},
            },
            marks=pytest.mark.slow,
        ),
    ],
    ids=[
        *("recursive", "boxcox", "seeds", "mixing", "sliding", "quantiles"),
        *("calendar", "no covariates", "earlier seasons", "recursive with a clock", "prepared"),
    ],
)
def test_every_option_goes_all_the_way_and_back(kind: str, values: dict[str, Any]) -> None:
    table, data = TABLES[kind]()
    dataset = build_dataset(table, data)
    spec = ExperimentSpec(data=data).with_values(
        SMALL | ONE_NETWORK | {"training.epochs": 1} | values
    )
    result = run_experiment(spec, dataset)
    assert np.isfinite(result.tables["predictions"][COLUMNS[-8:] + RANGES].to_numpy()).all()
    num_fitted = (result.spec.training.num_seeds or 1) if result.spec.training.retrain else 1
    with np.load(io.BytesIO(result.weights), allow_pickle=False) as stored:
        assert {name.split("_")[1] for name in stored.files} == set(map(str, range(num_fitted)))
    again = open_predictor(result.model, result.weights).answer(dataset)
    pd.testing.assert_frame_equal(again, result.tables["forecast"], rtol=1e-5, atol=1e-5)


def test_a_model_of_an_older_version_is_refused_with_what_to_do() -> None:
    experiment = run("single")
    with pytest.raises(DataError, match=r"older version.*Train it again"):
        open_predictor({**experiment.result.model, "format": 1}, experiment.result.weights)


def make_told(num_rows: int = 400, ahead: int = 4) -> tuple[SourceTable, SeriesDataSpec]:
    """Values that are what one column says, beside a column that says nothing of them."""
    generator = np.random.default_rng(5)
    cause = generator.normal(size=num_rows + ahead)
    frame = pd.DataFrame(
        {
            "hour": pd.date_range("2024-01-01", periods=num_rows + ahead, freq="h").astype("str"),
            "use": 50 + 4 * cause + generator.normal(0, 0.3, num_rows + ahead),
            "cause": cause,
            "noise": np.cumsum(generator.normal(size=num_rows + ahead)),
        }
    )
    frame.loc[num_rows:, ["use", "noise"]] = np.nan
    data = SeriesDataSpec(
        source="csv",
        name="told",
        targets=("use",),
        past_covariates=("noise",),
        known_future_covariates=("cause",),
    )
    return SourceTable(frame, "told"), data


def test_covariates_that_help_are_read_and_others_left_out_with_a_word() -> None:
    table, data = make_told()
    dataset = build_dataset(table, data)
    values = {"task.shrink": False, "model.units": 16, "training.batch_size": 16}
    spec = ExperimentSpec(data=data).with_values(
        SMALL | ONE_NETWORK | values | {"task.covariates": None}
    )
    heard: list[Event] = []
    result = run_experiment(spec, dataset, on_event=heard.append)
    assert result.spec.task.covariates == "known_ahead"
    tried = [event.title for event in heard if isinstance(event, NetworkStarted)][:3]
    assert tried == [
        "trying: all covariates",
        "trying: those covariates alone that are known ahead",
        "trying: no covariates",
    ]
    *_, last = [event for event in heard if isinstance(event, SpecResolved)]
    assert last.reasons["task.covariates"] == "The best of 3 on the validation part."
    assert result.diagnoses is not None
    (told,) = [each for each in result.diagnoses if each["name"] == "useless_covariates"]
    assert '"noise"' in told["evidence"]
    assert '"cause"' not in told["evidence"]
    assert told["fix"]["changes"] == {"task.covariates": "all"}

    def answer(column: str) -> np.ndarray:
        """Forecast where another value stands in a column, in the past or ahead."""
        changed = dataset.frame.copy()
        changed[column] += 9.0
        future = dataset.future + (9.0 if column == "cause" else 0.0)
        other = replace(dataset, frame=changed, future=future)
        forecast = open_predictor(result.model, result.weights).answer(other)
        return forecast["value"].to_numpy(np.float64)

    before = result.tables["forecast"]["value"].to_numpy(np.float64)
    np.testing.assert_allclose(answer("noise"), before, rtol=1e-5)
    assert np.abs(answer("cause") - before).max() > 1.0


def test_covariates_stay_as_somebody_wants_them_and_nothing_is_tried() -> None:
    table, data = make_told()
    spec = ExperimentSpec(data=data).with_values(
        SMALL | ONE_NETWORK | {"task.covariates": "all", "task.shrink": False}
    )
    heard: list[Event] = []
    result = run_experiment(spec, build_dataset(table, data), on_event=heard.append)
    assert not any(event.is_tryout for event in heard if isinstance(event, NetworkStarted))
    assert result.spec.task.covariates == "all"
    assert "useless_covariates" not in {each["name"] for each in result.diagnoses or []}


def make_weeks(strength: float, num_rows: int = 420) -> SourceTable:
    """Days of which each week's has a level of its own, beside noise."""
    generator = np.random.default_rng(0)
    days = pd.date_range("2024-01-01", periods=num_rows)
    level = np.sin(2 * np.pi * days.day_of_week / 7)
    sales = 50 + strength * level + generator.normal(size=num_rows)
    return SourceTable(pd.DataFrame({"day": days.astype("str"), "sales": sales}), "weeks")


@pytest.mark.parametrize(("strength", "reading"), [(9.0, "all"), (0.0, "none")])
def test_the_calendar_is_read_where_validation_finds_that_it_helps(
    strength: float, reading: str
) -> None:
    data = SeriesDataSpec(source="csv", name="weeks", targets=("sales",))
    dataset = build_dataset(make_weeks(strength), data)
    values = {"task.shrink": False, "task.lookback": 1, "task.horizon": 3}
    values |= {"training.batch_size": 16, "training.learning_rate": 0.02}
    values |= {"model.units": 16, "task.calendar_tried": None}
    spec = ExperimentSpec(data=data).with_values(SMALL | ONE_NETWORK | values)
    heard: list[Event] = []
    result = run_experiment(spec, dataset, on_event=heard.append)
    assert result.spec.task.calendar_tried == ("weekday",)
    assert result.spec.task.calendar_read == reading
    tried = [event.title for event in heard if isinstance(event, NetworkStarted)][:2]
    assert tried == ["trying: nothing more of the calendar", "trying: the calendar as well"]
    again = open_predictor(result.model, result.weights).answer(dataset)
    np.testing.assert_allclose(again["value"], result.tables["forecast"]["value"], rtol=1e-5)


def test_covariates_that_end_too_soon_are_refused_or_left_out_by_choice() -> None:
    table, data = TABLES["known future"]()
    dataset = build_dataset(table, data)
    spec = ExperimentSpec(data=data).with_values(SMALL | ONE_NETWORK | {"task.horizon": 6})
    with pytest.raises(DataError, match="given for 4 steps"):
        run_experiment(spec, dataset)
    result = run_experiment(spec.with_values({"data.missing_future": "ignore"}), dataset)
    assert len(result.tables["forecast"]) == 6
    again = open_predictor(result.model, result.weights).answer(dataset)
    np.testing.assert_allclose(again["value"], result.tables["forecast"]["value"], rtol=1e-5)


@pytest.mark.slow
def test_the_calendar_stays_where_covariates_that_end_too_soon_are_left_out() -> None:
    table, data = TABLES["known future"]()
    dataset = build_dataset(table, data)
    values = {"data.missing_future": "ignore", "task.calendar": ["hour"]}
    spec = ExperimentSpec(data=data).with_values(SMALL | ONE_NETWORK | {"task.horizon": 6} | values)
    result = run_experiment(spec, dataset)
    assert result.model["shape"]["num_future"] == 2
    again = open_predictor(result.model, result.weights).answer(dataset)
    np.testing.assert_allclose(again["value"], result.tables["forecast"]["value"], rtol=1e-5)


@pytest.mark.slow
def test_a_network_that_is_told_of_the_calendar_forecasts_beyond_longer_data() -> None:
    table, data = TABLES["several series"](90)
    values = {"task.calendar": ["weekday"], "task.shrink": False}
    spec = ExperimentSpec(data=data).with_values(SMALL | ONE_NETWORK | values)
    result = run_experiment(spec, build_dataset(table, data))
    longer = build_dataset(TABLES["several series"](110)[0], result.spec.data)
    forecast = open_predictor(result.model, result.weights).answer(longer)
    last = longer.frame.index.get_level_values("time")[-1]
    assert forecast["timestamp"].iloc[-4:].tolist() == list(longer.frequency.times_after(last, 4))
    assert np.isfinite(forecast["value"]).all()


def test_a_horizon_longer_than_the_test_part_makes_it_longer() -> None:
    table, data = TABLES["single"](240)
    spec = ExperimentSpec(data=data).with_values(
        SMALL | ONE_NETWORK | {"task.horizon": 50, "task.test_fraction": 0.05}
    )
    result = run_experiment(spec, build_dataset(table, data))
    assert result.tables["predictions"]["cutoff"].nunique() == 1
    assert len(result.tables["predictions"]) == 50


def test_a_doctor_that_fails_costs_no_trained_model(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fall_ill(*arguments: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("lstm_core.tasks.forecasting.task.examine", fall_ill)
    table, data = read_sample("sine", 240)
    spec = ExperimentSpec(data=data).with_values(
        SMALL | ONE_NETWORK | {"model.architecture": "gru"}
    )
    result = run_experiment(spec, build_dataset(table, data))
    assert result.diagnoses is None
    assert len(result.tables["forecast"]) == 4
    assert "The doctor failed" in caplog.text
