"""What workers have answered in this session, so that a change taken back costs nothing."""

from __future__ import annotations

from typing import TypeVar

MOST_ANSWERS = 16

Answer = TypeVar("Answer")


def remember(answers: dict[str, Answer], name: str, answer: Answer) -> None:
    """Put an answer among the others of its kind; the oldest make room."""
    answers[name] = answer
    while len(answers) > MOST_ANSWERS:
        del answers[next(iter(answers))]
