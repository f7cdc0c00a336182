from __future__ import annotations

import threading
from collections.abc import Sequence

import pytest

from lstm_core.events import (
    BatchFinished,
    EpochFinished,
    Event,
    NetworkStarted,
    PhaseStarted,
    SpecResolved,
    TrainingStarted,
)
from lstm_core.jobs.working.reporting import Reporter
from lstm_core.runs.database.engine import RecordError
from lstm_core.runs.snapshots.status import StopRequest
from lstm_core.runs.stores.store import Store
from tests.runs.records import create_running, wait_until

NEVER = 3600.0


class Recorder:
    """Stands in for the record of runs: notes each write, and fails or blocks where told to."""

    def __init__(self, failures: int = 0) -> None:
        self.writes: list[list[Event]] = []
        self.failures = failures
        self.written = threading.Event()
        self.go_on = threading.Event()
        self.go_on.set()

    def record_events(self, run_id: str, events: Sequence[Event] = ()) -> StopRequest:
        self.go_on.wait()
        if self.failures:
            self.failures -= 1
            raise RecordError("The disk is full.")
        self.writes.append(list(events))
        self.written.set()
        return StopRequest.NONE

    @property
    def events(self) -> list[Event]:
        return [event for write in self.writes for event in write]


def make_reporter(recorder: Recorder, **seconds: float) -> Reporter:
    pauses = {"write_seconds": NEVER, "heartbeat_seconds": NEVER, "retry_seconds": 0.01} | seconds
    return Reporter(recorder, "run", **pauses)  # type: ignore[arg-type]


def epoch(number: int) -> EpochFinished:
    return EpochFinished(number, 1.0, 1.0, 0.1)


def test_of_batches_only_the_latest_is_written() -> None:
    recorder = Recorder()
    with make_reporter(recorder) as reporter:
        for fraction in (0.2, 0.4, 0.6):
            reporter(BatchFinished(9, fraction))
        reporter(epoch(9))
        for fraction in (0.2, 0.4):
            reporter(BatchFinished(10, fraction))
    assert recorder.events == [epoch(9), BatchFinished(10, 0.4)]


@pytest.mark.parametrize("event", [epoch(1), PhaseStarted("Learning"), TrainingStarted(1, 1, "")])
def test_the_first_signs_of_life_are_written_at_once(event: Event) -> None:
    recorder = Recorder()
    with make_reporter(recorder) as reporter:
        reporter(event)
        assert recorder.written.wait(10)
        assert recorder.events == [event]


def test_of_later_networks_the_first_epochs_wait_as_others_do() -> None:
    recorder = Recorder()
    events: list[Event] = [
        NetworkStarted(2, "seed 2 of 3", 9),
        EpochFinished(1, 1.0, 1.0, 0.1, network=2),
    ]
    with make_reporter(recorder) as reporter:
        for event in events:
            reporter(event)
        assert recorder.writes == []
    assert recorder.writes == [events]


def test_later_events_wait_for_their_time_and_are_written_together() -> None:
    recorder = Recorder()
    with make_reporter(recorder) as reporter:
        for number in (11, 12, 13):
            reporter(epoch(number))
        assert recorder.writes == []
    assert recorder.writes == [[epoch(11), epoch(12), epoch(13)]]


def test_later_events_are_written_when_their_time_has_come() -> None:
    recorder = Recorder()
    with make_reporter(recorder, write_seconds=0.01) as reporter:
        reporter(epoch(11))
        assert recorder.written.wait(10)
        assert recorder.events == [epoch(11)]


def test_the_heart_beats_while_nothing_happens() -> None:
    recorder = Recorder()
    with make_reporter(recorder, heartbeat_seconds=0.01):
        wait_until(lambda: len(recorder.writes) >= 3, "three heartbeats were written")
    assert recorder.events == []


def test_the_training_never_waits_for_the_record() -> None:
    recorder = Recorder()
    recorder.go_on.clear()  # the disk hangs
    with make_reporter(recorder) as reporter:
        for number in range(1, 100):
            reporter(epoch(number))
        assert recorder.writes == []
        recorder.go_on.set()
    assert recorder.events == [epoch(number) for number in range(1, 100)]


@pytest.mark.parametrize("failures", [1, 3])
def test_a_failed_write_is_repeated_in_order(failures: int) -> None:
    recorder = Recorder(failures)
    with make_reporter(recorder, write_seconds=0.01) as reporter:
        reporter(epoch(1))
        reporter(epoch(2))
    assert recorder.events == [epoch(1), epoch(2)]


def test_events_that_are_refused_do_not_end_the_thread(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    run = create_running(store)
    with Reporter(store.runs, run.id) as reporter:
        reporter(SpecResolved({"lookback": object()}, {}))
        wait_until(lambda: "refused" in caplog.text, "the event was refused")
        reporter(epoch(1))
    assert [point.epoch for point in store.runs.get_epochs(run.id)] == [1]


def test_a_request_to_stop_is_heard(store: Store) -> None:
    run = create_running(store)
    with Reporter(store.runs, run.id, heartbeat_seconds=0.01) as reporter:
        assert not reporter.should_conclude()
        store.runs.request_cancel(run.id)
        wait_until(reporter.should_conclude, "the request was noticed")
        assert not reporter.should_stop()
        store.runs.request_cancel(run.id, at_once=True)
        wait_until(reporter.should_stop, "that it is urgent was noticed")
