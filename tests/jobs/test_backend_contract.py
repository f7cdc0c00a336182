"""What every job backend keeps to, wherever it has the work done."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from lstm_core.errors import NotFoundError, StudioError
from lstm_core.jobs.backend import JobBackend
from lstm_core.jobs.in_process import InProcessBackend
from lstm_core.jobs.local import backend as local
from lstm_core.jobs.local.backend import LocalBackend
from lstm_core.jobs.questions.what_if import WhatIf
from lstm_core.runs.snapshots.run import Run
from lstm_core.runs.snapshots.search import SearchStatus
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.runs.stores.store import Store
from lstm_core.spec.search import SearchSpec
from tests.jobs.conducting.test_searcher import FAKE
from tests.jobs.searching import ThreadStarter, submit_search
from tests.jobs.workers import KINDS, command
from tests.processes import end_processes_of, list_processes_of
from tests.runs.records import submit, wait_until

UNKNOWN = "z" * 16
PATIENCE_SECONDS = 60.0

Open = Callable[[str], JobBackend]
"""From a kind of ``tests.jobs.workers`` to a backend whose work is done by such."""


def open_local(store: Store, kind: str) -> LocalBackend:
    return LocalBackend(store, command=command(kind), poll_seconds=0.1).start()


def open_in_process(store: Store, kind: str) -> InProcessBackend:
    return InProcessBackend(
        store,
        experiment=KINDS.get(kind),
        starter=ThreadStarter("scored"),
        command=command(kind),
    )


BACKENDS: dict[str, Callable[[Store, str], JobBackend]] = {
    "local": open_local,
    "in_process": open_in_process,
}


@pytest.fixture(params=list(BACKENDS))
def open_backend(
    request: pytest.FixtureRequest,
    store: Store,
    studio_home: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Open]:
    monkeypatch.setattr(local, "SEARCHER_COMMAND", FAKE)
    with ExitStack() as opened:

        def open_one(kind: str) -> JobBackend:
            backend = BACKENDS[request.param](store, kind)
            opened.callback(backend.close)
            return backend

        yield open_one
    end_processes_of(studio_home)


@pytest.fixture
def beside() -> Iterator[Callable[[Callable[[], object]], None]]:
    """Do something in a thread of its own: a submission may wait for the end of the work."""
    threads: list[threading.Thread] = []

    def begin(work: Callable[[], object]) -> None:
        threads.append(threading.Thread(target=work, daemon=True))
        threads[-1].start()

    yield begin
    for thread in threads:
        thread.join(PATIENCE_SECONDS)
        assert not thread.is_alive()


def wait_for_end(store: Store, run: Run) -> Run:
    wait_until(lambda: store.runs.get(run.id).is_finished, "it ended")
    return store.runs.get(run.id)


def make_question(run_id: str = "abc") -> WhatIf:
    times = pd.date_range("2024-05-01", periods=2).as_unit("ns")
    index = pd.MultiIndex.from_arrays(
        [pd.Index(["a", "a"], dtype="str"), times], names=["series", "time"]
    )
    return WhatIf(run_id, pd.DataFrame({"promo": [1.5, 2.5]}, index))


def test_what_is_submitted_comes_to_its_end_in_the_record(store: Store, open_backend: Open) -> None:
    (run,) = submit(store)
    backend = open_backend("quick")
    backend.submit(run.id)
    done = wait_for_end(store, run)
    assert (done.status, done.metrics) == (RunStatus.COMPLETED, {"mae": 0.5})
    assert store.artifacts.get(run.id, "weights.npz") == b"weights"
    assert not backend.is_alive(run.id)
    store.artifacts.put(run.id, "weights.npz", b"kept")
    backend.submit(run.id)  # what has ended is not done again
    assert store.runs.get(run.id) == done
    assert store.artifacts.get(run.id, "weights.npz") == b"kept"


def test_a_failure_is_told_in_words(store: Store, open_backend: Open) -> None:
    (run,) = submit(store)
    open_backend("failing").submit(run.id)
    done = wait_for_end(store, run)
    assert done.status is RunStatus.FAILED
    assert "Lower the learning rate" in done.message


def test_a_run_stops_when_it_is_asked_to(
    store: Store, open_backend: Open, beside: Callable[[Callable[[], object]], None]
) -> None:
    (run,) = submit(store)
    backend = open_backend("patient")
    beside(lambda: backend.submit(run.id))
    wait_until(lambda: store.runs.get(run.id).epoch >= 1, "it trained")
    assert backend.is_alive(run.id)
    backend.cancel(run.id)
    assert wait_for_end(store, run).status is RunStatus.CANCELLED
    assert not backend.is_alive(run.id)


@pytest.mark.parametrize("run_id", [UNKNOWN, "", "../../etc/passwd", "\0"])
def test_what_nobody_knows_is_not_found(open_backend: Open, run_id: str) -> None:
    backend = open_backend("quick")
    for act in (backend.cancel, backend.is_alive):
        with pytest.raises(NotFoundError):
            act(run_id)


@pytest.mark.parametrize(
    "open_backend", ["in_process", pytest.param("local", marks=pytest.mark.slow)], indirect=True
)
def test_a_search_comes_to_its_verdict_in_the_record(store: Store, open_backend: Open) -> None:
    search = submit_search(store, num_trials=1, num_confirmations=2)
    open_backend("scored").submit_search(search.id)
    wait_until(
        lambda: not store.searches.get(search.id).status.is_active, "it ended", PATIENCE_SECONDS
    )
    ended = store.searches.get(search.id)
    assert ended.status is SearchStatus.COMPLETED, ended.message
    assert ended.verdict
    assert len(store.trials.list_of(search.id)) == 2  # the default is one


def test_slots_have_names_of_their_own(open_backend: Open) -> None:
    slots = open_backend("quick").list_slots(SearchSpec(slots=3))
    assert len({slot.place for slot in slots}) == 3


def test_another_process_answers(open_backend: Open, studio_home: Path) -> None:
    backend = open_backend("quick")
    answer = backend.ask(make_question())
    assert answer["promo"].tolist() == [1.5, 2.5]
    assert set(answer["pid"]) == {process.pid for process in list_processes_of(studio_home)}
    backend.close()
    assert list_processes_of(studio_home) == []


def test_a_refusal_comes_back_in_its_words(open_backend: Open) -> None:
    with pytest.raises(StudioError, match="This can't be answered"):
        open_backend("refuser").ask(make_question())


def test_who_waits_may_give_up(open_backend: Open) -> None:
    class Enough(BaseException):
        pass

    def give_up() -> None:
        raise Enough

    with pytest.raises(Enough):
        open_backend("ponderer").ask(make_question(), give_up)


def test_an_answer_is_looked_for_until_it_is_there(open_backend: Open) -> None:
    backend, question = open_backend("quick"), make_question()
    found: Any = None
    while found is None:
        found = backend.look("ann", question, PATIENCE_SECONDS)
    assert found["run_id"].tolist() == ["abc", "abc"]
    assert backend.look("bob", question) is found  # asked once for both
    backend.forget(question)
    again = backend.look("ann", question, PATIENCE_SECONDS)
    assert again is not None
    assert again is not found


def test_a_refusal_stays_until_it_is_forgotten(open_backend: Open) -> None:
    backend, question = open_backend("refuser"), make_question()
    for _ in range(2):
        with pytest.raises(StudioError, match="This can't be answered"):
            backend.look("ann", question, PATIENCE_SECONDS)
    backend.forget(question)
    assert backend.look("ann", question) is None


def test_what_nobody_waits_for_any_more_makes_room(open_backend: Open) -> None:
    backend = open_backend("dozer")  # which answers questions about one run alone
    assert backend.look("ann", make_question()) is None
    backend.drop("ann")
    assert backend.look("bob", make_question("well"), PATIENCE_SECONDS) is not None
