"""What stands where the backend asks another process: it answers when it may."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from lstm_core.errors import StudioError
from lstm_core.jobs.local.backend import LocalBackend
from lstm_core.jobs.questions.question import Question
from lstm_core.jobs.questions.streamed import OnPieces, Piece, StreamedQuestion, ignore_pieces


class Oracle:
    """Notes what it is asked, and answers with ``answer``; with ``error`` it fails instead.

    Until it may answer, there is ``begun`` of an answer in pieces.
    """

    def __init__(self) -> None:
        self.asked: list[Any] = []
        self.begun: list[Piece] = []
        self.error: StudioError | None = None
        self.may_answer, self.was_given_up = threading.Event(), threading.Event()
        self.may_answer.set()

    def __call__(
        self,
        backend: LocalBackend,
        question: Question[Any],
        on_wait: Callable[[], None],
        on_pieces: OnPieces = ignore_pieces,
    ) -> Any:
        self.asked.append(question)
        if self.begun and isinstance(question, StreamedQuestion):
            on_pieces(self.begun)
        try:
            while not self.may_answer.wait(0.01):
                on_wait()
        except BaseException:
            self.was_given_up.set()
            raise
        if self.error is not None:
            raise self.error
        return self.answer(question)

    def answer(self, question: Any) -> Any:
        raise NotImplementedError
