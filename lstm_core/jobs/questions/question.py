"""Questions that need the training engine: asked here, answered by a worker's process.

A question and its answer are files in a folder that both processes share. Each kind of question
is a class of its own beside this module; ``jobs.answering.answering`` knows what answers it.
"""

from __future__ import annotations

import hashlib
import json
from abc import ABC, abstractmethod
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar, Generic, Self, TypeVar

from lstm_core.errors import StudioError

AnswerT = TypeVar("AnswerT")

_QUESTION, _ANSWER, _REFUSAL, _DONE = "question.json", "answer", "refusal.json", "done"


class Question(ABC, Generic[AnswerT]):
    """One question; frozen, and light to ask.

    Attributes:
        kind: its name in files.
        work: what the process that answers does, for messages: ``"forecasts"``.
    """

    kind: ClassVar[str]
    work: ClassVar[str]

    @abstractmethod
    def to_content(self) -> dict[str, Any]:
        """Return what JSON can hold."""

    @classmethod
    @abstractmethod
    def from_content(cls, content: Mapping[str, Any]) -> Self: ...

    @staticmethod
    @abstractmethod
    def answer_to_bytes(answer: AnswerT) -> bytes: ...

    @staticmethod
    @abstractmethod
    def answer_from_bytes(content: bytes) -> AnswerT: ...

    @property
    def digest(self) -> str:
        """SHA-256: equal for equal questions."""
        return hashlib.sha256(self._to_json().encode()).hexdigest()

    def write(self, folder: Path) -> None:
        (folder / _QUESTION).write_text(self._to_json(), encoding="utf-8")

    def write_answer(self, folder: Path, answer: AnswerT) -> None:
        (folder / _ANSWER).write_bytes(self.answer_to_bytes(answer))

    def read_answer(self, folder: Path) -> AnswerT | None:
        """Return the answer; None when there is none.

        Raises:
            StudioError: the question was refused, for a reason that people can mend.
        """
        if (folder / _REFUSAL).exists():
            raise StudioError(**json.loads((folder / _REFUSAL).read_text(encoding="utf-8")))
        answer = folder / _ANSWER
        return self.answer_from_bytes(answer.read_bytes()) if answer.exists() else None

    def _to_json(self) -> str:
        return json.dumps({"kind": self.kind, **self.to_content()})


def read_question(folder: Path, kinds: Mapping[str, type[Question[Any]]]) -> Question[Any]:
    """Return the question in a folder, of one of these kinds by their names."""
    content = json.loads((folder / _QUESTION).read_text(encoding="utf-8"))
    return kinds[content.pop("kind")].from_content(content)


def write_refusal(folder: Path, error: StudioError) -> None:
    content = json.dumps({"what": error.what, "remedy": error.remedy})
    (folder / _REFUSAL).write_text(content, encoding="utf-8")


def mark_done(folder: Path) -> None:
    """Say that nothing more will come into a question's folder."""
    (folder / _DONE).touch()


def is_done(folder: Path) -> bool:
    return (folder / _DONE).exists()
