"""``Stopper``: sees to it that runs end that were asked to."""

from __future__ import annotations

import logging
import math
import os
import signal
from collections.abc import Mapping
from datetime import UTC, datetime

from lstm_core.jobs.launcher import Child
from lstm_core.runs.run import Run
from lstm_core.runs.status import RunStatus

_LOGGER = logging.getLogger(__name__)


class Stopper:
    """Signals the processes of runs that are late to stop, each once with each signal.

    Args:
        children: processes that this one started, by run; a run whose process has not said its
            name yet is found here.
        grace_seconds: how long a run that was asked to stop may take before it is terminated,
            and again before it is killed.
    """

    def __init__(self, children: Mapping[str, Child], grace_seconds: float) -> None:
        self._children = children
        self._grace_seconds = grace_seconds
        self._signals_sent: set[tuple[str, signal.Signals]] = set()

    def press(self, run: Run) -> float:
        """Signal the run if it is late; return the seconds until it is due again."""
        if run.status != RunStatus.RUNNING or run.cancel_requested_at is None:
            return math.inf
        waited = (datetime.now(UTC) - run.cancel_requested_at).total_seconds()
        if waited < self._grace_seconds:
            return self._grace_seconds - waited
        if waited < 2 * self._grace_seconds:
            self._signal(run, signal.SIGTERM)
            return 2 * self._grace_seconds - waited
        self._signal(run, signal.SIGKILL)
        return math.inf

    def _signal(self, run: Run, number: signal.Signals) -> None:
        if (run.id, number) in self._signals_sent:
            return
        if run.process is not None and run.process.is_here and run.process.is_alive:
            pid = run.process.pid
        elif (child := self._children.get(run.id)) is not None and child.poll() is None:
            pid = child.pid
        else:
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
