"""Searches in the record: what may happen to one, and when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from lstm_core.errors import NotFoundError, StudioError
from lstm_core.events import EpochFinished, NetworkStarted
from lstm_core.runs.database.tables import SearchRow
from lstm_core.runs.process import identify_host
from lstm_core.runs.snapshots.search import (
    Role,
    Search,
    SearchPhase,
    SearchStatus,
    TrialStatus,
    Wish,
)
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.runs.stores.search_queue import MOST_STARTS
from lstm_core.runs.stores.store import Store
from lstm_core.runs.stores.trials import TrialOrder
from lstm_core.spec import ExperimentSpec
from tests.runs.records import create_running, make_dataset, make_settings, submit


@pytest.fixture
def store(studio_home: Path) -> Iterator[Store]:
    with Store.open(make_settings(studio_home)) as store:
        yield store


def queue(store: Store, key: str | None = None, minutes: float | None = None) -> Search:
    dataset_id = store.collections.add(make_dataset())
    return store.searches.submit(dataset_id, {"a": 1}, 3, minutes, submission_key=key)


def adopt(store: Store) -> Search:
    search = store.search_queue.adopt(queue(store).id)
    assert search is not None
    return search


def begin(store: Store, search: Search, number: int = 1, num_runs: int = 1) -> None:
    orders = [
        TrialOrder(
            Role.TRIAL,
            ExperimentSpec().with_values({"training.seed": seed}),
            search.dataset_id,
            [None, 0.5],
        )
        for seed in range(num_runs)
    ]
    raw = None if number == 0 else {"x": number}
    store.trials.begin(search.id, number, {"model.units": 8}, raw, orders)


def change(store: Store, search: Search, **values: object) -> None:
    """Put values into a search's row behind the store's back."""
    with store._database.writing() as session:
        row = session.get_one(SearchRow, search.id)
        for name, value in values.items():
            setattr(row, name, value)


def test_a_search_is_queued_once_for_each_key(store: Store) -> None:
    search = queue(store, "key")
    assert (search.status, search.phase) == (SearchStatus.QUEUED, SearchPhase.TRIALS)
    assert search.settings == {"a": 1}
    assert queue(store, "key").id == search.id
    assert [each.id for each in store.searches.list_newest()] == [search.id]
    with pytest.raises(NotFoundError, match="This search is not in the record"):
        store.searches.get("a" * 16)


def test_a_trial_and_what_the_strategy_said_are_written_together(store: Store) -> None:
    search = adopt(store)
    begin(store, search, 0)
    begin(store, search, 1, num_runs=2)
    default, trial = store.trials.list_of(search.id)
    assert (default.asked, trial.asked) == (None, 1)
    assert trial.raw == {"x": 1}
    assert trial.limit == [None, 0.5]
    runs = store.trials.list_runs(search.id)
    assert [(run.trial, run.seed, run.status) for run in runs] == [
        (0, 0, RunStatus.QUEUED),
        (1, 0, RunStatus.QUEUED),
        (1, 1, RunStatus.QUEUED),
    ]
    store.trials.end(search.id, 1, TrialStatus.COMPLETED, score=0.5, spread=0.1)
    _, trial = store.trials.list_of(search.id)
    assert (trial.status, trial.score, trial.spread, trial.told) == ("completed", 0.5, 0.1, 2)
    assert store.searches.get(search.id).num_events == 2
    with pytest.raises(ValueError, match="ended already"):
        store.trials.end(search.id, 1, TrialStatus.FAILED)
    with pytest.raises(Exception, match="UNIQUE"):  # a number is given once, and nothing is kept
        begin(store, search, 1)
    assert store.searches.get(search.id).num_events == 2
    assert len(store.trials.list_runs(search.id)) == 3


def test_the_queue_of_runs_leaves_trials_alone(store: Store) -> None:
    search = adopt(store)
    begin(store, search)
    assert store.run_queue.claim_next(5) is None
    ordinary = submit(store)[0]
    (run,) = store.trials.list_runs(search.id)
    assert store.trials.claim_run(run.id, "CPU 1")
    claimed = store.run_queue.claim_next(1)  # a trial takes none of the queue's room
    assert claimed is not None
    assert claimed.id == ordinary.id
    assert not store.trials.claim_run(run.id, "CPU 2")
    assert store.trials.list_runs(search.id)[0].place == "CPU 1"


def test_one_process_has_a_search(store: Store) -> None:
    search = adopt(store)
    assert search.process is not None
    assert search.process.is_alive
    assert search.num_starts == 1
    assert store.search_queue.adopt(search.id) is None
    other = queue(store)
    assert store.search_queue.claim_next() is None  # one at a time on a machine
    store.searches.finish(search.id, SearchStatus.COMPLETED)
    claimed = store.search_queue.claim_next()
    assert claimed is not None
    assert claimed.id == other.id
    assert store.search_queue.claim_next() is None
    assert store.search_queue.adopt(other.id) is not None


def test_a_search_whose_process_has_gone_is_taken_up_until_it_is_hopeless(store: Store) -> None:
    search = adopt(store)
    begin(store, search)
    change(store, search, process_started=0.0)
    now = datetime.now(UTC)
    assert store.searches.get(search.id).is_orphaned(now)
    claimed = store.search_queue.claim_next()
    assert claimed is not None
    assert claimed.num_starts == 1
    assert not claimed.is_orphaned(now + timedelta(minutes=5))  # whoever claimed it lives
    assert store.search_queue.adopt(search.id) is not None
    # A trial that ends shows that it gets on.
    store.trials.end(search.id, 1, TrialStatus.COMPLETED, score=1.0)
    assert store.searches.get(search.id).num_starts == 0
    change(store, search, process_started=0.0, num_starts=MOST_STARTS)
    assert store.search_queue.claim_next() is None
    failed = store.searches.get(search.id)
    assert failed.status is SearchStatus.FAILED
    assert f"{MOST_STARTS} times" in failed.message


def test_a_search_of_another_machine_is_left_alone_while_it_is_heard_of(store: Store) -> None:
    search = adopt(store)
    change(store, search, host="another")
    assert store.search_queue.claim_next() is None
    change(store, search, heartbeat_at=datetime.now(UTC) - timedelta(minutes=5))
    claimed = store.search_queue.claim_next()
    assert claimed is not None
    assert claimed.host == identify_host()


@pytest.mark.parametrize(
    ("status", "wish", "after", "wished"),
    [
        (SearchStatus.RUNNING, Wish.PAUSE, SearchStatus.RUNNING, Wish.PAUSE),
        (SearchStatus.RUNNING, Wish.STOP, SearchStatus.RUNNING, Wish.STOP),
        (SearchStatus.QUEUED, Wish.PAUSE, SearchStatus.PAUSED, None),
        (SearchStatus.QUEUED, Wish.STOP, SearchStatus.QUEUED, Wish.STOP),
        (SearchStatus.PAUSED, Wish.STOP, SearchStatus.QUEUED, Wish.STOP),
        (SearchStatus.PAUSED, Wish.CONCLUDE, SearchStatus.QUEUED, Wish.CONCLUDE),
        (SearchStatus.STOPPED, Wish.CONCLUDE, SearchStatus.QUEUED, Wish.CONCLUDE),
        (SearchStatus.FAILED, Wish.CONCLUDE, SearchStatus.QUEUED, Wish.CONCLUDE),
        (SearchStatus.FAILED, Wish.STOP, SearchStatus.FAILED, None),
        (SearchStatus.COMPLETED, Wish.CONCLUDE, SearchStatus.COMPLETED, None),
        (SearchStatus.COMPLETED, Wish.PAUSE, SearchStatus.COMPLETED, None),
    ],
)
def test_what_a_wish_does_depends_on_where_the_search_stands(
    store: Store, status: SearchStatus, wish: Wish, after: SearchStatus, wished: Wish | None
) -> None:
    search = queue(store)
    change(store, search, status=status)
    asked = store.searches.ask(search.id, wish)
    assert (asked.status, asked.wish) == (after, wished)


@pytest.mark.parametrize("status", list(SearchStatus))
def test_only_what_ended_without_a_verdict_goes_on(store: Store, status: SearchStatus) -> None:
    search = queue(store)
    change(store, search, status=status, message="why")
    resumed = store.searches.resume(search.id)
    goes_on = status in (SearchStatus.PAUSED, SearchStatus.STOPPED, SearchStatus.FAILED)
    assert resumed.status is (SearchStatus.QUEUED if goes_on else status)


def test_a_budget_grows_until_the_finale(store: Store) -> None:
    search = queue(store, minutes=2.0)
    store.search_queue.adopt(search.id)
    extended = store.searches.extend(search.id, num_trials=4, minutes=1.0)
    assert (extended.num_trials, extended.minutes) == (7, 3.0)
    store.searches.begin_finale(search.id, "The time was up.")
    with pytest.raises(StudioError, match="judged its winner on the test part"):
        store.searches.extend(search.id, num_trials=1)


def test_time_counts_only_while_it_looks(store: Store) -> None:
    search = adopt(store)
    store.searches.beat(search.id, 2.5)
    assert store.searches.beat(search.id, 2.5).seconds_spent == 5.0
    store.searches.begin_finale(search.id, "")
    assert store.searches.beat(search.id, 9.0).seconds_spent == 5.0


def test_a_skipped_trial_is_asked_to_end(store: Store) -> None:
    search = adopt(store)
    begin(store, search, 0)
    begin(store, search, 1, num_runs=2)
    waiting, running = store.trials.list_runs(search.id)[1:]
    store.trials.claim_run(running.id, "CPU 1")
    store.trials.skip(search.id, 1)
    store.trials.skip(search.id, 0)  # the default is what all others are measured by
    default, waiting, running = store.trials.list_runs(search.id)
    assert waiting.status is RunStatus.CANCELLED
    assert running.is_stopping
    assert default.status is RunStatus.QUEUED
    assert store.trials.list_of(search.id)[1].message == "Skipped on request."


def test_curves_are_those_of_the_network_that_counts(store: Store) -> None:
    search = adopt(store)
    begin(store, search)
    (run,) = store.trials.list_runs(search.id)
    store.trials.claim_run(run.id, "CPU 1")
    events = [
        NetworkStarted(1, "trying: the last value", 3, is_tryout=True),
        EpochFinished(1, 9.0, 9.0, 0.1, network=1),
        NetworkStarted(2, "network", 5),
        EpochFinished(1, 1.0, 2.0, 0.1, network=2),
        EpochFinished(2, 1.0, float("nan"), 0.1, network=2),
        NetworkStarted(3, "fold 2 of 2", 5),
        EpochFinished(1, 7.0, 7.0, 0.1, network=3),
    ]
    store.runs.record_events(run.id, events)
    curves = store.trials.get_curves(search.id)
    assert curves[["trial", "epoch"]].to_numpy().tolist() == [[1, 1], [1, 2]]
    assert curves["validation_loss"].iloc[0] == 2.0
    assert curves["validation_loss"].isna().tolist() == [False, True]
    assert store.trials.get_curves(search.id, Role.CONFIRMATION).empty


def test_a_search_is_deleted_with_all_it_made(store: Store) -> None:
    other = create_running(store)
    search = adopt(store)
    begin(store, search)
    with pytest.raises(StudioError, match="not finished"):
        store.deletions.delete_search(search.id)
    store.trials.cancel_runs(search.id)
    store.trials.end(search.id, 1, TrialStatus.SKIPPED)
    store.searches.finish(search.id, SearchStatus.STOPPED)
    store.deletions.delete_search(search.id)
    assert store.searches.list_newest() == []
    store.leftovers.sweep(undo_seconds=0)
    assert store.trials.list_of(search.id) == []
    assert [run.id for run in store.runs.list_newest()] == [other.id]
