from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from lstm_core.data.series.dataset import Dataset
from lstm_core.errors import NothingLearnt, RunCancelled, TrainingError
from lstm_core.events import Event, Listener, PhaseStarted
from lstm_core.jobs.working.execution import execute_run
from lstm_core.runs.database.engine import RecordError
from lstm_core.runs.snapshots.group import GroupKind
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.runs.stores.store import Store
from lstm_core.spec import ExperimentSpec
from tests.jobs.workers import FakeResult, run_quickly
from tests.runs.records import create_running, make_dataset, wait_until


def fail_with(error: BaseException) -> Callable[..., Any]:
    def experiment(*_: object, **__: object) -> None:
        raise error

    return experiment


def test_a_run_ends_with_its_curves_its_files_and_its_result(store: Store) -> None:
    run = create_running(store)
    heard: list[Event] = []
    done = execute_run(store, run, experiment=run_quickly, on_event=heard.append)
    assert done.status == RunStatus.COMPLETED
    assert done.metrics == {"mae": 0.5}
    assert done.baselines == {"last_value": {"mae": 1.0}}
    assert done.verdict == {"beats_baseline": True}
    assert done.diagnoses == [{"kind": "flat_line"}]
    assert done == store.runs.get(run.id)
    assert [point.epoch for point in store.runs.get_epochs(run.id)] == [1, 2]
    assert store.artifacts.get(run.id, "weights.npz") == b"weights"
    assert [type(event).__name__ for event in heard] == [
        "TrainingStarted",
        "EpochFinished",
        "EpochFinished",
        "PhaseStarted",
    ]


def test_the_experiment_gets_the_run_s_spec_and_dataset(store: Store) -> None:
    run = create_running(store)
    got = []

    def experiment(
        spec: ExperimentSpec,
        dataset: Dataset,
        *,
        on_event: Listener,
        should_stop: Callable[[], bool],
        should_conclude: Callable[[], bool],
    ) -> FakeResult:
        got.append((spec, dataset.fingerprint))
        return FakeResult()

    execute_run(store, run, experiment=experiment)
    assert got == [(run.spec, store.collections.get(run.dataset_id).fingerprint)]


class ResourceExhaustedError(Exception):
    """Named as TensorFlow's."""


@pytest.mark.parametrize(
    ("error", "status", "message"),
    [
        (RunCancelled(), RunStatus.CANCELLED, "Stopped on request."),
        (NothingLearnt(), RunStatus.CANCELLED, "there is nothing to show"),
        (KeyboardInterrupt(), RunStatus.CANCELLED, "Stopped on request."),
        (TrainingError("The loss is NaN.", "Learn slower."), RunStatus.FAILED, "The loss is NaN."),
        (MemoryError(), RunStatus.FAILED, "Memory ran out."),
        (ResourceExhaustedError("OOM when allocating"), RunStatus.FAILED, "Memory ran out."),
        (OSError(28, "No space left on device"), RunStatus.FAILED, "The disk is full."),
        (KeyError("lookback"), RunStatus.FAILED, "a fault of its own (KeyError)"),
    ],
)
def test_every_end_is_told_in_a_sentence(
    store: Store, error: BaseException, status: RunStatus, message: str
) -> None:
    done = execute_run(store, create_running(store), experiment=fail_with(error))
    assert done.status == status
    assert message in done.message
    assert "Traceback" not in done.message


