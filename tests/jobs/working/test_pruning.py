"""A hopeless run ends itself."""

from __future__ import annotations

from lstm_core.events import EpochFinished, NetworkStarted
from lstm_core.jobs.working.pruning import Pruner

LIMIT = [None, 0.5, 0.4, 0.4]


def follow(pruner: Pruner, losses: list[float], network: int = 1, num_epochs: int = 4) -> Pruner:
    pruner(NetworkStarted(network, "network", num_epochs))
    for epoch, loss in enumerate(losses, start=1):
        pruner(EpochFinished(epoch, loss, loss, 0.1, network=network))
    return pruner


def test_it_stops_as_soon_as_the_limit_is_passed_and_says_why() -> None:
    assert not follow(Pruner(LIMIT), [9.0]).should_stop()
    stopped = follow(Pruner(LIMIT), [9.0, 0.6])
    assert stopped.should_stop()
    assert "after 2 epochs its best validation loss was 0.6" in stopped.sentence
    assert "0.5 or less" in stopped.sentence
    assert not follow(Pruner(LIMIT), [9.0, 0.5, 0.4]).should_stop()
    assert not follow(Pruner(None), [9.0, 9.0]).should_stop()


def test_its_last_epoch_is_not_lost() -> None:
    assert not follow(Pruner(LIMIT), [0.5, 0.6], num_epochs=2).should_stop()


def test_only_the_first_network_that_counts_is_followed() -> None:
    pruner = Pruner(LIMIT)
    pruner(NetworkStarted(1, "trying: the last value", 3, is_tryout=True))
    pruner(EpochFinished(1, 9.0, 9.0, 0.1, network=1))
    pruner(EpochFinished(2, 9.0, 9.0, 0.1, network=1))
    assert not pruner.should_stop()
    follow(pruner, [0.1, 0.1, 0.1], network=2)
    follow(pruner, [9.0, 9.0, 9.0], network=3)  # another fold's
    assert not pruner.should_stop()
    fresh = Pruner(LIMIT)
    fresh(NetworkStarted(1, "trying: the last value", 3, is_tryout=True))
    assert follow(fresh, [9.0, 9.0], network=2).should_stop()
