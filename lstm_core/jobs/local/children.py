"""``Children``: the processes that a dispatcher started for runs, from launch to end."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from pathlib import Path

import psutil

from lstm_core.errors import NotFoundError, StudioError
from lstm_core.jobs.local.backoff import WAITING, Backoff, is_lasting
from lstm_core.jobs.local.endings import explain_exit
from lstm_core.jobs.local.launcher import Child, Starter
from lstm_core.runs.process import identify_process
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.runs.stores.store import Store

_LOGGER = logging.getLogger(__name__)


class Children:
    """Starts processes for claimed runs, and tells the record of each launch and each end.

    Belongs to one thread, that of a dispatcher, which calls ``look`` in each of its rounds. The
    processes' lives are their own: they go on when this object is gone, and whoever looks at the
    record knows them from there.

    Args:
        starter: starts the processes.
        on_exit: called from any thread as soon as one has ended.
    """

    def __init__(
        self, store: Store, starter: Starter, backoff: Backoff, on_exit: Callable[[], None]
    ) -> None:
        self._store = store
        self._starter = starter
        self._backoff = backoff
        self._on_exit = on_exit
        self.processes: dict[str, Child] = {}

    def start(self, run_id: str, environment: Mapping[str, str] | None = None) -> bool:
        """Start a process for a run that this one has claimed; False where that is impossible.

        The run waits in the queue then, unless no wait would help.

        Raises:
            RecordError: what came of it could not be recorded; ``look`` will see to the run.
        """
        log_path = self._store.logs.path(run_id)
        try:
            child = self._starter.launch([run_id], log_path, environment)
        except (OSError, MemoryError) as error:
            if isinstance(error, OSError) and is_lasting(error):
                _LOGGER.exception("A worker could not be started")
                self._store.runs.finish(run_id, RunStatus.FAILED, message=explain_refusal(error))
            else:
                self._backoff.fail(error)
                self._store.run_queue.give_back(run_id, WAITING)
            return False
        self._backoff.succeed()
        self.processes[run_id] = child
        try:
            self._store.run_queue.record_launch(run_id, identify_process(child.pid))
        except (StudioError, OSError, psutil.Error) as error:
            # It says who it is when it begins; until then this process stands for it.
            _LOGGER.warning("The process of run %s could not be recorded: %s", run_id, error)
        watch(child, self._on_exit)
        return True

    def prepare(self, log_name: str, environment: Mapping[str, str] | None = None) -> None:
        """Let a process be ready for the next run with these variables, where that is possible."""
        try:
            self._starter.prepare(self._store.logs.path(log_name), environment)
        except (OSError, MemoryError) as error:
            _LOGGER.info("No worker could be made ready: %s", error)

    def look(self) -> None:
        """Tell the record which processes have ended, and give back what never got one.

        Raises:
            RecordError: it can't be told now; the next look does it.
        """
        for run_id, child in list(self.processes.items()):
            status = child.poll()
            if status is not None:
                self._record_end(run_id, child.pid, status)
                del self.processes[run_id]
        for run_id in self._store.run_queue.list_own_claims():
            if run_id not in self.processes:
                self._store.run_queue.give_back(run_id, WAITING)

    def _record_end(self, run_id: str, pid: int, status: int) -> None:
        try:
            if self._store.run_queue.record_lost_start(run_id, pid, explain_exit(status)):
                said = f"The process ended with status {status} before it began its run."
                _LOGGER.warning("Run %s: %s", run_id, said)
                _note(self._store.logs.path(run_id), said)
            self._store.runs.get(run_id)  # marks it, if it left in the middle of its work
        except NotFoundError:
            _LOGGER.info("Run %s was deleted before its process ended", run_id)


def watch(child: Child, on_exit: Callable[[], None]) -> None:
    """Call ``on_exit`` once the process has ended, from a thread of its own."""

    def wait() -> None:
        child.wait()
        on_exit()

    try:
        threading.Thread(target=wait, name=f"wait-{child.pid}", daemon=True).start()
    except RuntimeError as error:  # no thread to be had: the next look sees the end, if later
        _LOGGER.info("The end of process %d is not waited for: %s", child.pid, error)


def explain_refusal(error: OSError) -> str:
    """Say why a process can't be started, where no wait would help."""
    return (
        f"Its process could not be started: {error.strerror or error}. "
        "Whoever runs this server has to see to it; then run it again."
    )


def _note(log_path: Path, line: str) -> None:
    """Add a line to a run's log: a process that was killed could not say anything itself."""
    try:
        log_path.parent.mkdir(parents=True, exist_ok=True)
        with log_path.open("a", encoding="utf-8") as log:
            log.write(f"{line}\n")
    except OSError as error:
        _LOGGER.info("The log of a run could not be written: %s", error)
