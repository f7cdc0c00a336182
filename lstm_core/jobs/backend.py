"""``JobBackend``: what pages and commands speak to, whoever carries out the work and wherever."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from lstm_core.jobs.questions.question import AnswerT, Question
from lstm_core.jobs.questions.streamed import OnPieces, Piece, StreamedQuestion, ignore_pieces
from lstm_core.jobs.slot import Slot
from lstm_core.spec.search import SearchSpec


class JobBackend(Protocol):
    """Carries out what the record has queued, and answers questions.

    Status, results and errors of runs and searches come back by the record. A server's is chosen in
    ``jobs.opening``; a command has one of its own, ``InProcessBackend``.
    """

    def close(self) -> None:
        """Begin nothing more. What runs in processes of its own goes on."""

    # ---- runs and searches ----

    def submit(self, run_id: str) -> None:
        """See to it that a queued run begins as soon as there is room."""

    def submit_search(self, search_id: str) -> None:
        """See to it that a queued search begins, or goes on, as soon as there is room."""

    def cancel(self, run_id: str, *, at_once: bool = False) -> None:
        """Stop the run: asked first, then by force. Returns at once.

        Args:
            at_once: it should not judge what it has learnt first.

        Raises:
            NotFoundError: there is no such run.
        """

    def is_alive(self, run_id: str) -> bool:
        """Return whether something executes the run at this moment.

        Raises:
            NotFoundError: there is no such run.
        """

    def list_slots(self, settings: SearchSpec) -> tuple[Slot, ...]:
        """Return where the trials of a search would run side by side.

        Raises:
            SpecError: more are wanted than there is room for.
        """

    # ---- questions ----

    def ask(
        self,
        question: Question[AnswerT],
        on_wait: Callable[[], None] = lambda: None,
        on_pieces: OnPieces = ignore_pieces,
    ) -> AnswerT:
        """Put a question to a process that has the training engine, and wait for its answer.

        Args:
            on_wait: called several times a second; what it raises ends the question.
            on_pieces: called as often with what has come of an answer in pieces.

        Raises:
            StudioError: the question was refused, or its process ended without an answer.
        """

    def look(
        self, person: str, question: Question[AnswerT], seconds: float = 0.0
    ) -> AnswerT | None:
        """Return the answer if it is there; or see to it that the question is asked.

        Each person waits for one question; the newest takes the place of the one before.

        Args:
            seconds: how long to wait for it.

        Raises:
            StudioError: as ``ask``; the same again until the question is forgotten.
        """

    def peek(self, question: StreamedQuestion) -> list[Piece]:
        """Return what there is of an answer in pieces by now; not to be changed."""

    def drop(self, person: str) -> None:
        """Don't ask what a person waited for, or end it where nobody else does."""

    def forget(self, question: Question[AnswerT]) -> None:
        """Let a question be asked again."""
