from __future__ import annotations

import numpy as np
import pytest

from lstm_core.learning import pace
from lstm_core.learning.feeds.table import Course, Run
from lstm_core.learning.pace import Pace


class Clock:
    """What ``time`` says where each batch takes its time."""

    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        return self.now


class Steps:
    """Takes down which batches were gone through in one call."""

    def __init__(self, clock: Clock, seconds: float) -> None:
        self.calls: list[list[int]] = []
        self._clock = clock
        self._seconds = seconds

    def step(self, batches: np.ndarray, first: int, count: int) -> None:
        self.calls.append(batches[first : first + count].tolist())
        self._clock.now += self._seconds * count + 5.0 * (len(self.calls) == 1)  # compiling


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(pace, "time", clock)
    return clock


def go(steps: Steps, course: Course, end_at: float = np.inf) -> list[int]:
    looks: list[int] = []
    Pace().go(steps.step, course, [looks.append], lambda: looks[-1] >= end_at)
    return looks


def test_every_batch_comes_once_and_in_order(clock: Clock) -> None:
    steps = Steps(clock, seconds=0.001)
    course = Course([Run(np.arange(900), 700), Run(np.arange(1000, 1003), 3)])
    looks = go(steps, course)
    assert [number for call in steps.calls for number in call] == [*range(700), 1000, 1001, 1002]
    firsts = np.cumsum([0, *(len(call) for call in steps.calls[:-1])])
    assert looks == firsts.tolist()


def test_calls_become_as_long_as_may_be_waited_for(clock: Clock) -> None:
    steps = Steps(clock, seconds=0.001)
    go(steps, Course([Run(np.arange(2_000), 2_000)]))
    longest = max(map(len, steps.calls))
    assert 100 <= longest <= 200
    assert len(steps.calls) < 40


def test_a_slow_batch_is_a_call_by_itself(clock: Clock) -> None:
    steps = Steps(clock, seconds=1.0)
    go(steps, Course([Run(np.arange(10), 10)]))
    assert steps.calls == [[number] for number in range(10)]


def test_it_ends_where_it_is_told_to(clock: Clock) -> None:
    steps = Steps(clock, seconds=1.0)
    assert go(steps, Course([Run(np.arange(10), 10)]), end_at=4) == [0, 1, 2, 3, 4]
    assert len(steps.calls) == 4
