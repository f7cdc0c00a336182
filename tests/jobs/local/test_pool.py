"""One process for many runs: what it keeps, what it loses, and when it is replaced."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from lstm_core.jobs.local.launcher import SERVE_OPTION, start_process
from lstm_core.jobs.local.pool import Turn, WorkerPool
from lstm_core.jobs.working import worker
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.runs.stores.store import Store
from tests.jobs.workers import LOADED, command
from tests.processes import end_processes_of
from tests.runs.records import submit, wait_until

SECONDS = 60.0


@pytest.fixture
def pool(store: Store, studio_home: Path, request: pytest.FixtureRequest) -> Iterator[WorkerPool]:
    pool = WorkerPool(store.settings, command(getattr(request, "param", "quick")))
    yield pool
    pool.close()
    end_processes_of(studio_home)


def launch(store: Store, pool: WorkerPool, place: str = "1") -> tuple[str, Turn]:
    submit(store)
    run = store.run_queue.claim_next(99)
    assert run is not None
    return run.id, pool.launch([run.id], store.logs.path(run.id), {"LSTM_STUDIO_PLACE": place})


def test_one_process_carries_out_runs_in_turn(store: Store, pool: WorkerPool) -> None:
    pids = set()
    for _ in range(3):
        run_id, turn = launch(store, pool)
        assert turn.wait(SECONDS) == 0
        assert store.runs.get(run_id).status is RunStatus.COMPLETED
        assert "The run is completed" in store.logs.path(run_id).read_text()
        pids.add(turn.pid)
    assert len(pids) == 1


def test_each_place_has_its_own(store: Store, pool: WorkerPool) -> None:
    turns = [launch(store, pool, place)[1] for place in ("1", "2", "1")]
    assert [turn.wait(SECONDS) for turn in turns] == [0, 0, 0]
    assert turns[0].pid == turns[2].pid != turns[1].pid


def test_one_that_was_made_ready_carries_out_the_first_run(
    store: Store, pool: WorkerPool, studio_home: Path
) -> None:
    log, place = studio_home / "early.log", {"LSTM_STUDIO_PLACE": "1"}
    pool.prepare(log, place)
    pool.prepare(log, place)  # it is already
    wait_until(lambda: LOADED in log.read_text(), "it is ready")
    run_id, turn = launch(store, pool)
    assert turn.wait(SECONDS) == 0
    assert store.runs.get(run_id).status is RunStatus.COMPLETED
    assert log.read_text().count(LOADED) == 1
    assert LOADED not in store.logs.path(run_id).read_text()


def test_one_that_was_made_ready_and_died_is_replaced(
    store: Store, pool: WorkerPool, studio_home: Path
) -> None:
    log = studio_home / "early.log"
    pool.prepare(log, {"LSTM_STUDIO_PLACE": "1"})
    wait_until(lambda: LOADED in log.read_text(), "it is ready")
    (early,) = pool._workers.values()
    early.process.kill()
    early.process.wait()
    run_id, turn = launch(store, pool)
    assert turn.wait(SECONDS) == 0
    assert turn.pid != early.process.pid
    assert store.runs.get(run_id).status is RunStatus.COMPLETED


@pytest.mark.parametrize("pool", ["dies_once"], indirect=True)
def test_a_killed_one_is_replaced(store: Store, pool: WorkerPool) -> None:
    run_id, turn = launch(store, pool)
    assert turn.wait(SECONDS) == turn.poll() == -signal.SIGKILL
    assert store.runs.get(run_id).status is RunStatus.INTERRUPTED
    run_id, again = launch(store, pool)
    assert again.wait(SECONDS) == 0
    assert again.pid != turn.pid
    assert store.runs.get(run_id).status is RunStatus.COMPLETED


def test_one_that_died_between_two_runs_is_replaced(store: Store, pool: WorkerPool) -> None:
    _, turn = launch(store, pool)
    turn.wait(SECONDS)
    os.kill(turn.pid, signal.SIGKILL)
    psutil.wait_procs([psutil.Process(turn.pid)] if psutil.pid_exists(turn.pid) else [])
    run_id, again = launch(store, pool)
    assert again.wait(SECONDS) == 0
    assert again.pid != turn.pid
    assert store.runs.get(run_id).status is RunStatus.COMPLETED


@pytest.mark.parametrize("pool", ["patient"], indirect=True)
def test_when_the_pool_closes_a_run_is_finished(store: Store, pool: WorkerPool) -> None:
    run_id, turn = launch(store, pool)
    wait_until(lambda: bool(store.runs.get(run_id).num_epochs_done), "it trains")
    pool.close()
    assert turn.poll() is None
    store.runs.request_cancel(run_id)
    assert turn.wait(SECONDS) == 1
    wait_until(lambda: not psutil.pid_exists(turn.pid), "its process is gone")


def test_a_run_outlives_whoever_started_it(store: Store, studio_home: Path) -> None:
    submit(store)
    run = store.run_queue.claim_next(99)
    assert run is not None
    log_path = store.logs.path(run.id)
    process = start_process(
        (*command("patient"), SERVE_OPTION),
        log_path,
        store.settings,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(f"{json.dumps([str(log_path), run.id])}\n".encode())
    for end in (process.stdin, process.stdout):
        end.close()  # as the system does for a process that was killed
    wait_until(lambda: bool(store.runs.get(run.id).num_epochs_done), "it trains")
    store.runs.request_cancel(run.id)
    assert process.wait(SECONDS) == 0
    assert store.runs.get(run.id).status is RunStatus.CANCELLED
    assert "Traceback" not in log_path.read_text()
    end_processes_of(studio_home)


def test_one_that_has_grown_is_replaced(
    store: Store,
    pool: WorkerPool,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sizes = iter([100, 100 + worker.MOST_GROWTH_BYTES, 101 + worker.MOST_GROWTH_BYTES, 0])
    monkeypatch.setattr(worker, "_clear_up", lambda: next(sizes))
    monkeypatch.setattr(worker, "_write_to", lambda log: None)
    monkeypatch.setattr(worker, "run_worker", lambda run_id, experiment: 0)
    lines = iter(['["log", "run"]\n'] * 4)
    monkeypatch.setattr("sys.stdin.readline", lambda: next(lines), raising=False)
    with monkeypatch.context() as patch:
        patch.setattr("os.dup2", lambda *_: None)  # this process's stdout stays its own
        assert worker.serve_runs() == 0
    assert capfd.readouterr().out.split("\n")[:-1] == ["[0, true]", "[0, true]", "[0, false]"]
    assert len(list(lines)) == 1
