"""``Reporter``: from the training thread to the record, without making the training wait."""

from __future__ import annotations

import logging
import threading
import time
from typing import Self

from lstm_core.errors import StudioError
from lstm_core.events import BatchFinished, EpochFinished, Event, NetworkStarted
from lstm_core.runs.snapshots.status import StopRequest
from lstm_core.runs.stores.runs import Runs

_LOGGER = logging.getLogger(__name__)
_FIRST_EPOCHS = 3
_LAST_ATTEMPTS = 5


class Reporter:
    """A listener that hands events to a thread of its own, which writes them in batches.

    Owns the thread from ``__enter__`` to ``close``. ``close`` writes what is left, so call it
    before the run is finished: a finished run takes no more events.

    Args:
        write_seconds: shortest time between two writes. A new phase and the first network's
            first epochs are written at once, because somebody is waiting for a sign of life.
        heartbeat_seconds: longest time between two writes, which is also how soon a request to
            stop is noticed.
        retry_seconds: how long to wait after a failed write. Nothing is lost by a failure: the
            training goes on and the events wait.
    """

    def __init__(
        self,
        runs: Runs,
        run_id: str,
        *,
        write_seconds: float = 0.3,
        heartbeat_seconds: float = 2.0,
        retry_seconds: float = 2.0,
    ) -> None:
        self._runs = runs
        self._run_id = run_id
        self._write_seconds = write_seconds
        self._heartbeat_seconds = heartbeat_seconds
        self._retry_seconds = retry_seconds
        self._changed = threading.Condition()
        self._pending: list[Event] = []
        self._is_urgent = False
        self._is_closed = False
        self._request = StopRequest.NONE
        self._thread = threading.Thread(target=self._write_until_closed, name="reporter")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __call__(self, event: Event) -> None:
        """Take an event; returns at once."""
        with self._changed:
            if self._pending and isinstance(self._pending[-1], BatchFinished):
                self._pending.pop()
            self._pending.append(event)
            is_urgent = _is_urgent(event)
            self._is_urgent |= is_urgent
            if is_urgent or len(self._pending) == 1:  # else the writer knows its next time
                self._changed.notify()

    def should_stop(self) -> bool:
        """Return whether the run was asked to end at once, as of the last write."""
        return self._request is StopRequest.AT_ONCE

    def should_conclude(self) -> bool:
        """Return whether the run was asked to end, at once or with what it has learnt."""
        return self._request is not StopRequest.NONE

    def close(self) -> None:
        """Write what is left and end the thread; a second call does nothing."""
        with self._changed:
            self._is_closed = True
            self._changed.notify()
        self._thread.join()

    def _write_until_closed(self) -> None:
        written_at = time.monotonic()
        while self._wait_for_work(written_at):
            is_written = self._write()
            written_at = time.monotonic()
            if not is_written:
                self._wait_for_close(self._retry_seconds)
        for _ in range(_LAST_ATTEMPTS):
            if self._write():
                return
            time.sleep(self._retry_seconds)
        _LOGGER.error("%d events could not be written", len(self._pending))

    def _wait_for_work(self, written_at: float) -> bool:
        """Sleep until a write is due; return False once closed."""
        with self._changed:
            while not self._is_closed and not self._is_urgent:
                pause = self._write_seconds if self._pending else self._heartbeat_seconds
                remaining = written_at + pause - time.monotonic()
                if remaining <= 0:
                    break
                self._changed.wait(remaining)
            return not self._is_closed

    def _wait_for_close(self, timeout_seconds: float) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._is_closed, timeout_seconds)

    def _write(self) -> bool:
        """Write all pending events, and the heartbeat; return whether that worked."""
        with self._changed:
            events, self._pending, self._is_urgent = self._pending, [], False
        try:
            self._request = max(self._request, self._runs.record_events(self._run_id, events))
        except StudioError as error:
            _LOGGER.warning("Progress could not be written, trying again: %s", error)
            with self._changed:
                self._pending = events + self._pending
            return False
        except Exception:  # the thread must live on for the heartbeat and for cancelling
            _LOGGER.exception("%d events were refused and are left out", len(events))
        return True


def _is_urgent(event: Event) -> bool:
    match event:
        case EpochFinished():
            return event.network == 1 and event.epoch <= _FIRST_EPOCHS
        case NetworkStarted():
            return event.network == 1
        case BatchFinished():
            return False
    return True
