"""What has to hold for every task, whatever it does; a case says how it is tried."""

from __future__ import annotations

import ast
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np
import pandas as pd
import pytest

from lstm_core.events import EpochFinished, Event
from lstm_core.pipeline import ExperimentResult, run_experiment
from lstm_core.predictor import open_predictor
from lstm_core.spec import ExperimentSpec, list_settings
from lstm_core.tasks.kind import TaskKind
from lstm_core.tasks.registry import find_kind
from tests.export.running import train_nothing


@dataclass(frozen=True)
class TaskCase:
    """One task and something small that it can learn.

    Attributes:
        spec: a few epochs.
        make: returns a collection; names in it are what they are called with.
        scramble: changes what is held out of a collection, and nothing else.
        answer: the name of the table that a predictor gives again.
        ask: what of a collection that table is about.
        has_code: its runs can be taken away as code.
    """

    name: str
    spec: ExperimentSpec
    make: Callable[[str], Any]
    scramble: Callable[[Any, ExperimentSpec], Any]
    answer: str
    ask: Callable[[Any], Any] = lambda collection: collection
    has_code: bool = True


HOSTILE = "<b>\"=cmd|' /C calc'!A0\"</b>`$(x)` ‮ \U0001f40d"


def check_task(case: TaskCase) -> None:
    """Run the contract over a task."""
    collection = case.make("plain")
    result, losses = _run(case.spec, collection)
    assert losses[-1] < losses[0], "a toy fit learns"
    check_result(case, result)
    check_repeated(case, collection, result)
    check_reopened(case, collection, result)
    check_scrambled(case, collection, result)
    check_names(case)
    check_kind(case, collection)
    if case.has_code:
        check_code(case, case.make(HOSTILE))


def check_result(case: TaskCase, result: ExperimentResult) -> None:
    """The measures are there, the first of them decides, and baselines stand beside."""
    kind = find_kind(case.spec)
    assert result.metrics[kind.measures[0].key] is not None
    assert result.baselines
    for scores in result.baselines.values():
        assert {measure.key for measure in kind.measures} <= set(scores)
    for name in result.baselines:
        assert kind.name_baseline(name, result.spec)
    verdict = kind.read_verdict(result.verdict, result.metrics, result.baselines)
    assert verdict.sentence
    assert verdict.best_baseline in result.baselines
    assert kind.read_verdict(verdict.to_json(), result.metrics, result.baselines) == verdict
    assert {"predictions", case.answer} <= set(result.tables)
    assert set(result.artifacts()) >= {"model.json", "weights.npz", "predictions.parquet"}


def check_repeated(case: TaskCase, collection: Any, result: ExperimentResult) -> None:
    """One seed, one result."""
    again, _ = _run(case.spec, collection)
    assert _read_weights(again) == _read_weights(result)
    assert again.metrics == result.metrics


def check_reopened(case: TaskCase, collection: Any, result: ExperimentResult) -> None:
    """What was kept answers as the networks did."""
    found = open_predictor(result.model, result.weights).answer(case.ask(collection))
    pd.testing.assert_frame_equal(found, result.tables[case.answer], rtol=1e-5, atol=1e-5)


def check_scrambled(case: TaskCase, collection: Any, result: ExperimentResult) -> None:
    """What is held out changes nothing that was learnt."""
    scrambled = case.scramble(collection, result.spec)
    assert scrambled.fingerprint != collection.fingerprint
    again, _ = _run(result.spec, scrambled)
    assert _read_weights(again) == _read_weights(result)


def check_names(case: TaskCase) -> None:
    """Names are no code, whatever a network has learnt of them."""
    with pytest.MonkeyPatch.context() as patch:
        train_nothing(patch)
        result, _ = _run(case.spec, case.make(HOSTILE))
    assert result.metrics


def check_kind(case: TaskCase, collection: Any) -> None:
    """What is known without the engine goes with what comes of it."""
    kind = find_kind(case.spec)
    spec, reasons = kind.resolve(case.spec, collection)
    assert kind.resolve(spec, collection)[0] == spec
    assert all(reasons.values())
    shape = kind.shape_examples(spec, collection)
    assert kind.read_shape(vars(shape)) == shape
    parts = kind.measure_parts(spec, collection)
    assert min(parts.num_training, parts.num_validation, parts.num_test) > 0
    assert kind.count_examples(spec, collection) > 0
    assert kind.count_folds(spec) >= 1
    assert kind.stand_alone(kind.stand_together(spec)) == kind.stand_alone(spec)
    development = kind.hold_out_test(spec, collection)
    assert kind.propose_space(spec, development, "small")
    check_words(kind, spec, collection)
    tried = kind.load_engine().rehearse(shape, spec)
    task = kind.load_engine().make_task(spec, collection)
    task.prepare(task.folds[0])
    built = task.build_network()
    assert tried.build_network().count_params() == built.count_params()
    check_cost(kind, spec, shape, built)


def check_words(kind: TaskKind, spec: ExperimentSpec, collection: Any) -> None:
    """What it says of itself stands where others are asked about it."""
    known = set(list_settings(spec))
    assert {*kind.searchable, *kind.unused, *kind.loss_settings} <= known
    assert {option.setting for option in kind.options} <= known
    assert kind.say_aim(spec, collection)
    assert kind.choose_measure(spec, collection) in kind.measures
    assert set(kind.order_measures([])) == set(kind.measures)


def check_cost(kind: TaskKind, spec: ExperimentSpec, shape: Any, network: Any) -> None:
    """What is counted is what is built, and all of it is drawn."""
    cost = kind.measure_cost(spec, shape)
    assert cost.num_parameters == sum(prod(weight.shape) for weight in network.trainable_weights)
    assert len(cost.layers) == len(kind.open_design(spec, shape).plan.places)
    ends = kind.list_ends(spec, shape, cost)
    assert [cost for end in ends.before for cost in end.costs] == list(cost.before)
    assert [cost for end in ends.behind for cost in end.costs] == list(cost.behind)


def check_code(case: TaskCase, collection: Any) -> None:
    """What can be taken away is Python, in which names are no code."""
    kind = find_kind(case.spec)
    exporter = kind.load_exporter()
    spec, _ = kind.resolve(case.spec, collection)
    script = exporter.write_script(spec, collection)
    notebook = json.loads(exporter.write_notebook(spec, collection))
    cells = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    for tree in map(ast.parse, (script, "\n".join(cells))):
        assert "cmd" not in {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    assert exporter.write_data(spec, collection)
    beside = [exporter.data_file, *(each.name for each in exporter.list_companions(spec))]
    assert all(name in exporter.say_files(spec) for name in beside)


def _run(spec: ExperimentSpec, collection: Any) -> tuple[ExperimentResult, list[float]]:
    losses: list[float] = []

    def listen(event: Event) -> None:
        if isinstance(event, EpochFinished):
            losses.append(event.loss)

    return run_experiment(spec, collection, on_event=listen), losses


def _read_weights(result: ExperimentResult) -> dict[str, bytes]:
    with np.load(io.BytesIO(result.weights), allow_pickle=False) as stored:
        return {name: stored[name].tobytes() for name in stored.files}
