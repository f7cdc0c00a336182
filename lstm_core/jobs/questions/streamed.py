"""A question whose answer comes piece by piece: it can be looked at while it grows."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from lstm_core.jobs.questions.question import Question

Piece = dict[str, Any]
"""JSON."""

OnPieces = Callable[[list[Piece]], None]
"""Is given all the pieces of an answer that have come."""

_PIECES, _ENOUGH = "pieces.jsonl", "enough"


class StreamedQuestion(Question[list[Piece]]):
    """Answered by pieces, in the order of their coming."""

    @staticmethod
    def answer_to_bytes(answer: list[Piece]) -> bytes:
        return json.dumps(answer).encode()

    @staticmethod
    def answer_from_bytes(content: bytes) -> list[Piece]:
        found: list[Piece] = json.loads(content)
        return found

    def begin_pieces(self, folder: Path) -> None:
        """Forget the pieces of whoever began to answer before."""
        (folder / _PIECES).unlink(missing_ok=True)

    def take_down(self, folder: Path, pieces: Iterable[Piece]) -> list[Piece]:
        """Write each piece into the folder as it comes, and return them all.

        Ends before its time where nobody wants more.
        """
        taken = []
        with (folder / _PIECES).open("w", encoding="utf-8") as file:
            for piece in pieces:
                file.write(f"{json.dumps(piece)}\n")
                file.flush()
                taken.append(piece)
                if (folder / _ENOUGH).exists():
                    break
        return taken


def ignore_pieces(pieces: list[Piece]) -> None:
    """For those who only want the whole answer."""


def say_enough(folder: Path) -> None:
    """Ask whoever answers to end with what there is."""
    (folder / _ENOUGH).touch()


def has_pieces(folder: Path) -> bool:
    """Whether something of an answer has come."""
    return (folder / _PIECES).exists()


class PieceReader:
    """Reads the pieces in a folder as they come."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / _PIECES
        self._place = 0
        self._pieces: list[Piece] = []

    def read(self) -> list[Piece]:
        """Return all pieces that are there; of a line that is not whole, nothing."""
        try:
            with self._path.open("rb") as file:
                if file.seek(0, 2) < self._place:  # another process has begun anew
                    self._place, self._pieces = 0, []
                file.seek(self._place)
                content = file.read()
        except FileNotFoundError:
            return self._pieces
        whole = content[: content.rfind(b"\n") + 1]
        self._place += len(whole)
        # A new list: whoever has looked at the last one may keep it.
        self._pieces = [*self._pieces, *map(json.loads, whole.splitlines())]
        return self._pieces
