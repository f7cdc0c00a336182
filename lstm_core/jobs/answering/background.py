"""Questions asked behind a page's back: it looks now and then whether the answer is there."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Any

from lstm_core.errors import StudioError
from lstm_core.jobs.questions.question import AnswerT, Question
from lstm_core.jobs.questions.streamed import OnPieces, Piece, StreamedQuestion

_LOGGER = logging.getLogger(__name__)

MOST_ANSWERS = 64


class _Dropped(BaseException):
    """Nobody waits any more."""


class BackgroundAsker:
    """Asks one question at a time, in a thread of its own that ends when none is left.

    Each person waits for one question: a newer one takes the place of that which has not begun.
    Answers are kept by the question's digest, and shared by all.

    Args:
        ask: waits for an answer, and calls meanwhile what it is given; as ``LocalBackend.ask``.
    """

    def __init__(self, ask: Callable[[Question[Any], Callable[[], None], OnPieces], Any]) -> None:
        self._ask = ask
        self._lock = threading.Condition()
        self._persons: dict[str, str] = {}  # what each looked for last, by its digest
        self._waiting: dict[str, Question[Any]] = {}
        self._asked: str | None = None
        self._answers: dict[str, Any] = {}
        self._pieces: list[Piece] = []  # of what is being asked
        self._is_dropped = False
        self._is_closed = False
        self._thread: threading.Thread | None = None

    def look(
        self, person: str, question: Question[AnswerT], seconds: float = 0.0
    ) -> AnswerT | None:
        """Return the answer if it is there; or see to it that the question is asked.

        Args:
            seconds: how long to wait for it.

        Raises:
            StudioError: it was refused, or could not be answered; see ``forget``.
        """
        with self._lock:
            digest = question.digest
            self._persons[person] = digest
            if digest in self._answers or digest == self._asked:
                self._waiting.pop(person, None)
            elif not self._is_closed:
                self._waiting[person] = question
                self._begin()
            if seconds:
                self._lock.wait_for(lambda: digest in self._answers, seconds)
            answer = self._answers.get(digest)
        if isinstance(answer, StudioError):
            raise answer
        found: AnswerT | None = answer
        return found

    def peek(self, question: StreamedQuestion) -> list[Piece]:
        """Return what there is of an answer by now; not to be changed."""
        with self._lock:
            digest = question.digest
            answer = self._answers.get(digest)
            if isinstance(answer, list):
                return answer
            return self._pieces if digest == self._asked else []

    def drop(self, person: str) -> None:
        """Don't ask what a person waited for, or end it where nobody else does."""
        with self._lock:
            self._waiting.pop(person, None)
            left = self._persons.pop(person, None)
            if left == self._asked and left not in self._persons.values():
                self._is_dropped = True

    def forget(self, question: Question[Any]) -> None:
        """Let a question be asked again."""
        with self._lock:
            self._answers.pop(question.digest, None)

    def close(self) -> None:
        """Ask nothing more; what is being asked is left to its end."""
        with self._lock:
            self._is_closed = True
            self._waiting.clear()

    def join(self) -> None:
        """Wait until nothing is left to ask."""
        thread = self._thread
        if thread is not None:
            thread.join()

    def _begin(self) -> None:
        """Start the thread unless it runs; the lock is held."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="questions", daemon=True)
            self._thread.start()

    def _work(self) -> None:
        while (question := self._take()) is not None:
            try:
                answer = self._ask(question, self._check, self._keep_pieces)
            except _Dropped:
                answer = None
            except StudioError as error:
                answer = error
            except Exception:  # whoever waits is told, instead of waiting for ever
                _LOGGER.exception("A question met a fault")
                answer = StudioError(
                    f"What {question.work} met a fault.",
                    "Go on without the answer; the server's log says more.",
                )
            with self._lock:
                self._asked = None
                if answer is not None:
                    self._answers[question.digest] = answer
                self._lock.notify_all()
                while len(self._answers) > MOST_ANSWERS:
                    del self._answers[next(iter(self._answers))]

    def _keep_pieces(self, pieces: list[Piece]) -> None:
        with self._lock:
            self._pieces = pieces

    def _check(self) -> None:
        """Raise once what is being asked was dropped by all who waited for it."""
        with self._lock:
            if self._is_dropped:
                raise _Dropped

    def _take(self) -> Question[Any] | None:
        """Return the question of whoever waits longest; None: the thread ends."""
        with self._lock:
            while self._waiting:
                person = next(iter(self._waiting))
                question = self._waiting.pop(person)
                if question.digest not in self._answers:
                    self._asked = question.digest
                    self._pieces = []
                    self._is_dropped = False
                    return question
            self._thread = None
            return None
