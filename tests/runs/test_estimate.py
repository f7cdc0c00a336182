from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from lstm_core.events import EpochFinished, Event, NetworkStarted, TrainingStarted
from lstm_core.runs.estimate import (
    Place,
    Promise,
    estimate_fewest_seconds_left,
    estimate_seconds_left,
    find_place,
    keep_promise,
)
from lstm_core.runs.snapshots.run import Run
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.runs.stores.store import Store
from lstm_core.spec import ExperimentSpec
from tests.runs.records import change_row, create_running, make_dataset, submit


def estimate(store: Store, *events: Event) -> float | None:
    run = create_running(store)
    store.runs.record_events(run.id, events)
    return estimate_seconds_left(store.runs.get(run.id), store.runs.get_epochs(run.id))


def train(network: int, seconds: list[float]) -> list[Event]:
    """Epochs of a network, as long as told."""
    return [EpochFinished(epoch, 1, 1, long, network) for epoch, long in enumerate(seconds, 1)]


def test_before_the_first_epoch_nobody_knows(store: Store) -> None:
    assert estimate(store) is None
    assert estimate(store, TrainingStarted(10, 1, "CPU")) is None


def test_a_finished_run_has_nothing_left(store: Store) -> None:
    run = create_running(store)
    store.runs.record_events(run.id, [TrainingStarted(10, 1, "CPU"), *train(1, [1])])
    ended = store.runs.finish(run.id, RunStatus.FAILED)
    assert estimate_seconds_left(ended, store.runs.get_epochs(run.id)) is None


def test_the_first_epoch_s_compilation_does_not_count_for_the_others(store: Store) -> None:
    started = TrainingStarted(10, 1, "CPU")
    assert estimate(store, started, *train(1, [5])) is None  # it may all have been compilation
    assert estimate(store, started, *train(1, [90])) == pytest.approx(9 * 90)
    assert estimate(store, started, *train(1, [5, 1, 1])) == pytest.approx(7)


def test_networks_to_come_count_with_their_compilation(store: Store) -> None:
    started = TrainingStarted(10, 1, "CPU", num_networks=3)
    begin = NetworkStarted(1, "seed 1 of 3", 10)
    left = estimate(store, started, begin, *train(1, [5, 1, 1]))
    assert left == pytest.approx(7 + 2 * (5 + 9 * 1))


def test_a_trial_is_over_sooner_than_a_network_that_counts(store: Store) -> None:
    started = TrainingStarted(10, 1, "CPU", num_networks=2)
    begin = NetworkStarted(1, "trying: nothing", 4)
    left = estimate(store, started, begin, *train(1, [5, 1, 1]))
    assert left == pytest.approx(1 + (5 + 9 * 1))


def test_a_network_that_stopped_early_leaves_the_others_whole(store: Store) -> None:
    started = TrainingStarted(10, 1, "CPU", num_networks=2)
    first = [NetworkStarted(1, "seed 1 of 2", 10), *train(1, [5, 1, 1])]
    second = NetworkStarted(2, "seed 2 of 2", 10)
    assert estimate(store, started, *first, second) == pytest.approx(5 + 9 * 1)


def estimate_least(store: Store, patience: int | None, *events: Event) -> float | None:
    spec = ExperimentSpec().with_values({"training.patience": patience})
    run = store.runs.create_running(spec, store.collections.add(make_dataset()))
    store.runs.record_events(run.id, events)
    run, points = store.runs.get(run.id), store.runs.get_epochs(run.id)
    least, most = estimate_fewest_seconds_left(run, points), estimate_seconds_left(run, points)
    assert least is None or (most is not None and least <= most)
    return least


def test_the_least_is_what_patience_leaves(store: Store) -> None:
    started = TrainingStarted(100, 1, "CPU", num_networks=3)
    begin = NetworkStarted(1, "seed 1 of 3", 100)
    losses = [3.0, 1.0, 2.0, 2.0]  # two epochs without a better one
    epochs = [
        EpochFinished(epoch, 1, loss, 5.0 if epoch == 1 else 1.0)
        for epoch, loss in enumerate(losses, 1)
    ]
    assert estimate_least(store, 5, started, begin, *epochs) == pytest.approx(3 * 1 + 2 * 5)
    assert estimate_least(store, 2, started, begin, *epochs) == pytest.approx(2 * 5)
    assert estimate_least(store, 5, started) is None


def test_nothing_ends_it_sooner_where_there_is_no_patience(store: Store) -> None:
    started = TrainingStarted(10, 1, "CPU")
    assert estimate_least(store, None, started, *train(1, [1, 1])) == pytest.approx(8)


def test_an_end_that_comes_nearer_is_kept_and_one_that_moves_away_is_told() -> None:
    first = keep_promise(None, 100.0, now=0.0)
    assert first == Promise(100.0)
    assert keep_promise(first, 90.0, now=10.0) == first
    sooner = keep_promise(first, 50.0, now=10.0)
    assert sooner == Promise(60.0)
    assert not keep_promise(sooner, 54.0, now=10.0).is_broken  # nobody would notice
    later = keep_promise(sooner, 80.0, now=10.0)
    assert later == Promise(60.0, is_broken=True)
    assert keep_promise(later, 70.0, now=30.0).is_broken  # it still is
    assert keep_promise(later, 20.0, now=30.0) == Promise(50.0)


def complete(store: Store, seconds: float) -> Run:
    run = create_running(store)
    store.runs.finish(run.id, RunStatus.COMPLETED)
    start = datetime.now(UTC) - timedelta(days=1)
    change_row(store, run.id, started_at=start, finished_at=start + timedelta(seconds=seconds))
    return store.runs.get(run.id)


def test_the_next_one_begins_when_a_running_one_ends(store: Store) -> None:
    recent = [complete(store, seconds) for seconds in (50.0, 60.0, 70.0)]
    running, second = create_running(store), create_running(store)
    queued = submit(store, 3)
    active = store.watch.list_active()
    left: dict[str, float | None] = {running.id: 30.0, second.id: 40.0}
    places = [find_place(run.id, active, recent, left, 2) for run in queued]
    assert places == [Place(1, 30.0, 3), Place(2, 40.0, 3), Place(3, 90.0, 3)]
    room = find_place(queued[0].id, active, recent, left, 3)
    assert room == Place(1, 0.0, 3)
    assert find_place(running.id, active, recent, left, 2) is None


def test_what_is_not_known_is_not_said(store: Store) -> None:
    running, (queued, last) = create_running(store), submit(store, 2)
    active = store.watch.list_active()
    nobody = find_place(queued.id, active, [], {running.id: None}, 1)
    assert nobody == Place(1, None, 0)
    known = find_place(queued.id, active, [], {running.id: 30.0}, 1)
    assert known == Place(1, 30.0, 0)
    assert find_place(last.id, active, [], {running.id: 30.0}, 1) == Place(2, None, 0)


def test_a_run_is_expected_to_take_what_is_usual(store: Store) -> None:
    recent = [complete(store, 600.0)]
    running, (queued,) = create_running(store), submit(store)
    active = store.watch.list_active()
    place = find_place(queued.id, active, recent, {running.id: 9_000.0}, 1)
    assert place is not None
    assert place.seconds == pytest.approx(600.0, abs=60)
    start = datetime.now(UTC) - timedelta(seconds=700)
    change_row(store, running.id, started_at=start)
    active = store.watch.list_active()
    late = find_place(queued.id, active, recent, {running.id: 9_000.0}, 1)
    assert late == Place(1, 9_000.0, 1)
    assert find_place(queued.id, active, recent, {}, 1) == Place(1, None, 1)
