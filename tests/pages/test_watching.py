from __future__ import annotations

import pytest

from lstm_core.runs.snapshots.run import EpochPoint, Run
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.runs.stores.store import Store
from pages._ui.run.watching import POLL_SECONDS, Watching, choose_pace
from tests.pages import records


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def watching(clock: Clock) -> Watching:
    return Watching(clock)


class Reader:
    """Reads a run from the record, and counts how often."""

    def __init__(self, store: Store, run_id: str) -> None:
        self._store, self._run_id = store, run_id
        self.count = 0

    def __call__(self) -> tuple[Run, list[EpochPoint]]:
        self.count += 1
        return self._store.runs.get(self._run_id), self._store.runs.get_epochs(self._run_id)


def test_who_has_closed_the_page_counts_no_more(watching: Watching, clock: Clock) -> None:
    assert watching.come("run", "a", 4.0) == 1
    assert watching.come("run", "b", 0.5) == 2
    assert watching.come("other", "b", 0.5) == 1
    clock.now += 2.0
    assert watching.come("run", "c", 0.5) == 2  # b has missed three looks, a none yet
    clock.now += 11.0
    assert watching.come("run", "c", 0.5) == 1


@pytest.mark.parametrize(
    ("count", "pace"), [(0, 0.5), (1, 0.5), (8, 0.5), (9, 1.0), (16, 1.0), (17, 2.0), (50, 4.0)]
)
def test_more_watchers_look_more_seldom(count: int, pace: float) -> None:
    assert choose_pace(count) == pace


def test_together_they_ask_no_more_often_than_few_do() -> None:
    assert all(each / choose_pace(each) <= 8 / POLL_SECONDS for each in range(1, 2_000))


def test_who_comes_together_is_shown_one_look(
    store: Store, watching: Watching, clock: Clock
) -> None:
    read = Reader(store, records.start(store).id)
    first = watching.look("run", read, 2)
    clock.now += 0.2
    assert watching.look("run", read, 2) is first
    assert watching.look("run", read, 1) is not first
    clock.now += POLL_SECONDS
    watching.look("run", read, 2)
    assert read.count == 3


def test_who_looks_more_seldom_may_be_shown_what_is_older(
    store: Store, watching: Watching, clock: Clock
) -> None:
    read = Reader(store, records.start(store).id)
    first = watching.look("run", read, 50)
    clock.now += choose_pace(50) / 2 - 0.1
    assert watching.look("run", read, 50) is first
    assert watching.look("run", read, 2) is not first


def test_what_is_drawn_up_is_drawn_up_once_for_all_who_are_shown_it(
    store: Store, watching: Watching, clock: Clock
) -> None:
    read = Reader(store, records.start(store).id)
    numbers = iter(range(3))
    drawn = [
        watching.look("run", read, 2).recall("curves", lambda: next(numbers)) for _ in range(2)
    ]
    clock.now += POLL_SECONDS
    drawn.append(watching.look("run", read, 2).recall("curves", lambda: next(numbers)))
    assert drawn == [0, 0, 1]


def test_what_was_done_to_a_run_is_seen_at_once(store: Store, watching: Watching) -> None:
    run = records.start(store)
    read = Reader(store, run.id)
    watching.look(run.id, read, 2)
    store.runs.request_cancel(run.id)
    watching.forget(run.id)
    assert watching.look(run.id, read, 2).run.cancel_requested_at is not None


def test_a_finished_run_is_let_go_of(store: Store, watching: Watching) -> None:
    run = records.end(store, RunStatus.FAILED)
    read = Reader(store, run.id)
    watching.come(run.id, "a", 0.5)
    for _ in range(2):
        watching.look(run.id, read, 2)
    assert read.count == 2
    assert watching.come(run.id, "b", 0.5) == 1
