"""``InProcessBackend``: runs and searches in this process, for the command line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Self

from lstm_core.errors import SpecError
from lstm_core.events import Listener, ignore_events
from lstm_core.jobs.answering.asking import Asker
from lstm_core.jobs.answering.background import BackgroundAsker
from lstm_core.jobs.local.launcher import WORKER_COMMAND, Launcher, Starter
from lstm_core.jobs.local.slots import list_slots
from lstm_core.jobs.questions.question import AnswerT, Question
from lstm_core.jobs.questions.streamed import OnPieces, Piece, StreamedQuestion, ignore_pieces
from lstm_core.jobs.slot import Slot
from lstm_core.jobs.working.execution import Experiment, execute_run
from lstm_core.runs.process import identify_process
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.runs.stores.store import Store
from lstm_core.searches.outcome.standing import SearchStanding
from lstm_core.spec.search import SearchSpec


class InProcessBackend:
    """Carries out one thing after another, in the thread that submits it, which waits for the end.

    Nothing waits for its turn: who submits has chosen. Questions, and the trials of a search, are
    worked on by processes of their own, which this one need not load the engine for.

    Args:
        experiment: carries out a run; by default the pipeline.
        starter: starts a search's trials; by default workers.
        command: starts whoever answers questions; a worker's own arguments are added.
        on_event: hears what happens in a run.
        should_conclude: whether a run should end its training and judge what it has learnt.
        on_turn: hears how a search stands.
    """

    def __init__(
        self,
        store: Store,
        *,
        experiment: Experiment | None = None,
        starter: Starter | None = None,
        command: Sequence[str] = WORKER_COMMAND,
        on_event: Listener = ignore_events,
        should_conclude: Callable[[], bool] = lambda: False,
        on_turn: Callable[[SearchStanding], None] = lambda standing: None,
    ) -> None:
        self._store = store
        self._experiment = experiment
        self._starter = starter
        self._on_event = on_event
        self._should_conclude = should_conclude
        self._on_turn = on_turn
        launcher = Launcher(store.settings, command, keep_warm=False)
        self._asker = Asker(launcher, store.settings.logs_folder / "questions.log")
        self._background = BackgroundAsker(self.ask)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process that answers questions; no run or search is under way any more."""
        self._background.close()
        self._asker.close()

    def submit(self, run_id: str) -> None:
        """Carry out a run that waits, or that this process has recorded as its own.

        Changes nothing where another process has it, or it has ended.

        Raises:
            NotFoundError: there is no such run.
            RecordError: the outcome could not be written.
        """
        run = self._store.runs.get(run_id)
        if run.status is RunStatus.QUEUED:
            queue = self._store.run_queue
            adopted = queue.adopt(run_id) if queue.claim(run_id) else None
        else:
            is_own = run.process is not None and run.process.is_same(identify_process())
            adopted = run if is_own and not run.is_finished else None
        if adopted is not None:
            execute_run(
                self._store,
                adopted,
                experiment=self._experiment,
                on_event=self._on_event,
                should_conclude=self._should_conclude,
            )

    def submit_search(self, search_id: str) -> None:
        """Carry out a search until it has ended or paused.

        Raises:
            NotFoundError: there is no such search.
            SpecError: another process has it, or it has ended.
        """
        from lstm_core.jobs.conducting.searcher import conduct_search

        adopted = self._store.search_queue.adopt(search_id)
        if adopted is None:
            status = self._store.searches.get(search_id).status
            raise SpecError(
                f"The search {search_id} can't go on here: it is {status}, or another process "
                "has it.",
                "Look at it with --list, or on its page.",
            )
        conduct_search(self._store, adopted, starter=self._starter, on_turn=self._on_turn)

    def cancel(self, run_id: str, *, at_once: bool = False) -> None:
        """Ask the run to stop; from another thread, as this one waits for its end.

        Raises:
            NotFoundError: there is no such run.
        """
        self._store.runs.request_cancel(run_id, at_once=at_once)

    def is_alive(self, run_id: str) -> bool:
        """Return whether a process executes the run, as far as this machine can tell.

        Raises:
            NotFoundError: there is no such run.
        """
        return self._store.runs.get(run_id).status is RunStatus.RUNNING

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
        """Let another process work on a question, and wait for its answer; see ``JobBackend``."""
        return self._asker.ask(question, on_wait, on_pieces)

    def look(
        self, person: str, question: Question[AnswerT], seconds: float = 0.0
    ) -> AnswerT | None:
        """Return the answer if it is there, or see to it that the question is asked."""
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
