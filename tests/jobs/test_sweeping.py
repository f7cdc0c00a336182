from __future__ import annotations

import threading

import pytest

from lstm_core.jobs.sweeping import Sweeper
from lstm_core.runs.database.engine import RecordError


def test_chores_come_round_again_and_none_keeps_another_from_it(
    caplog: pytest.LogCaptureFixture,
) -> None:
    rounds = []
    is_enough = threading.Event()

    def fail(error: Exception) -> None:
        raise error

    def sweep() -> None:
        rounds.append(threading.current_thread().name)
        if len(rounds) == 3:
            is_enough.set()

    chores = [
        lambda: fail(RecordError("The disk is full.")),
        lambda: fail(KeyError("a fault")),
        sweep,
    ]
    sweeper = Sweeper(chores, every_seconds=0.001).start()
    assert is_enough.wait(30)
    sweeper.close()
    done = len(rounds)
    assert set(rounds) == {"sweeper"}
    assert "The disk is full" in caplog.text
    assert "a fault" in caplog.text
    assert len(rounds) == done  # nothing comes after the end


def test_a_sweeper_that_rests_is_closed_at_once() -> None:
    is_done = threading.Event()
    sweeper = Sweeper([is_done.set], every_seconds=3_600).start()
    assert is_done.wait(30)
    sweeper.close()
