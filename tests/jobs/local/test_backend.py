"""The local backend, with real processes."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from lstm_core.jobs.local.backend import LocalBackend
from lstm_core.runs.snapshots.run import Run
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.runs.stores.store import Store
from tests.jobs.workers import JUDGING_SECONDS, ROOT, command
from tests.processes import end_processes_of
from tests.runs.records import submit, wait_until

StartBackend = Callable[..., LocalBackend]


@pytest.fixture
def start_backend(store: Store, studio_home: Path) -> Iterator[StartBackend]:
    """Start backends that are closed at the end, and with them whatever they started."""
    started = []

    def start(kind: str, *, grace_seconds: float = 10.0) -> LocalBackend:
        backend = LocalBackend(
            store, command=command(kind), grace_seconds=grace_seconds, poll_seconds=0.1
        )
        started.append(backend.start())
        return backend

    yield start
    for backend in started:
        backend.close()
    end_processes_of(studio_home)


def wait_for(store: Store, run: Run, is_reached: Callable[[Run], bool], what: str) -> Run:
    wait_until(lambda: is_reached(store.runs.get(run.id)), what)
    return store.runs.get(run.id)


def wait_for_training(store: Store, run: Run) -> int:
    """Wait for the run's first epoch; return its process's number."""
    process = wait_for(store, run, lambda now: now.epoch >= 1, "it trained").process
    assert process is not None
    return process.pid


def wait_for_end(store: Store, run: Run) -> Run:
    return wait_for(store, run, lambda now: now.is_finished, "it ended")


def test_runs_go_one_after_the_other_to_their_end(
    store: Store,
    start_backend: StartBackend,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Workers find the code and the record of their backend, wherever it was started.
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LSTM_STUDIO_HOME", str(tmp_path / "another"))
    backend = start_backend("quick")
    runs = submit(store, 2)
    backend.submit(runs[0].id)
    first, second = (wait_for_end(store, run) for run in runs)
    assert first.status == second.status == RunStatus.COMPLETED
    assert first.finished_at is not None
    assert second.started_at is not None
    assert first.finished_at <= second.started_at
    assert store.artifacts.get(first.id, "weights.npz") == b"weights"
    assert "completed" in store.logs.path(first.id).read_text()
    assert first.process is not None
    assert first.process.pid != os.getpid()


def test_a_killed_worker_is_interrupted_at_the_next_look(
    store: Store, start_backend: StartBackend
) -> None:
    backend = start_backend("patient")
    (run,) = submit(store)
    backend.submit(run.id)
    pid = wait_for_training(store, run)
    assert backend.is_alive(run.id)
    os.kill(pid, signal.SIGKILL)
    ended = wait_for_end(store, run)
    assert ended.status == RunStatus.INTERRUPTED
    assert "Start the run again" in ended.message
    assert not backend.is_alive(run.id)


def test_a_worker_that_is_asked_stops_by_itself(store: Store, start_backend: StartBackend) -> None:
    backend = start_backend("patient")
    (run,) = submit(store)
    wait_for_training(store, run)
    backend.cancel(run.id)
    assert wait_for_end(store, run).status == RunStatus.CANCELLED
    wait_until(lambda: "is cancelled" in store.logs.path(run.id).read_text(), "it ended by itself")


def test_a_worker_that_judges_what_it_has_learnt_gets_the_time_for_it(
    store: Store, start_backend: StartBackend
) -> None:
    backend = start_backend("judging", grace_seconds=0.3)
    (run,) = submit(store)
    wait_for_training(store, run)
    backend.cancel(run.id)
    ended = wait_for_end(store, run)
    assert ended.is_stopped_early
    assert ended.seconds >= JUDGING_SECONDS


def test_a_second_request_ends_a_worker_at_once(store: Store, start_backend: StartBackend) -> None:
    backend = start_backend("judging", grace_seconds=600)
    (run,) = submit(store)
    wait_for_training(store, run)
    backend.cancel(run.id)
    backend.cancel(run.id, at_once=True)
    ended = wait_for_end(store, run)
    assert (ended.status, ended.has_result) == (RunStatus.CANCELLED, False)


def test_a_deaf_worker_is_killed_and_then_cancelled(
    store: Store, start_backend: StartBackend
) -> None:
    backend = start_backend("deaf", grace_seconds=0.3)
    (run,) = submit(store)
    pid = wait_for_training(store, run)
    backend.cancel(run.id)
    ended = wait_for_end(store, run)
    assert (ended.status, ended.message) == (RunStatus.CANCELLED, "Stopped on request.")
    wait_until(lambda: not psutil.pid_exists(pid), "its process was gone")
    assert ended.seconds >= 0.6


def test_workers_outlive_their_dispatcher_and_the_next_one_takes_over(
    store: Store, start_backend: StartBackend
) -> None:
    running, queued = submit(store, 2)
    first = start_backend("deaf")
    pid = wait_for_training(store, running)
    assert os.getsid(pid) == pid  # a signal to the server's group does not reach it
    first.close()
    assert psutil.Process(pid).is_running()
    second = start_backend("quick", grace_seconds=0.2)
    assert second.is_alive(running.id)
    second.cancel(running.id)
    assert wait_for_end(store, running).status == RunStatus.CANCELLED
    assert wait_for_end(store, queued).status == RunStatus.COMPLETED


def test_a_queue_left_behind_is_taken_up(store: Store, start_backend: StartBackend) -> None:
    lost, queued = submit(store, 2)
    store.run_queue.claim_next(1)
    subprocess.run([*command("deserter"), lost.id], cwd=ROOT, check=False)
    start_backend("quick")
    assert wait_for_end(store, queued).status == RunStatus.COMPLETED
    assert store.runs.get(lost.id).status == RunStatus.INTERRUPTED


def test_a_second_worker_for_the_same_run_does_nothing(
    store: Store, start_backend: StartBackend
) -> None:
    start_backend("patient")
    (run,) = submit(store)
    pid = wait_for_training(store, run)
    second = subprocess.run(
        [*command("quick"), run.id], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert second.returncode == 1
    assert "nothing to do" in second.stderr
    now = store.runs.get(run.id)
    assert now.status == RunStatus.RUNNING
    assert now.process is not None
    assert now.process.pid == pid


def test_a_worker_that_dies_before_it_begins_is_a_failure(
    store: Store, start_backend: StartBackend
) -> None:
    start_backend("stillborn")
    (run,) = submit(store)
    ended = wait_for_end(store, run)
    assert (ended.status, ended.num_starts) == (RunStatus.FAILED, 3)
    assert "3 times" in ended.message
    assert "status" not in ended.message
    log = store.logs.path(run.id).read_text()
    assert log.count("cannot even import") == 3


def test_a_command_that_does_not_exist_is_a_failure(store: Store) -> None:
    (run,) = submit(store)
    with LocalBackend(store, command=["/does/not/exist"]):
        ended = wait_for_end(store, run)
    assert ended.status == RunStatus.FAILED
    assert "could not be started" in ended.message


def test_a_cancelled_queued_run_never_starts(store: Store, start_backend: StartBackend) -> None:
    (run,) = submit(store)
    store.runs.request_cancel(run.id)
    start_backend("quick")
    (after,) = submit(store)
    wait_for_end(store, after)
    assert store.runs.get(run.id).status == RunStatus.CANCELLED
    assert not store.logs.path(run.id).exists()
