"""``Units``: what every kind of unit can do, and the numbers that all of them keep free."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np

UnitKind = Literal["characters", "words", "pieces"]

EDGE = 0
"""Stands before a document and behind it; no text holds it."""

UNKNOWN = 1
"""What the training part does not hold, or too seldom."""

FIRST = 2
"""The number of the first unit of its own."""

SHOWN_UNKNOWN = "\ufffd"
"""What an unknown unit is written as."""

_NAMES = {"\n": "↵", " ": "␣", "\t": "⇥", "\r": "␍", "\u00a0": "␣ fixed", "\u200d": "joiner"}


@dataclass(frozen=True, eq=False)
class Located:
    """A text as units, and where each lies in it.

    Attributes:
        numbers: int32 ``(units,)``.
        starts, stops: int64 ``(units,)``: characters of the text. A unit that says how its
            neighbours are spaced has no extent; pieces of one character have its extent each.
    """

    numbers: np.ndarray
    starts: np.ndarray
    stops: np.ndarray


class Units(Protocol):
    """Text as numbers and back, fitted to the training part.

    Text is taken as it is, code point by code point: whoever reads files or a prompt has made its
    line ends and its combining marks alike before (``data.documents.reading.cleaning``). Text
    whose units are all known comes back exactly.

    Attributes:
        kind: which one it is.
    """

    @property
    def kind(self) -> UnitKind: ...

    @property
    def size(self) -> int:
        """Numbers that there are, ``EDGE`` and ``UNKNOWN`` among them."""

    def encode(self, text: str) -> np.ndarray:
        """Return a text's units, int32 ``(units,)``, without edges."""

    def locate(self, text: str) -> Located:
        """Return a text's units and where they lie."""

    def decode(self, numbers: np.ndarray) -> str:
        """Return the text of units; edges are nothing, what is unknown is ``SHOWN_UNKNOWN``."""

    def name(self, number: int) -> str:
        """Return a unit as it is shown, spaces and line ends as signs; hostile text."""

    def to_json(self) -> str:
        """Return all that was fitted."""


def name_unit(text: str) -> str:
    """Return a unit's text with spaces and line ends as signs that can be seen."""
    return "".join(_NAMES.get(sign, sign) for sign in text)


def name_reserved(number: int) -> str | None:
    """Return the name of a number that all kinds keep free."""
    return {EDGE: "(edge)", UNKNOWN: "(unknown)"}.get(number)


def measure_unknown(numbers: np.ndarray) -> float:
    """Return the share of units that are unknown, from 0 to 1."""
    return float((numbers == UNKNOWN).mean()) if len(numbers) else 0.0
