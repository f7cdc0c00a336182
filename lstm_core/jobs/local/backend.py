"""``LocalBackend``: runs on this machine, each in a process of its own."""

from __future__ import annotations

import logging
import math
import threading
from collections.abc import Callable, Sequence
from typing import Self

import psutil

from lstm_core.errors import StudioError
from lstm_core.jobs.answering.asking import Asker
from lstm_core.jobs.answering.background import BackgroundAsker
from lstm_core.jobs.local.backoff import Backoff, is_lasting
from lstm_core.jobs.local.children import Children, explain_refusal, watch
from lstm_core.jobs.local.launcher import (
    SEARCHER_COMMAND,
    WORKER_COMMAND,
    Child,
    Launcher,
    start_process,
)
from lstm_core.jobs.local.slots import list_slots
from lstm_core.jobs.local.stopping import Stopper
from lstm_core.jobs.questions.question import AnswerT, Question
from lstm_core.jobs.questions.streamed import OnPieces, Piece, StreamedQuestion, ignore_pieces
from lstm_core.jobs.slot import Slot
from lstm_core.runs.process import identify_process
from lstm_core.runs.snapshots.search import Search, SearchStatus
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.runs.stores.store import Store
from lstm_core.spec.search import SearchSpec

_LOGGER = logging.getLogger(__name__)


class LocalBackend:
    """Starts queued runs as processes, as many at once as the settings allow.

    Owns one dispatcher thread from ``start`` to ``close``, and one thread for each child that
    waits for its end. It does not own the workers' lives: they are sessions of their own, go on
    after ``close`` and after the death of this process, and report to the record. The next
    dispatcher, here or in another process, goes on with the queue. While the machine can't start
    a process, the queue waits.

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
        self._asker = Asker(self._launcher, store.settings.logs_folder / "questions.log")
        self._background = BackgroundAsker(self.ask)
        self._wake = threading.Event()
        self._backoff = Backoff()
        self._children = Children(store, self._launcher, self._backoff, self._wake.set)
        self._searchers: dict[str, Child] = {}
        self._stopper = Stopper(self._children.processes, grace_seconds)
        self._said = ""
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
        self._background.close()
        self._is_closed = True
        self._wake.set()
        self._dispatcher.join()
        self._asker.close()
        self._launcher.close()

    def submit(self, run_id: str) -> None:
        """Look at the queue now; ``run_id`` is in it, and starts when its turn comes."""
        self._wake.set()

    def submit_search(self, search_id: str) -> None:
        """Look at the queue now; ``search_id`` is in it, and starts when its turn comes."""
        self._wake.set()

    def cancel(self, run_id: str, *, at_once: bool = False) -> None:
        """Ask the run to stop, and see to it that it does; see ``Runs.request_cancel``.

        Raises:
            NotFoundError: there is no such run.
        """
        self._store.runs.request_cancel(run_id, at_once=at_once)
        self._wake.set()

    def is_alive(self, run_id: str) -> bool:
        """Return whether a process executes the run, as far as this machine can tell.

        Raises:
            NotFoundError: there is no such run.
        """
        return self._store.runs.get(run_id).status == RunStatus.RUNNING

    def list_slots(self, settings: SearchSpec) -> tuple[Slot, ...]:
        """Return the slots of this machine.

        Raises:
            SpecError: more are wanted than there is room for.
        """
        return list_slots(settings)

    def ask(
        self,
        question: Question[AnswerT],
        on_wait: Callable[[], None] = lambda: None,
        on_pieces: OnPieces = ignore_pieces,
    ) -> AnswerT:
        """Let another process work on a question, and wait for its answer.

        One at a time: each costs what a worker costs.

        Args:
            on_wait: called several times a second; what it raises ends the question.

        Raises:
            StudioError: the question was refused, or its process ended without an answer.
        """
        return self._asker.ask(question, on_wait, on_pieces)

    def look(
        self, person: str, question: Question[AnswerT], seconds: float = 0.0
    ) -> AnswerT | None:
        """Return the answer if it is there, asked behind the page's back; see ``JobBackend``."""
        return self._background.look(person, question, seconds)

    def peek(self, question: StreamedQuestion) -> list[Piece]:
        """Return what there is of an answer in pieces by now."""
        return self._background.peek(question)

    def drop(self, person: str) -> None:
        """Don't ask what a person waited for, or end it where nobody else does."""
        self._background.drop(person)

    def forget(self, question: Question[AnswerT]) -> None:
        """Let a question be asked again."""
        self._background.forget(question)

    def _dispatch(self) -> None:
        while not self._is_closed:
            self._wake.clear()
            pause = self._poll_seconds
            try:
                pause = min(pause, self._look())
                self._said = ""
            except StudioError as error:
                if self._said != str(error):  # once, however long it lasts
                    self._said = str(error)
                    _LOGGER.warning("The queue could not be read, trying again: %s", error)
            except Exception:  # without its dispatcher the app would queue for ever
                _LOGGER.exception("The dispatcher met a fault and goes on")
            self._wake.wait(pause)

    def _look(self) -> float:
        """Do all that is due; return the seconds until something is due by itself."""
        self._children.look()
        self._look_after_searchers()
        active = self._store.watch.list_active()
        self._store.watch.vouch(active)
        self._store.search_queue.vouch()
        pause = min((self._stopper.press(run) for run in active), default=math.inf)
        while not self._backoff.remaining_seconds and (
            search := self._store.search_queue.claim_next()
        ):
            self._start_searcher(search)
        if any(run.status == RunStatus.QUEUED for run in active):
            most = self._store.settings.max_running
            while not self._backoff.remaining_seconds and (
                run := self._store.run_queue.claim_next(most)
            ):
                self._children.start(run.id)
        elif not active and not self._asker.is_busy:  # its imports would slow that down
            self._warm_up()
        return min(pause, self._backoff.remaining_seconds or math.inf)

    def _warm_up(self) -> None:
        if self._backoff.remaining_seconds:
            return
        try:
            self._launcher.warm_up()
        except (OSError, MemoryError) as error:
            self._backoff.fail(error)

    def _start_searcher(self, search: Search) -> None:
        """Give a search its own process, which starts the trials."""
        log_path = self._store.logs.path(search.id)
        try:
            child = start_process((*SEARCHER_COMMAND, search.id), log_path, self._store.settings)
        except (OSError, MemoryError) as error:
            if isinstance(error, OSError) and is_lasting(error):
                _LOGGER.exception("The process of a search could not be started")
                words = explain_refusal(error)
                self._store.searches.finish(search.id, SearchStatus.FAILED, words)
            else:
                self._backoff.fail(error)
                self._store.search_queue.give_back(search.id)
            return
        self._backoff.succeed()
        self._searchers[search.id] = child
        try:
            self._store.search_queue.record_launch(search.id, identify_process(child.pid))
        except (StudioError, OSError, psutil.Error) as error:
            _LOGGER.warning("A search's process could not be recorded: %s", error)
        watch(child, self._wake.set)

    def _look_after_searchers(self) -> None:
        """Forget the processes of searches that have ended, and give back what never got one."""
        for search_id, child in list(self._searchers.items()):
            if child.poll() is not None:
                del self._searchers[search_id]
        for search_id in self._store.search_queue.list_own_claims():
            if search_id not in self._searchers:
                self._store.search_queue.give_back(search_id)
