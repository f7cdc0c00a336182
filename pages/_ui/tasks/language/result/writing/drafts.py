"""What has been written by now, draft by draft, from the pieces of an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from lstm_core.jobs.questions.streamed import Piece

Alternatives = Sequence[tuple[str, float]]


@dataclass(frozen=True)
class Unit:
    """A part of a draft as it can be shown: mostly one unit.

    Where a stop word had begun, or a piece ends within a letter, several come at once.

    Attributes:
        text: as it stands in the draft. ``name``: as it is shown alone.
        log: of its probability, by what the model says.
        alternatives: what was likely in its place, by name.
    """

    text: str
    name: str
    log: float
    alternatives: Alternatives


@dataclass(frozen=True)
class Draft:
    """One text that was written, or is being written."""

    units: tuple[Unit, ...] = ()

    @property
    def text(self) -> str:
        return "".join(unit.text for unit in self.units)

    def find_stops(self) -> np.ndarray:
        """Return where each unit ends in the text, int64 ``(units,)``."""
        return np.cumsum([len(unit.text) for unit in self.units], dtype=np.int64)


def gather_drafts(pieces: Sequence[Piece], num_drafts: int) -> list[Draft]:
    """Return the drafts that pieces make up so far; see ``TextPredictor.go_on``."""
    return [_gather([piece["drafts"][number] for piece in pieces]) for number in range(num_drafts)]


def count_unknown(pieces: Sequence[Piece]) -> int:
    """Return how many units of the prompt the model does not know."""
    return int(pieces[0]["unknown"]) if pieces else 0


def _gather(parts: Sequence[dict[str, Any]]) -> Draft:
    units: list[Unit] = []
    held: list[tuple[str, float, Alternatives]] = []
    for part in parts:
        alone = zip(
            part.get("names", ()), part.get("logs", ()), part.get("alternatives", ()), strict=True
        )
        held += [(name, log, tuple(map(tuple, likely))) for name, log, likely in alone]
        if part["text"]:
            units += _cut(part["text"], held)
            held = []
    return Draft(tuple(units))


def _cut(text: str, held: Sequence[tuple[str, float, Alternatives]]) -> list[Unit]:
    """Return the units that a text consists of, one for all where that can't be told."""
    if len(held) == len(text) and all(len(name) == 1 for name, _, _ in held):
        return [Unit(sign, *each) for sign, each in zip(text, held, strict=True)]
    if not held:
        return [Unit(text, text, 0.0, ())]
    name, _, likely = held[0]
    return [Unit(text, name, sum(log for _, log, _ in held), likely)]
