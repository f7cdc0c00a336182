"""``WorkerPool``: processes that carry out one run after another, a process for each place."""

from __future__ import annotations

import json
import logging
import subprocess
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from lstm_core.jobs.local.launcher import SERVE_OPTION, start_process
from lstm_core.settings import Settings

_LOGGER = logging.getLogger(__name__)

REPORT_SECONDS = 10.0
"""How long a process may take from the end of a run in the record to saying so here."""


class Turn:
    """One run in a process that may have others before and after it.

    To whoever started it, it is a child like any other: it ends with its run.
    """

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self._status: int | None = None
        self._over = threading.Event()

    def poll(self) -> int | None:
        return self._status

    def wait(self, seconds: float | None = None) -> int:
        """Wait for its end.

        Raises:
            TimeoutError: it has not come within so many seconds.
        """
        if not self._over.wait(seconds):
            raise TimeoutError
        assert self._status is not None
        return self._status

    def end(self, status: int) -> None:
        if self._status is None:
            self._status = status
            self._over.set()


class _Worker:
    """A process, and the turn that it has."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.process = process
        self.turn = Turn(process.pid)
        self.turn.end(0)  # it has none yet
        self.goes_on = True
        threading.Thread(target=self._listen, name=f"hear-{process.pid}", daemon=True).start()

    def give(self, run_id: str, log_path: Path) -> Turn:
        """Hand it a run; for one that has nothing to do.

        Raises:
            OSError: the process is gone.
        """
        assert self.process.stdin is not None
        turn = self.turn = Turn(self.process.pid)
        try:
            self.process.stdin.write(f"{json.dumps([str(log_path), run_id])}\n".encode())
            self.process.stdin.flush()
        except OSError:
            turn.end(self.process.wait())
            raise
        return turn

    def prepare(self) -> None:
        """Let it load what any run needs."""
        assert self.process.stdin is not None
        with suppress(OSError):  # of a process that is gone; whoever gives it a run will see
            self.process.stdin.write(b"\n")
            self.process.stdin.flush()

    def leave(self) -> None:
        """Let it end once it has done what it is at."""
        assert self.process.stdin is not None
        with suppress(OSError):  # of a process that is gone
            self.process.stdin.close()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as reports:
            for line in reports:
                status, self.goes_on = json.loads(line)
                self.turn.end(status)
        self.turn.end(self.process.wait())


class WorkerPool:
    """A ``Starter`` whose processes keep what they have loaded from run to run.

    There is one for each environment that runs are started with; a place that is to have its own
    process has an environment of its own. What a killed process had to do is lost with it, and
    the next run there gets a new one. When the pool is closed or its process ends, they do what
    they are at, and end.

    Args:
        command: what to start; a worker's own arguments are added.
    """

    def __init__(self, settings: Settings, command: Sequence[str]) -> None:
        self._settings = settings
        self._command = (*command, SERVE_OPTION)
        self._workers: dict[frozenset[tuple[str, str]], _Worker] = {}

    def launch(
        self,
        arguments: Sequence[str],
        log_path: Path,
        environment: Mapping[str, str] | None = None,
    ) -> Turn:
        """Return the turn of the run that the only argument names.

        Raises:
            OSError: no process could be started.
        """
        (run_id,) = arguments
        place = frozenset((environment or {}).items())
        worker = self._workers.pop(place, None)
        if worker is not None and not _is_free(worker):
            worker.leave()
            worker = None
        if worker is not None:
            try:
                turn = worker.give(run_id, log_path)
            except OSError as error:
                _LOGGER.info("A worker is gone, starting another: %s", error)
            else:
                self._workers[place] = worker
                return turn
        worker = self._workers[place] = self._start(log_path, environment)
        return worker.give(run_id, log_path)

    def prepare(self, log_path: Path, environment: Mapping[str, str] | None = None) -> None:
        """See to it that a process waits for a run with this environment, its imports done.

        Raises:
            OSError: none could be started.
        """
        place = frozenset((environment or {}).items())
        if place not in self._workers:
            self._workers[place] = self._start(log_path, environment)
            self._workers[place].prepare()

    def _start(self, log_path: Path, environment: Mapping[str, str] | None) -> _Worker:
        return _Worker(
            start_process(
                self._command,
                log_path,
                self._settings,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                environment=environment,
            )
        )

    def close(self) -> None:
        for worker in self._workers.values():
            worker.leave()
        self._workers.clear()


def _is_free(worker: _Worker) -> bool:
    """Whether it takes another run; its last one has ended in the record."""
    try:
        worker.turn.wait(REPORT_SECONDS)
    except TimeoutError:
        _LOGGER.warning("Process %d has not said that its run is over", worker.process.pid)
        return False
    return worker.goes_on
