"""Runs keep their place while no process can be started, and while what was started dies."""

from __future__ import annotations

import errno
import logging
import os
import signal
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from lstm_core.errors import StudioError
from lstm_core.jobs.local import backend as local
from lstm_core.jobs.local import children
from lstm_core.jobs.local.backend import LocalBackend
from lstm_core.jobs.local.backoff import WAITING, Backoff
from lstm_core.jobs.local.children import Children
from lstm_core.runs.database.engine import RecordError
from lstm_core.runs.snapshots.search import SearchStatus
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.runs.stores.run_queue import RunQueue
from lstm_core.runs.stores.store import Store
from tests.jobs.searching import submit_search
from tests.runs.records import submit

FULL = [errno.EMFILE, errno.ENFILE, errno.EAGAIN, errno.ENOMEM, errno.ENOSPC]


class FakeChild:
    """A process that is this one by number, and ends when it is told to."""

    pid = os.getpid()

    def __init__(self) -> None:
        self.status: int | None = None

    def poll(self) -> int | None:
        return self.status

    def wait(self) -> int:
        return 0


class FakeStarter:
    """Starts nothing, or refuses as a full machine does."""

    def __init__(self, error: BaseException | None = None) -> None:
        self.error = error
        self.started: list[FakeChild] = []

    def launch(
        self,
        arguments: Sequence[str],
        log_path: Path,
        environment: Mapping[str, str] | None = None,
    ) -> FakeChild:
        if self.error is not None:
            raise self.error
        self.started.append(FakeChild())
        return self.started[-1]

    def prepare(self, log_path: Path, environment: Mapping[str, str] | None = None) -> None:
        if self.error is not None:
            raise self.error


def make_children(store: Store, starter: FakeStarter, backoff: Backoff | None = None) -> Children:
    return Children(store, starter, backoff or Backoff(clock=lambda: 0.0), lambda: None)


def claim(store: Store) -> str:
    run = store.run_queue.claim_next(99)
    assert run is not None
    return run.id


@pytest.mark.parametrize("number", FULL)
def test_a_full_machine_leaves_every_run_queued(
    store: Store, number: int, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    runs = submit(store, 5)
    backend = LocalBackend(store)
    starter = FakeStarter(OSError(number, os.strerror(number)))
    monkeypatch.setattr(backend._children, "_starter", starter)
    with caplog.at_level(logging.WARNING):
        pauses = [backend._look() for _ in range(3)]
    assert all(0 < pause <= 1 for pause in pauses)
    now = store.runs.list_newest()[::-1]
    assert [run.status for run in now] == [RunStatus.QUEUED] * 5
    assert [run.id for run in now] == [run.id for run in runs]
    assert now[0].phase == WAITING
    assert len(caplog.records) == 1  # it is said once
    starter.error = None
    backend._backoff.succeed()
    backend._look()
    assert [run.status for run in store.runs.list_newest()[::-1]].count(RunStatus.RUNNING) == 1
    assert store.runs.get(runs[0].id).phase == "Starting"


def test_what_no_wait_would_help_fails_with_a_sentence(store: Store) -> None:
    submit(store)
    run_id = claim(store)
    starter = FakeStarter(FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT)))
    assert not make_children(store, starter).start(run_id)
    run = store.runs.get(run_id)
    assert run.status is RunStatus.FAILED
    assert "could not be started: No such file or directory." in run.message


def test_a_child_is_known_from_its_launch(store: Store) -> None:
    submit(store)
    run_id = claim(store)
    assert make_children(store, FakeStarter()).start(run_id)
    run = store.runs.get(run_id)
    assert run.process is not None
    assert (run.process.pid, run.num_starts, run.begun_at) == (os.getpid(), 1, None)


def test_a_child_that_could_not_be_recorded_is_not_lost(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    submit(store)
    run_id = claim(store)
    starter = FakeStarter()
    runs = make_children(store, starter)

    def fail(pid: int) -> None:
        raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))

    monkeypatch.setattr(children, "identify_process", fail)
    assert runs.start(run_id)
    runs.look()
    assert store.runs.get(run_id).status is RunStatus.RUNNING  # this process stands for it
    starter.started[0].status = -signal.SIGKILL
    runs.look()
    now = store.runs.get(run_id)
    assert (now.status, now.num_starts) == (RunStatus.QUEUED, 1)
    assert "status -9" in store.logs.path(run_id).read_text()


def test_a_claim_that_came_to_nothing_is_given_back_at_the_next_look(store: Store) -> None:
    submit(store)
    run_id = claim(store)  # and then a fault came between
    make_children(store, FakeStarter()).look()
    assert store.runs.get(run_id).status is RunStatus.QUEUED


def test_an_end_that_could_not_be_recorded_is_recorded_later(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    submit(store)
    run_id = claim(store)
    starter = FakeStarter()
    runs = make_children(store, starter)
    runs.start(run_id)
    starter.started[0].status = 1

    def refuse(*_: object) -> bool:
        raise RecordError("The disk is full.", "Free some space and try again.")

    with monkeypatch.context() as patched:
        patched.setattr(RunQueue, "record_lost_start", refuse)
        with pytest.raises(StudioError):
            runs.look()
    runs.look()
    assert store.runs.get(run_id).status is RunStatus.QUEUED
    assert runs.processes == {}


@pytest.mark.parametrize("number", FULL)
def test_a_full_machine_leaves_a_search_queued(
    store: Store, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    search = submit_search(store)
    backend = LocalBackend(store)

    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(local, "start_process", refuse)
    backend._look()
    now = store.searches.get(search.id)
    assert (now.status, now.num_starts) == (SearchStatus.QUEUED, 0)
    assert backend._backoff.remaining_seconds > 0


def test_a_search_is_known_by_its_child_from_the_launch(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    search = submit_search(store)
    backend = LocalBackend(store)
    child = FakeChild()
    monkeypatch.setattr(local, "start_process", lambda *_, **__: child)
    backend._look()
    now = store.searches.get(search.id)
    assert now.process is not None
    assert (now.status, now.process.pid, now.num_starts) == (
        SearchStatus.RUNNING, os.getpid(), 1
    )  # fmt: skip
    adopted = store.search_queue.adopt(search.id)
    assert adopted is not None
    assert adopted.num_starts == 1
