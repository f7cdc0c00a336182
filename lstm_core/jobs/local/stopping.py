"""``Stopper``: sees to it that runs end that were asked to."""

from __future__ import annotations

import logging
import math
import os
import signal
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import psutil

from lstm_core.jobs.local.launcher import Child
from lstm_core.runs.snapshots.run import Run
from lstm_core.runs.snapshots.status import RunStatus

_LOGGER = logging.getLogger(__name__)

_WORKING_SHARE = 0.02
"""Of a core. A process that computes takes more even on a machine with many others; one that
hangs takes less, its heartbeats included."""


@dataclass(frozen=True)
class _Sign:
    """How much a process had computed when it was last seen to work; both in seconds."""

    cpu_seconds: float
    seen_at: float


class Stopper:
    """Signals the processes of runs that are late to stop, each once with each signal.

    A run that was asked to conclude may take as long as it works: judging what it has learnt
    takes what it takes. One that was asked to end at once has ``grace_seconds``, and none if it
    was concluding already.

    Args:
        children: processes that this one started, by run; a run whose process has not said its
            name yet is found here.
        grace_seconds: how long a run that was asked to stop may do nothing before it is
            terminated, and again before it is killed.
    """

    def __init__(self, children: Mapping[str, Child], grace_seconds: float) -> None:
        self._children = children
        self._grace_seconds = grace_seconds
        self._signals_sent: set[tuple[str, signal.Signals]] = set()
        self._signs: dict[str, _Sign] = {}

    def press(self, run: Run) -> float:
        """Signal the run if it is late; return the seconds until it is due again."""
        if run.status != RunStatus.RUNNING or run.cancel_requested_at is None:
            self._signs.pop(run.id, None)
            return math.inf
        waited = self._measure_wait(run)
        if waited < self._grace_seconds:
            return self._grace_seconds - waited
        if waited < 2 * self._grace_seconds:
            self._signal(run, signal.SIGTERM)
            return 2 * self._grace_seconds - waited
        self._signal(run, signal.SIGKILL)
        return math.inf

    def _measure_wait(self, run: Run) -> float:
        """Return for how many seconds it has been expected to end, and has not."""
        assert run.cancel_requested_at is not None
        if run.abort_requested_at is None:
            return self._measure_idleness(run)
        waited = (datetime.now(UTC) - run.abort_requested_at).total_seconds()
        was_concluding = run.abort_requested_at > run.cancel_requested_at
        return waited + self._grace_seconds if was_concluding else waited

    def _measure_idleness(self, run: Run) -> float:
        """Return for how many seconds its process has not computed anything worth the name."""
        now = time.monotonic()
        pid = self._find_process(run)
        try:
            times = None if pid is None else psutil.Process(pid).cpu_times()
        except psutil.NoSuchProcess:
            times = None
        cpu_seconds = 0.0 if times is None else times.user + times.system
        sign = self._signs.get(run.id)
        needed = _WORKING_SHARE * self._grace_seconds
        if sign is None or cpu_seconds - sign.cpu_seconds >= needed:
            self._signs[run.id] = _Sign(cpu_seconds, now)
            return 0.0
        return now - sign.seen_at

    def _find_process(self, run: Run) -> int | None:
        if run.process is not None and run.process.is_here and run.process.is_alive:
            return run.process.pid
        child = self._children.get(run.id)
        return child.pid if child is not None and child.poll() is None else None

    def _signal(self, run: Run, number: signal.Signals) -> None:
        if (run.id, number) in self._signals_sent:
            return
        pid = self._find_process(run)
        if pid is None:
            return
        self._signals_sent.add((run.id, number))
        _LOGGER.warning("Run %s did not stop when asked: sending %s", run.id, number.name)
        try:
            if os.getsid(pid) == pid:  # a worker, whose children go with it
                os.killpg(pid, number)
            else:  # a run in somebody's terminal, whose group may hold other programs
                os.kill(pid, number)
        except ProcessLookupError:
            _LOGGER.info("Run %s ended by itself meanwhile", run.id)
