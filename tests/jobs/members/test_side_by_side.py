"""A run whose networks are trained side by side is the run that trains them in turn."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import numpy as np
import psutil
import pytest

from lstm_core.events import EpochFinished, Event, NetworkStarted
from lstm_core.jobs.members import hiring
from lstm_core.jobs.members.messages import Order, event_from_json, event_to_json
from lstm_core.jobs.working.execution import execute_run
from lstm_core.learning.elsewhere import Job
from lstm_core.runs.snapshots.run import Run
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.runs.stores.store import Store
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.forecasting.defaults import resolve_spec
from lstm_core.tasks.forecasting.task import ForecastingTask
from tests.runs.records import wait_until
from tests.tasks.datasets import make_dataset, make_sine

SPEC = ExperimentSpec().with_values(
    {
        **{"task.lookback": 8, "task.horizon": 2, "task.num_folds": 2, "task.refit": True},
        **{"model.architecture": "vanilla", "model.units": 4},
        **{"training.epochs": 3, "training.num_seeds": 3, "training.retrain": True},
        **{"training.batch_size": 32, "training.windows_per_epoch": 96},
    }
)

Start = Callable[[], list[psutil.Process]]


@pytest.fixture
def helped(monkeypatch: pytest.MonkeyPatch) -> Start:
    """Helpers come however little there is to do; returns who is helping."""
    started: list[psutil.Process] = []
    start_process = hiring.start_process

    def start(*given: object, **options: object) -> subprocess.Popen[bytes]:
        process = start_process(*given, **options)  # type: ignore[arg-type]
        started.append(psutil.Process(process.pid))
        return process

    monkeypatch.setattr(hiring, "count_helpers", lambda settings: 1)
    monkeypatch.setattr(hiring, "count_worth", lambda num_jobs, seconds, most: min(most, num_jobs))
    monkeypatch.setattr(hiring, "start_process", start)
    return lambda: started


def train(store: Store, spec: ExperimentSpec = SPEC, **options: object) -> tuple[Run, list[Event]]:
    dataset = make_dataset(make_sine(260))
    run = store.runs.create_running(spec, store.collections.add(dataset))
    heard: list[Event] = []

    def listen(event: Event) -> None:
        heard.append(event)
        if "on_event" in options:
            options["on_event"](event)  # type: ignore[operator]

    return execute_run(store, run, **{**options, "on_event": listen}), heard  # type: ignore[arg-type]


def train_in_turn(store: Store, monkeypatch: pytest.MonkeyPatch) -> tuple[Run, list[Event]]:
    with monkeypatch.context() as patch:
        patch.setattr(hiring, "count_helpers", lambda settings: 0)
        return train(store)


def read_weights(store: Store, run: Run) -> dict[str, np.ndarray]:
    with np.load(io.BytesIO(store.artifacts.get(run.id, "weights.npz"))) as found:
        return {name: found[name] for name in found.files}


def assert_same(store: Store, one: Run, other: Run) -> None:
    assert one.status == other.status == RunStatus.COMPLETED
    ours, theirs = read_weights(store, one), read_weights(store, other)
    assert ours.keys() == theirs.keys()
    for name, values in ours.items():
        np.testing.assert_array_equal(values, theirs[name])
    assert (one.metrics, one.baselines) == (other.metrics, other.baselines)


def list_told(heard: list[Event]) -> list[tuple[object, ...]]:
    """Return what was told of networks, but for how long they took."""
    networks = [each for each in heard if isinstance(each, NetworkStarted | EpochFinished)]
    return [
        (each.network, each.title, each.num_epochs)
        if isinstance(each, NetworkStarted)
        else (each.network, each.epoch, each.loss, each.validation_loss)
        for each in networks
    ]


@pytest.mark.backend
def test_weights_curves_and_figures_are_the_same_to_the_last_digit(
    store: Store, helped: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_turn, told_in_turn = train_in_turn(store, monkeypatch)
    assert not helped()
    run, told = train(store)
    (helper,) = helped()
    assert not helper.is_running()
    assert_same(store, run, in_turn)
    assert list_told(told) == list_told(told_in_turn)
    assert len(store.runs.get_epochs(run.id)) == len(store.runs.get_epochs(in_turn.id))


@pytest.mark.slow
def test_what_a_helper_had_that_dies_is_trained_here(
    store: Store, helped: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_turn, _ = train_in_turn(store, monkeypatch)

    def kill(event: Event) -> None:
        for process in helped():
            process.kill()

    run, _ = train(store, on_event=kill)
    assert len(helped()) == 1
    assert_same(store, run, in_turn)


@pytest.mark.slow
def test_where_no_process_can_be_started_all_are_trained_here(
    store: Store, helped: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_turn, _ = train_in_turn(store, monkeypatch)

    def refuse(*_: object, **__: object) -> None:
        raise OSError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(hiring, "start_process", refuse)
    run, _ = train(store)
    assert_same(store, run, in_turn)


@pytest.mark.slow
@pytest.mark.parametrize("sign", ["should_conclude", "cancel"])
def test_a_run_that_is_asked_to_stop_while_it_waits_leaves_no_helper(
    sign: str, store: Store, helped: Start
) -> None:
    spec = SPEC.with_values({"training.epochs": 400, "training.patience": 400})
    asked: list[bool] = []

    def ask(event: Event) -> None:
        if helped() and isinstance(event, EpochFinished):  # the helper's, or that of this process
            if sign == "cancel" and not asked:
                (run,) = store.runs.list_newest()
                store.runs.request_cancel(run.id, at_once=True)
            asked.append(True)

    run, _ = train(
        store, spec, on_event=ask, should_conclude=lambda: sign != "cancel" and bool(asked)
    )
    assert run.status == RunStatus.CANCELLED
    assert run.has_result == (sign == "should_conclude")
    wait_until(lambda: not any(each.is_running() for each in helped()), "the helper has ended")


def test_a_helper_ends_with_whom_it_helps(store: Store, tmp_path: Path) -> None:
    dataset = make_dataset(make_sine(260))
    long = {"training.epochs": 100_000, "training.patience": 100_000}
    spec, _ = resolve_spec(SPEC.with_values(long), dataset)
    task = ForecastingTask(spec, dataset)
    task.prepare(task.folds[0])
    kinds = {choice.layer: choice.values[0] for choice in task.choices()}
    dataset_id = store.collections.add(dataset)
    order = Order(dataset_id, spec.model_dump(mode="json"), kinds, (Job(0, 1, 2),), str(tmp_path))
    process = subprocess.Popen(
        [sys.executable, "-m", "lstm_core", "worker", "--members"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "LSTM_STUDIO_HOME": str(store.settings.home)},
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(order.to_line())
    process.stdin.flush()
    for line in iter(process.stdout.readline, ""):
        if json.loads(line).get("event") == "EpochFinished":
            break
    else:
        pytest.fail("it ended before it had learnt anything")
    process.stdin.close()
    assert process.wait() == 0
    process.stdout.close()


def test_what_is_told_survives_the_way() -> None:
    told = EpochFinished(3, 0.5, float("inf"), 1.5, 4, (1.0, 2.0))
    message = json.loads(json.dumps(event_to_json(told)))
    assert asdict(event_from_json(message)) == {**asdict(told), "film": [1.0, 2.0]}
    order = Order("d", {"a": 1}, {"layer": "kind"}, (Job(0, 1, 2), Job(1, 0, 3)), "/tmp/x")
    assert Order.from_line(order.to_line()) == order