def test_a_fault_of_ours_leaves_its_traceback_in_the_log(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    execute_run(store, create_running(store), experiment=fail_with(KeyError("lookback")))
    assert "Traceback" in caplog.text


def test_an_outcome_waits_for_the_record(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    failures = iter([RecordError("The disk is full."), RecordError("The disk is full.")])
    put, finish = store.artifacts.put, store.runs.finish

    def fail_once(action: Callable[..., Any]) -> Callable[..., Any]:
        def attempt(*arguments: object, **named: object) -> object:
            if (error := next(failures, None)) is not None:
                raise error
            return action(*arguments, **named)

        return attempt

    monkeypatch.setattr(store.artifacts, "put", fail_once(put))
    monkeypatch.setattr(store.runs, "finish", fail_once(finish))
    run = create_running(store)
    done = execute_run(store, run, experiment=run_quickly, retry_seconds=(0.0, 0.0))
    assert done.status == RunStatus.COMPLETED


def test_files_that_cannot_be_kept_make_the_run_fail(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RecordError("The disk is full.", "Free some space.")

    monkeypatch.setattr(store.artifacts, "put", fail)
    done = execute_run(store, create_running(store), experiment=run_quickly, retry_seconds=(0.0,))
    assert (done.status, done.metrics) == (RunStatus.FAILED, None)
    assert done.message == "The disk is full. Free some space."


def test_a_run_that_was_ended_by_others_stays_so(store: Store) -> None:
    run = create_running(store)

    def experiment(*_: object, **__: object) -> Any:
        store.runs.finish(run.id, RunStatus.INTERRUPTED, message="Gone.")
        return FakeResult()

    done = execute_run(store, run, experiment=experiment)
    assert (done.status, done.message) == (RunStatus.INTERRUPTED, "Gone.")


def test_a_listener_s_fault_is_told_as_ours(store: Store) -> None:
    def listen(event: Event) -> None:
        raise ValueError("the bar broke")

    done = execute_run(store, create_running(store), experiment=run_quickly, on_event=listen)
    assert done.status == RunStatus.FAILED


def test_saving_is_a_phase_of_its_own(store: Store) -> None:
    phases: list[Mapping[str, Any] | str] = []

    def listen(event: Event) -> None:
        if isinstance(event, PhaseStarted):
            phases.append(event.name)

    execute_run(store, create_running(store), experiment=run_quickly, on_event=listen)
    assert phases == ["Saving the result"]


def test_what_was_learnt_before_a_stop_is_kept_like_a_result(store: Store) -> None:
    told = "Stopped early on request: 1 of 3 networks was trained."
    done = execute_run(
        store, create_running(store), experiment=lambda *_, **__: FakeResult(stopped=told)
    )
    assert (done.status, done.message) == (RunStatus.CANCELLED, told)
    assert (done.has_result, done.is_stopped_early) == (True, True)
    assert done.metrics == {"mae": 0.5}
    assert store.artifacts.get(done.id, "weights.npz") == b"weights"


@pytest.mark.parametrize("is_in_record", [True, False])
def test_a_request_to_conclude_comes_from_the_record_or_from_the_terminal(
    store: Store, is_in_record: bool
) -> None:
    run = create_running(store)
    asked = threading.Event()

    def experiment(*_: object, should_conclude: Callable[[], bool], **__: object) -> FakeResult:
        assert not should_conclude()
        if is_in_record:
            store.runs.request_cancel(run.id)
        else:
            asked.set()
        wait_until(should_conclude, "the request was noticed")
        return FakeResult(stopped="Stopped early.")

    done = execute_run(store, run, experiment=experiment, should_conclude=asked.is_set)
    assert done.is_stopped_early


def test_a_run_of_a_group_ends_at_once_and_has_no_result(store: Store) -> None:
    dataset_id = store.collections.add(make_dataset())
    group = store.groups.submit(GroupKind.RACE, dataset_id, {})
    run = store.runs.create_running(ExperimentSpec(), dataset_id, group_id=group.id, label="GRU")

    def experiment(*_: object, should_stop: Callable[[], bool], **__: object) -> FakeResult:
        store.runs.request_cancel(run.id)
        wait_until(should_stop, "the request was noticed")
        raise RunCancelled

    done = execute_run(store, run, experiment=experiment)
    assert (done.status, done.has_result) == (RunStatus.CANCELLED, False)


def test_a_run_that_was_stopped_before_its_process_came_does_not_begin(store: Store) -> None:
    run = create_running(store)
    done = execute_run(store, store.runs.request_cancel(run.id), experiment=run_quickly)
    assert (done.status, store.runs.get_epochs(run.id)) == (RunStatus.CANCELLED, [])
    assert "nothing to show" in done.message
