"""The pre-trained network as an architecture: what it is told, says, learns and keeps."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

import keras
import numpy as np
import pandas as pd
import pytest

from lstm_core.data.series.dataset import Dataset
from lstm_core.data.series.spacing.frequency import Frequency
from lstm_core.errors import SpecError, StudioError
from lstm_core.events import EpochFinished, Event
from lstm_core.learning.ensemble import take_median
from lstm_core.models.fitted import load_members
from lstm_core.pipeline import ExperimentResult, run_experiment
from lstm_core.predictor import open_predictor
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.forecasting.baselines.fitting import Baselines, Line
from lstm_core.tasks.forecasting.defaults import resolve_spec
from lstm_core.tasks.forecasting.framing.scaling import TransformName
from lstm_core.tasks.forecasting.network.cost import measure_cost
from lstm_core.tasks.forecasting.network.making import find_making
from lstm_core.tasks.forecasting.predicting import mixing
from lstm_core.tasks.forecasting.predicting.shrinking import Shrinkage
from lstm_core.tasks.forecasting.pretrained.preview.making import preview_dataset
from lstm_core.tasks.forecasting.pretrained.tuning.asking import ask_described
from lstm_core.tasks.forecasting.pretrained.tuning.feed import DescribedFeed
from lstm_core.tasks.forecasting.pretrained.tuning.network import find_pretrained, read_members
from lstm_core.tasks.forecasting.pretrained.tuning.table import list_inputs
from lstm_core.tasks.forecasting.task import ForecastingTask
from tests.tasks.datasets import make_dataset

NUM_ROWS = 120


def make_weeks(num_targets: int = 1, num_rows: int = NUM_ROWS) -> Dataset:
    """Positive days with a week in them, the targets of different sizes."""
    rng = np.random.default_rng(3)
    days = np.arange(num_rows)[:, None]
    sizes = 10.0 ** np.arange(1, num_targets + 1)
    weeks = 3 + np.sin(2 * np.pi * days / 7) + 0.01 * days
    values = sizes * (weeks + 0.1 * rng.normal(size=(num_rows, num_targets)))
    return make_dataset(values, num_targets=num_targets)


def ask_for(**values: Any) -> ExperimentSpec:
    usual = {
        "model.architecture": "pretrained",
        "task.horizon": 5,
        "task.lookback": 8,
        "task.refit": False,
    }
    return ExperimentSpec().with_values(
        usual | {name.replace("__", "."): value for name, value in values.items()}
    )


def prepare(dataset: Dataset, spec: ExperimentSpec) -> tuple[ForecastingTask, DescribedFeed]:
    task = ForecastingTask(resolve_spec(spec, dataset)[0], dataset)
    return task, cast(DescribedFeed, task.prepare(None))


def say(network: keras.Model, feed: DescribedFeed, places: np.ndarray) -> np.ndarray:
    """What the engine says, place by place."""
    ((at, told),) = feed.describe(places)
    given = list_inputs(feed, told)
    said = network([given[tensor.name] for tensor in network.inputs], training=False)
    out = np.empty(said.shape)
    out[at] = keras.ops.convert_to_numpy(said)
    return out


@pytest.mark.backend(each=())
@pytest.mark.parametrize("transform", ["none", "log", "boxcox"])
def test_engine_and_numpy_say_the_same(transform: TransformName) -> None:
    task, feed = prepare(make_weeks(2), ask_for(task__transform=transform))
    network = task.build_network()
    places = feed.cutoffs["test"][:4]
    said = ask_described(network, places, feed=feed)
    assert said.shape == (4, 5, 2, 7)
    np.testing.assert_allclose(say(network, feed, places), said, rtol=1e-4, atol=1e-4)
    point, ends = said[..., 0], said[..., 1:].reshape(4, 5, 2, 3, 2)
    assert (ends[..., 0] <= point[..., None]).all()
    assert (ends[..., 1] >= point[..., None]).all()


def test_its_forecast_as_it_comes_is_that_of_the_preview() -> None:
    dataset = make_weeks()
    result = run(dataset, ask_for(model__fine_tune="none", task__shrink=False))
    previewed = preview_dataset(dataset, 5, with_total=False).table
    forecast = result.tables["forecast"]
    np.testing.assert_allclose(forecast["value"], previewed["value"], rtol=1e-6)
    assert list(forecast["timestamp"]) == list(previewed["timestamp"])


@pytest.mark.slow
def test_it_shares_the_forecast_with_a_rule_that_knew_as_much_of_older_rows() -> None:
    """Few rows leave few windows to the validation part: those learnt from tell as well."""
    dataset = make_weeks()
    spec = ask_for(model__fine_tune="none", task__season=7)
    result = run(dataset, spec)
    shrinkage = result.model["task"]["shrinkage"]
    assert 0.2 < shrinkage["weight"] < 1.0
    alone = run(dataset, spec.update("task", {"shrink": False}))
    assert result.metrics["mae"] < alone.metrics["mae"]
    table = result.tables["predictions"]  # where it stands alone as well
    error = float((table["pretrained"] - table["actual"]).abs().mean())
    assert alone.metrics["mae"] == pytest.approx(error, rel=1e-4)
    reopened = open_predictor(result.model, result.weights).answer(dataset)
    pd.testing.assert_frame_equal(reopened, result.tables["forecast"], rtol=1e-6)
    assert "that of" in result.verdict["blend"]


def test_where_it_failed_its_test_the_best_rule_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """Though held-out rows had left all to it."""
    monkeypatch.setattr(mixing, "choose_shrinkage", lambda *_, **__: Shrinkage(1.0, "drift"))
    steps = np.arange(160.0)
    course = make_dataset(100 + 3 * steps + 60 * (steps % 7 == 2) * (1 + steps / 40))
    result = run(course, ask_for(model__fine_tune="none", task__season=7))
    verdict = result.verdict
    assert (verdict["fell_back"], verdict["network_share"]) == (True, 0.0)
    forecast = result.tables["forecast"]
    rule = Baselines.fit([Line(course.frame.to_numpy()[:, 0])], 7, [verdict["rule"]])
    (said,) = rule.predict(0, course.frame.to_numpy()[:, 0], np.array([159]), 5).values()
    np.testing.assert_allclose(forecast["value"], said[0], rtol=1e-6)
    assert (forecast["low_80"] <= forecast["value"]).all()
    assert (forecast["value"] <= forecast["high_80"]).all()
    usual_miss = result.baselines[verdict["rule"]]["mae"]
    assert usual_miss is not None
    assert (forecast["high_80"] - forecast["low_80"]).mean() < 6 * usual_miss
    reopened = open_predictor(result.model, result.weights).answer(course)
    pd.testing.assert_frame_equal(reopened, forecast, rtol=1e-6)
    alone = run(course, ask_for(model__fine_tune="none", task__season=7, task__shrink=False))
    assert (alone.verdict["fell_back"], alone.verdict["network_share"]) == (False, 1.0)


def test_counts_are_forecast_as_the_preview_tells_them() -> None:
    counts = make_dataset(np.round(make_weeks().frame.to_numpy()))
    result = run(counts, ask_for(model__fine_tune="none", task__shrink=False))
    forecast = result.tables["forecast"]
    previewed = preview_dataset(counts, 5, with_total=False).table
    np.testing.assert_array_equal(forecast["value"], previewed["value"])
    told = forecast.filter(regex="^(value|low_|high_)").to_numpy()
    np.testing.assert_array_equal(told, np.round(told))
    assert len(np.unique(told)) > 5
    reopened = open_predictor(result.model, result.weights).answer(counts)
    pd.testing.assert_frame_equal(reopened, forecast)


def test_nothing_later_is_told() -> None:
    dataset = make_weeks(2)
    _, feed = prepare(dataset, ask_for())
    place = feed.cutoffs["test"][2:3]
    frame = dataset.frame.copy()
    frame.iloc[place[0] + 1 :] *= -7
    later = make_dataset(frame.to_numpy(), num_targets=2)
    _, changed = prepare(later, ask_for(task__floor="none"))
    ((_, before),), ((_, after),) = feed.describe(place), changed.describe(place)
    for name, told in vars(before.description).items():
        np.testing.assert_array_equal(told, getattr(after.description, name), err_msg=name)


def test_the_rows_kept_apart_change_nothing_that_is_learnt() -> None:
    dataset = make_weeks()
    task, feed = prepare(dataset, ask_for())
    first = task.framing.parts[0].cuts.test_start
    frame = dataset.frame.copy()
    frame.iloc[first:] = frame.iloc[first:].to_numpy()[::-1]
    _, other = prepare(make_dataset(frame.to_numpy()), ask_for())
    for name in ("train", "validation"):
        ((_, one),), ((_, two),) = (each.describe(each.cutoffs[name]) for each in (feed, other))
        np.testing.assert_array_equal(one.description.candidates, two.description.candidates)


def run(
    dataset: Dataset, spec: ExperimentSpec, events: list[Event] | None = None
) -> ExperimentResult:
    heard = [] if events is None else events
    return run_experiment(spec, dataset, on_event=heard.append)


@pytest.mark.parametrize(("fine_tune", "moved"), [("head", {"head"}), ("all", {"head", "lstm"})])
def test_what_may_learn_learns(fine_tune: str, moved: set[str]) -> None:
    spec = ask_for(model__fine_tune=fine_tune)
    task, _ = prepare(make_weeks(), spec)
    network = task.build_network()
    names = {name for member in network.layers if hasattr(member, "network")
             for layer in member.network.layers if layer.trainable_variables
             for name in (["lstm"] if layer.name.startswith("lstm") else ["head"])}  # fmt: skip
    assert names == moved
    learning = sum(int(np.prod(each.shape)) for each in network.trainable_variables)
    assert measure_cost(task.spec, task.framing.examples.shape).num_parameters == learning


@pytest.mark.slow
def test_it_begins_where_it_stands_and_ends_no_worse() -> None:
    events: list[Event] = []
    dataset = make_weeks()
    spec = ask_for(model__fine_tune="head", training__epochs=2)
    result = run(dataset, spec, events)
    epochs = [event for event in events if isinstance(event, EpochFinished)]
    assert [event.epoch for event in epochs] == [0, 1, 2]
    assert result.spec.training.num_seeds == 1
    reopened = open_predictor(result.model, result.weights).answer(dataset)
    pd.testing.assert_frame_equal(reopened, result.tables["forecast"], rtol=1e-6)


def test_what_learning_spoils_is_left_as_it_came() -> None:
    dataset = make_weeks()
    spec = ask_for(model__fine_tune="all", training__epochs=1, training__learning_rate=1.0)
    task, _ = prepare(dataset, spec)
    untouched = read_members(task.build_network())
    result = run(dataset, spec)
    network = find_making(result.spec.model).build_network(task.framing.examples.shape, result.spec)
    network.set_weights(load_members(network, result.weights)[0])
    for before, after in zip(untouched, read_members(network), strict=True):
        for name, values in before.items():
            np.testing.assert_array_equal(values, after[name])
    found = [each["title"] for each in result.diagnoses or []]
    assert "Fine-tuning did not help" in found


def test_without_fine_tuning_nothing_is_trained() -> None:
    events: list[Event] = []
    result = run(make_weeks(), ask_for(model__fine_tune="none"), events)
    assert not [event for event in events if isinstance(event, EpochFinished)]
    assert result.spec.training.epochs == 0
    assert result.spec.model.pretrained_version
    assert result.metrics["mase"] is not None


@pytest.mark.parametrize(
    "values",
    [
        {"task__strategy": "recursive"},
        {"training__stateful": True},
        {"task__horizon": 193, "task__lookback": 3},
        {"model__pretrained_version": "0"},
    ],
)
def test_what_does_not_go_together_is_refused(values: dict[str, Any]) -> None:
    with pytest.raises((SpecError, StudioError)) as caught:
        resolve_spec(ask_for(**values), make_weeks(num_rows=1_000))
    assert caught.value.remedy


def test_few_rows_begin_with_it_and_more_do_not() -> None:
    few, _ = resolve_spec(ExperimentSpec(), make_weeks())
    assert few.model.architecture == "pretrained"
    many, _ = resolve_spec(ExperimentSpec(), make_weeks(num_rows=1_000))
    assert many.model.architecture == "segment"
    own, _ = resolve_spec(ExperimentSpec().with_values({"model.units": 8}), make_weeks())
    assert own.model.architecture == "vanilla"


def test_another_network_in_its_place_is_trained() -> None:
    untrained, _ = resolve_spec(ask_for(model__fine_tune="none"), make_weeks())
    other = untrained.with_values({"model.architecture": "vanilla"})
    resolved, reasons = resolve_spec(other, make_weeks())
    assert resolved.training.epochs
    assert "0 epochs" in reasons["training.epochs"]


def test_members_agree_by_their_mean() -> None:
    task, feed = prepare(make_weeks(), ask_for())
    assert task.combine is take_median
    assert len(read_members(task.build_network())) == len(find_pretrained(task.spec).members)
    assert feed.most_places == len(feed.past)


def test_names_are_no_code() -> None:
    hostile = "<b>\"=cmd|' /C calc'!A0\"</b>`$(x)` \U0001f40d"
    values = make_weeks().frame.to_numpy()
    dataset = make_dataset({hostile: values, "other": values[::-1]})
    result = run(dataset, ask_for(model__fine_tune="none"))
    assert set(result.tables["forecast"]["series"]) == {hostile, "other"}
    reopened = open_predictor(result.model, result.weights).answer(dataset)
    pd.testing.assert_frame_equal(reopened, result.tables["forecast"], rtol=1e-6)


def make_years(num_weeks: int) -> Dataset:
    weeks = np.arange(num_weeks)
    noise = np.random.default_rng(2).normal(size=num_weeks)
    year = 5 * np.sin(2 * np.pi * weeks / 52) + 0.5 * noise
    return make_dataset(50 + year, frequency=Frequency("W-MON"))


@pytest.mark.parametrize(("num_weeks", "known"), [(140, (52,)), (120, ())])
def test_the_test_part_is_told_of_seasons_that_the_rows_before_it_show(
    num_weeks: int, known: tuple[int, ...]
) -> None:
    """Two years have to be seen: weeks of less than three leave the training part too few."""
    _, feed = prepare(make_years(num_weeks), ask_for(task__season=1, model__fine_tune="none"))
    assert (feed.seasons, feed.test_seasons, feed.latest_seasons) == ((), known, (52,))


def test_seasons_of_the_test_part_change_what_is_told_there() -> None:
    _, feed = prepare(make_years(140), ask_for(task__season=1, model__fine_tune="none"))
    (test,) = feed.cutoffs["test"][:1]
    ((_, told),) = feed.describe(np.array([test]))
    ((_, without),) = replace(feed, test_seasons=()).describe(np.array([test]))
    same = [
        np.array_equal(value, getattr(without.description, name))
        for name, value in vars(told.description).items()
    ]
    assert not all(same)
