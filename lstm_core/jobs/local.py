"""``LocalBackend``: runs on this machine, each in a process of its own."""

from __future__ import annotations

import logging
import math
import subprocess
import threading
from collections.abc import Sequence
from typing import Self

from lstm_core.errors import StudioError
from lstm_core.jobs.asking import ask
from lstm_core.jobs.launcher import (
    SEARCHER_COMMAND,
    WORKER_COMMAND,
    Launcher,
    start_process,
    was_spare,
)
from lstm_core.jobs.question import AnswerT, Question
from lstm_core.jobs.stopping import Stopper
from lstm_core.runs.run import Run
from lstm_core.runs.search import Search, SearchStatus
from lstm_core.runs.status import RunStatus
from lstm_core.runs.store import Store

_LOGGER = logging.getLogger(__name__)


class LocalBackend:
    """Starts queued runs as processes, as many at once as the settings allow.

    Owns one dispatcher thread from ``start`` to ``close``, and one thread for each child that
    waits for its end. It does not own the workers' lives: they are sessions of their own, go on
    after ``close`` and after the death of this process, and report to the record. The next
    dispatcher, here or in another process, goes on with the queue.

    Args:
        store: the record; its settings say where the logs go and how many run at once.
        command: what to start; a worker's own arguments are added.
        grace_seconds: how long a run that was asked to stop may take before it is terminated,
            and again before it is killed.
        poll_seconds: how often to look for runs that another process queued or asked to stop.
        keep_warm: whether a process with its imports done waits for the next run.
    """

    def __init__(
        self,
        store: Store,
        *,
        command: Sequence[str] = WORKER_COMMAND,
        grace_seconds: float = 10.0,
        poll_seconds: float = 2.0,
        keep_warm: bool = False,
    ) -> None:
        self._store = store
        self._launcher = Launcher(store.settings, command, keep_warm=keep_warm)
        self._poll_seconds = poll_seconds
        self._children: dict[str, subprocess.Popen[bytes]] = {}
        self._stopper = Stopper(self._children, grace_seconds)
        self._asking = threading.Lock()
        self._wake = threading.Event()
        self._is_closed = False
        self._dispatcher = threading.Thread(target=self._dispatch, name="dispatcher", daemon=True)

    def start(self) -> Self:
        """Begin, or go on with, what is queued."""
        self._dispatcher.start()
        return self

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop dispatching; what is running goes on."""
        self._is_closed = True
        self._wake.set()
        self._dispatcher.join()
        self._launcher.close()

    def submit(self, run_id: str) -> None:
        """Look at the queue now; ``run_id`` is in it, and starts when its turn comes."""
        self._wake.set()

    def cancel(self, run_id: str) -> None:
        """Ask the run to stop, and see to it that it does.

        Raises:
            NotFoundError: there is no such run.
        """
        self._store.request_cancel(run_id)
        self._wake.set()

    def is_alive(self, run_id: str) -> bool:
        """Return whether a process executes the run, as far as this machine can tell.

        Raises:
            NotFoundError: there is no such run.
        """
        return self._store.get_run(run_id).status == RunStatus.RUNNING

    def ask(self, question: Question[AnswerT]) -> AnswerT:
        """Let a process of its own work on a question, and wait for its answer.

        One at a time: each costs what a worker costs.

        Raises:
            StudioError: the question was refused, or nobody answered in time.
        """
        with self._asking:
            return ask(self._launcher, question, self._store.settings.logs_folder / "questions.log")

    def _dispatch(self) -> None:
        while not self._is_closed:
            self._wake.clear()
            pause = self._poll_seconds
            try:
                pause = min(pause, self._look())
            except StudioError as error:
                _LOGGER.warning("The queue could not be read, trying again: %s", error)
            except Exception:  # without its dispatcher the app would queue for ever
                _LOGGER.exception("The dispatcher met a fault and goes on")
            self._wake.wait(pause)

    def _look(self) -> float:
        """Do all that is due; return the seconds until the next run must be forced to stop."""
        active = self._store.list_active_runs()
        pause = min((self._stopper.press(run) for run in active), default=math.inf)
        while search := self._store.claim_next_search():
            self._start_searcher(search)
        if any(run.status == RunStatus.QUEUED for run in active):
            while run := self._store.claim_next_run(self._store.settings.max_running):
                self._start_worker(run)
        elif not active and not self._asking.locked():  # its imports would slow that down
            self._launcher.warm_up()
        return pause

    def _start_worker(self, run: Run) -> None:
        try:
            child = self._launcher.launch([run.id], self._store.log_path(run.id))
        except OSError as error:
            _LOGGER.exception("A worker could not be started")
            self._store.finish_run(
                run.id, RunStatus.FAILED, message=f"Its process could not be started: {error}."
            )
            return
        self._children[run.id] = child
        threading.Thread(
            target=self._await_exit, args=(run.id, child), name=f"wait-{run.id}", daemon=True
        ).start()

    def _start_searcher(self, search: Search) -> None:
        """Give a search its own process, which starts the trials."""
        log_path = self._store.log_path(search.id)
        try:
            child = start_process((*SEARCHER_COMMAND, search.id), log_path, self._store.settings)
        except OSError as error:
            _LOGGER.exception("The process of a search could not be started")
            self._store.finish_search(
                search.id, SearchStatus.FAILED, f"Its process could not be started: {error}."
            )
            return
        threading.Thread(
            target=self._await_searcher, args=(child,), name=f"wait-{search.id}", daemon=True
        ).start()

    def _await_searcher(self, child: subprocess.Popen[bytes]) -> None:
        child.wait()
        self._wake.set()  # it may have left without a word

    def _await_exit(self, run_id: str, child: subprocess.Popen[bytes]) -> None:
        status = child.wait()
        self._children.pop(run_id, None)
        if self._is_closed:
            return
        try:
            run = self._store.get_run(run_id)  # marks it, if it left without a word
            if run.status == RunStatus.RUNNING and run.process is None:
                if was_spare(child) and run.cancel_requested_at is None:
                    self._start_worker(run)  # it died while it waited; the run has not begun
                else:
                    self._finish_stillborn(run, status)
        except StudioError as error:
            _LOGGER.warning("The end of run %s could not be recorded: %s", run_id, error)
        self._wake.set()

    def _finish_stillborn(self, run: Run, exit_status: int) -> None:
        """End a run whose process ended before it could adopt it."""
        if run.cancel_requested_at is not None:
            self._store.finish_run(run.id, RunStatus.CANCELLED, message="Stopped on request.")
            return
        self._store.finish_run(
            run.id,
            RunStatus.FAILED,
            message=f"Its process ended before it began, with status {exit_status}. "
            "The run's log says why.",
        )
