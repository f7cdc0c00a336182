"""Values as Keras Tuner takes them, and as numbers that a model of the scores can read.

Keras Tuner's choices are of one simple type, and its fractions with steps lose their last value to
rounding; so whatever is chosen from a list is a text for it, the value's JSON.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from lstm_core.searches.space.points import is_continuous, list_values, write_value
from lstm_core.spec.search import Entry, FixedEntry, FloatEntry, IntEntry, Space

_MIDDLE = 0.5
"""Where a number stands that does not matter."""


@dataclass(frozen=True)
class Code:
    """How one entry is written."""

    entry: Entry

    @cached_property
    def texts(self) -> tuple[str, ...] | None:
        """What is chosen from; none: a number in a range."""
        if isinstance(self.entry, IntEntry) or is_continuous(self.entry):
            return None
        return tuple(map(write_value, list_values(self.entry)))

    def to_raw(self, value: Any) -> Any:
        return value if self.texts is None else write_value(value)

    def to_value(self, raw: Any) -> Any:
        return raw if self.texts is None else json.loads(raw)

    def holds(self, raw: Any) -> bool:
        """Whether it is one of the entry's."""
        if self.texts is not None:
            return raw in self.texts
        entry = self.entry
        assert isinstance(entry, IntEntry | FloatEntry)
        kinds = (int,) if isinstance(entry, IntEntry) else (int, float)
        return type(raw) in kinds and entry.low <= raw <= entry.high

    @cached_property
    def width(self) -> int:
        """How many columns a value takes: none if it is always the same."""
        if isinstance(self.entry, IntEntry | FloatEntry):
            return int(self.entry.low < self.entry.high)
        if isinstance(self.entry, FixedEntry) or len(self.entry.values) == 1:
            return 0
        return 1 if self._is_ordered else len(self.entry.values)

    @cached_property
    def _is_ordered(self) -> bool:
        return all(type(value) in (int, float) for value in list_values(self.entry))

    @cached_property
    def _places(self) -> dict[str, tuple[float, ...]]:
        assert self.texts is not None
        if not self._is_ordered:
            return {
                text: tuple(float(text == other) for other in self.texts) for text in self.texts
            }
        ordered = sorted(self.texts, key=json.loads)
        return {text: (rank / max(1, len(ordered) - 1),) for rank, text in enumerate(ordered)}

    def place(self, raw: Any) -> tuple[float, ...]:
        """Return ``width`` numbers in 0..1: a place in the range, a rank, or one for each choice.

        ``raw`` None, or not one of the entry's: it does not matter, or can't be placed.
        """
        if self.width == 0:
            return ()
        if self.texts is not None:
            return self._places.get(raw, self._nowhere)
        entry = self.entry
        assert isinstance(entry, IntEntry | FloatEntry)
        if type(raw) not in (int, float):
            return self._nowhere
        inside = min(max(raw, entry.low), entry.high)
        if entry.scale == "log":
            return (math.log(inside / entry.low) / math.log(entry.high / entry.low),)
        return ((inside - entry.low) / (entry.high - entry.low),)

    @cached_property
    def _nowhere(self) -> tuple[float, ...]:
        return (_MIDDLE,) if self.width == 1 else (0.0,) * self.width


def make_codes(space: Space) -> dict[str, Code]:
    return {path: Code(entry) for path, entry in space.items()}


def place_points(codes: Mapping[str, Code], raws: Sequence[Mapping[str, Any]]) -> np.ndarray:
    """Return ``(points, columns)``; the columns stand in the space's order."""
    rows = [
        [number for path, code in codes.items() for number in code.place(raw.get(path))]
        for raw in raws
    ]
    return np.array(rows, float).reshape(len(rows), sum(code.width for code in codes.values()))
