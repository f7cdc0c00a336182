from __future__ import annotations

import pytest

from lstm_core.events import EpochFinished, Event, NetworkStarted, TrainingStarted
from lstm_core.runs.estimate import estimate_seconds_left
from lstm_core.runs.status import RunStatus
from lstm_core.runs.store import Store
from tests.runs.records import create_running


def estimate(store: Store, *events: Event) -> float | None:
    run = create_running(store)
    store.record_events(run.id, events)
    return estimate_seconds_left(store.get_run(run.id), store.get_epochs(run.id))


def train(network: int, seconds: list[float]) -> list[Event]:
    """Epochs of a network, as long as told."""
    return [EpochFinished(epoch, 1, 1, long, network) for epoch, long in enumerate(seconds, 1)]


def test_before_the_first_epoch_nobody_knows(store: Store) -> None:
    assert estimate(store) is None
    assert estimate(store, TrainingStarted(10, 1, "CPU")) is None


def test_a_finished_run_has_nothing_left(store: Store) -> None:
    run = create_running(store)
    store.record_events(run.id, [TrainingStarted(10, 1, "CPU"), *train(1, [1])])
    ended = store.finish_run(run.id, RunStatus.FAILED)
    assert estimate_seconds_left(ended, store.get_epochs(run.id)) is None


def test_the_first_epoch_s_compilation_does_not_count_for_the_others(store: Store) -> None:
    started = TrainingStarted(10, 1, "CPU")
    assert estimate(store, started, *train(1, [5])) == pytest.approx(9 * 5)
    assert estimate(store, started, *train(1, [5, 1, 1])) == pytest.approx(7)


def test_networks_to_come_count_with_their_compilation(store: Store) -> None:
    started = TrainingStarted(10, 1, "CPU", num_networks=3)
    begin = NetworkStarted(1, "seed 1 of 3", 10)
    left = estimate(store, started, begin, *train(1, [5, 1, 1]))
    assert left == pytest.approx(7 + 2 * (5 + 9 * 1))


def test_a_trial_is_over_sooner_than_a_network_that_counts(store: Store) -> None:
    started = TrainingStarted(10, 1, "CPU", num_networks=2)
    begin = NetworkStarted(1, "trial: none", 4)
    left = estimate(store, started, begin, *train(1, [5, 1, 1]))
    assert left == pytest.approx(1 + (5 + 9 * 1))


def test_a_network_that_stopped_early_leaves_the_others_whole(store: Store) -> None:
    started = TrainingStarted(10, 1, "CPU", num_networks=2)
    first = [NetworkStarted(1, "seed 1 of 2", 10), *train(1, [5, 1, 1])]
    second = NetworkStarted(2, "seed 2 of 2", 10)
    assert estimate(store, started, *first, second) == pytest.approx(5 + 9 * 1)
