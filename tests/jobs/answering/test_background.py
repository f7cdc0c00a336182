"""Questions asked in the background: one at a time, the newest of each person, each once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import pytest

from lstm_core.errors import StudioError
from lstm_core.jobs.answering import background
from lstm_core.jobs.answering.background import BackgroundAsker
from lstm_core.jobs.questions.question import Question
from lstm_core.jobs.questions.streamed import OnPieces, Piece, StreamedQuestion

PATIENCE_SECONDS = 20.0


@dataclass(frozen=True)
class Double(Question[int]):
    kind: ClassVar[str] = "double"
    work: ClassVar[str] = "doubles numbers"

    number: int

    def to_content(self) -> dict[str, Any]:
        return {"number": self.number}

    @classmethod
    def from_content(cls, content: Mapping[str, Any]) -> Self:
        return cls(**content)

    @staticmethod
    def answer_to_bytes(answer: int) -> bytes:
        return str(answer).encode()

    @staticmethod
    def answer_from_bytes(content: bytes) -> int:
        return int(content)


class Worker:
    """Answers once it is let; remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[int] = []
        self.has_begun = threading.Event()
        self.may_answer = threading.Event()
        self.at_work = threading.Lock()

    def __call__(self, question: Any, on_wait: Callable[[], None], on_pieces: OnPieces) -> int:
        assert self.at_work.acquire(blocking=False), "two questions at a time"
        try:
            self.asked.append(question.number)
            self.has_begun.set()
            while not self.may_answer.wait(0.01):
                on_wait()
            if question.number < 0:
                raise StudioError("Too small.", "Take a larger one.")
            if question.number == 0:
                raise ZeroDivisionError
            return 2 * question.number
        finally:
            self.at_work.release()


@pytest.fixture
def worker() -> Worker:
    return Worker()


def finish(asker: BackgroundAsker, worker: Worker) -> None:
    worker.may_answer.set()
    asker.join()


def test_the_answer_is_there_when_it_is_there(worker: Worker) -> None:
    asker = BackgroundAsker(worker)
    assert asker.look("ann", Double(3)) is None
    assert asker.look("ann", Double(3)) is None
    finish(asker, worker)
    assert asker.look("ann", Double(3)) == 6
    assert asker.look("bob", Double(3)) == 6
    assert worker.asked == [3]


def test_the_newest_question_takes_the_place_of_those_that_wait(worker: Worker) -> None:
    asker = BackgroundAsker(worker)
    asker.look("ann", Double(1))
    assert worker.has_begun.wait(PATIENCE_SECONDS)
    for number in (2, 3, 4):
        asker.look("ann", Double(number))
    asker.look("bob", Double(5))
    finish(asker, worker)
    assert worker.asked == [1, 4, 5]


def test_what_nobody_waits_for_is_not_asked(worker: Worker) -> None:
    asker = BackgroundAsker(worker)
    asker.look("ann", Double(1))
    assert worker.has_begun.wait(PATIENCE_SECONDS)
    asker.look("bob", Double(3))
    asker.look("bob", Double(1))  # taken back: that one is being asked already
    asker.look("ann", Double(2))
    asker.drop("ann")
    finish(asker, worker)
    assert worker.asked == [1]
    assert asker.look("bob", Double(1)) == 2


def test_what_nobody_waits_for_any_more_is_ended(worker: Worker) -> None:
    asker = BackgroundAsker(worker)
    for person in ("ann", "bob"):
        asker.look(person, Double(1))
    assert worker.has_begun.wait(PATIENCE_SECONDS)
    asker.drop("ann")
    assert asker.look("bob", Double(1), seconds=0.05) is None  # it goes on for him
    asker.drop("bob")
    asker.join()
    assert not worker.may_answer.is_set()
    worker.may_answer.set()
    assert asker.look("ann", Double(1), seconds=PATIENCE_SECONDS) == 2  # asked anew


def test_who_asks_something_else_leaves_what_has_begun_to_its_end(worker: Worker) -> None:
    asker = BackgroundAsker(worker)
    asker.look("ann", Double(1))
    assert worker.has_begun.wait(PATIENCE_SECONDS)
    assert asker.look("ann", Double(2), seconds=0.05) is None
    finish(asker, worker)
    assert asker.look("ann", Double(1)) == 2


def test_who_waits_a_moment_has_the_answer_at_once(worker: Worker) -> None:
    worker.may_answer.set()
    assert BackgroundAsker(worker).look("ann", Double(3), seconds=PATIENCE_SECONDS) == 6


def test_a_refusal_is_told_until_it_is_forgotten(worker: Worker) -> None:
    asker = BackgroundAsker(worker)
    asker.look("ann", Double(-1))
    finish(asker, worker)
    for _ in range(2):
        with pytest.raises(StudioError, match="Too small"):
            asker.look("ann", Double(-1))
    asker.forget(Double(-1))
    assert asker.look("ann", Double(-1)) is None
    asker.join()
    assert worker.asked == [-1, -1]


def test_a_fault_is_told_and_does_not_stop_the_others(worker: Worker) -> None:
    asker = BackgroundAsker(worker)
    asker.look("ann", Double(0))
    assert worker.has_begun.wait(PATIENCE_SECONDS)
    asker.look("bob", Double(2))
    finish(asker, worker)
    assert asker.look("bob", Double(2)) == 4
    with pytest.raises(StudioError, match="doubles numbers met a fault"):
        asker.look("ann", Double(0))


def test_closed_it_asks_nothing_more(worker: Worker) -> None:
    asker = BackgroundAsker(worker)
    asker.look("ann", Double(1))
    assert worker.has_begun.wait(PATIENCE_SECONDS)
    asker.look("ann", Double(2))
    asker.close()
    asker.look("ann", Double(3))
    finish(asker, worker)
    assert worker.asked == [1]


def test_old_answers_make_room(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "MOST_ANSWERS", 2)
    asker = BackgroundAsker(worker)
    worker.may_answer.set()
    for number in (1, 2, 3):
        asker.look("ann", Double(number))
        asker.join()
    assert asker.look("ann", Double(3)) == 6
    assert asker.look("ann", Double(1)) is None
    asker.join()


@dataclass(frozen=True)
class Count(StreamedQuestion):
    kind: ClassVar[str] = "count"
    work: ClassVar[str] = "counts"

    number: int

    def to_content(self) -> dict[str, Any]:
        return {"number": self.number}

    @classmethod
    def from_content(cls, content: Mapping[str, Any]) -> Self:
        return cls(**content)


def test_what_has_come_of_an_answer_can_be_looked_at() -> None:
    has_come, may_end = threading.Event(), threading.Event()

    def ask(question: Any, on_wait: Callable[[], None], on_pieces: OnPieces) -> list[Piece]:
        on_pieces([{"at": 1}])
        has_come.set()
        assert may_end.wait(PATIENCE_SECONDS)
        return [{"at": 1}, {"at": 2}]

    asker = BackgroundAsker(ask)
    assert asker.peek(Count(3)) == []
    assert asker.look("ann", Count(3)) is None
    assert has_come.wait(PATIENCE_SECONDS)
    assert asker.peek(Count(3)) == [{"at": 1}]
    assert asker.peek(Count(4)) == []
    may_end.set()
    asker.join()
    assert asker.peek(Count(3)) == asker.look("ann", Count(3)) == [{"at": 1}, {"at": 2}]
