"""What stands where the backend asks another process: it answers when it may."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from lstm_core.errors import StudioError
from lstm_core.jobs.local.backend import LocalBackend
from lstm_core.jobs.questions.question import Question


class Oracle:
    """Notes what it is asked, and answers with ``answer``; with ``error`` it fails instead."""

    def __init__(self) -> None:
        self.asked: list[Any] = []
        self.error: StudioError | None = None
        self.may_answer, self.was_given_up = threading.Event(), threading.Event()
        self.may_answer.set()

    def __call__(
        self, backend: LocalBackend, question: Question[Any], on_wait: Callable[[], None]
    ) -> Any:
        self.asked.append(question)
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
