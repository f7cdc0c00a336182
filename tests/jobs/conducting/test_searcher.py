"""A search under the web server's backend, with kills: its process, its trials', the server's."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from lstm_core.jobs.local import backend as local
from lstm_core.jobs.local.backend import LocalBackend
from lstm_core.runs.snapshots.search import Search, SearchStatus, TrialStatus, Wish
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.runs.stores.search_queue import MOST_STARTS
from lstm_core.runs.stores.store import Store
from lstm_core.searches.outcome.standing import SearchStanding, read_standing
from tests.jobs.conducting.test_conductor import check_consistency
from tests.jobs.searching import submit_search
from tests.processes import end_processes_of
from tests.runs.records import wait_until

FAKE = (sys.executable, "-m", "tests.jobs.workers", "searcher")


@pytest.fixture
def start(
    store: Store, studio_home: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[], LocalBackend]]:
    """Start backends as web servers do; those that are not closed are closed at the end."""
    monkeypatch.setattr(local, "SEARCHER_COMMAND", FAKE)
    started: list[LocalBackend] = []

    def start() -> LocalBackend:
        started.append(LocalBackend(store, poll_seconds=0.1).start())
        return started[-1]

    yield start
    for backend in started:
        backend.close()
    end_processes_of(studio_home)


def wait_for(
    store: Store, search: Search, is_reached: Callable[[SearchStanding], bool], what: str
) -> SearchStanding:
    wait_until(lambda: is_reached(read_standing(store, search.id)), what, seconds=100)
    return read_standing(store, search.id)


def kill_search(store: Store, search: Search) -> int:
    def has_process(standing: SearchStanding) -> bool:
        process = standing.search.process
        return process is not None and process.is_alive

    process = wait_for(store, search, has_process, "it has a process").search.process
    assert process is not None
    os.kill(process.pid, signal.SIGKILL)
    return process.pid


@pytest.mark.slow
def test_a_search_survives_its_process_its_trials_and_its_server(
    store: Store, start: Callable[[], LocalBackend]
) -> None:
    search = submit_search(store, num_trials=6, num_confirmations=2)
    backend = start()
    wait_for(store, search, lambda now: now.num_ended >= 1, "a trial ended")
    first = kill_search(store, search)
    wait_for(store, search, lambda now: now.num_ended >= 2, "another trial ended")
    assert kill_search(store, search) != first

    def list_running(standing: SearchStanding) -> list[str]:
        return [
            run.id
            for runs in standing.runs.values()
            for run in runs
            if run.status is RunStatus.RUNNING and store.runs.get(run.id).process is not None
        ]

    running = wait_for(store, search, lambda now: bool(list_running(now)), "a trial runs")
    victim = store.runs.get(list_running(running)[0])
    assert victim.process is not None
    os.kill(victim.process.pid, signal.SIGKILL)
    backend.close()  # the server goes; the search does not
    start()
    ended = wait_for(store, search, lambda now: not now.search.status.is_active, "it ended")
    assert ended.search.status is SearchStatus.COMPLETED
    assert ended.count(TrialStatus.COMPLETED) == 6
    check_consistency(store, search)


@pytest.mark.slow
def test_one_search_at_a_time_has_a_process(
    store: Store, start: Callable[[], LocalBackend]
) -> None:
    first, second = (submit_search(store, num_trials=50) for _ in range(2))
    start()
    wait_for(store, first, lambda now: bool(now.candidates), "the first one began")
    assert store.searches.get(second.id).status is SearchStatus.QUEUED
    store.searches.ask(first.id, Wish.STOP)
    wait_for(store, second, lambda now: bool(now.candidates), "the second one began")
    assert store.searches.get(first.id).status is SearchStatus.STOPPED


def test_a_search_whose_processes_keep_dying_counts_as_failed(
    store: Store, start: Callable[[], LocalBackend], monkeypatch: pytest.MonkeyPatch
) -> None:
    dying = (sys.executable, "-c", "import os; os._exit(9)")
    monkeypatch.setattr(local, "SEARCHER_COMMAND", dying)
    search = submit_search(store)
    start()
    ended = wait_for(store, search, lambda now: not now.search.status.is_active, "it ended")
    assert ended.search.status is SearchStatus.FAILED
    assert f"Its process ended {MOST_STARTS} times" in ended.search.message
