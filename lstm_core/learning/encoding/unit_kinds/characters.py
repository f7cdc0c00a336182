"""Characters as units: each code point is one.

A letter and the marks that stand on it are several where Unicode has no sign for both together:
so every text comes back exactly as it was, emoji of many parts among them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from lstm_core.learning.encoding.unit_kinds.face import (
    EDGE,
    FIRST,
    SHOWN_UNKNOWN,
    UNKNOWN,
    Located,
    UnitKind,
    name_reserved,
    name_unit,
)

_NUM_CODE_POINTS = 0x110000


@dataclass(frozen=True)
class CharacterUnits:
    """Characters that the training part holds often enough; see ``Units``.

    Attributes:
        signs: in the order of their numbers, the most frequent first.
    """

    signs: str

    @property
    def kind(self) -> UnitKind:
        return "characters"

    @classmethod
    def fit(cls, texts: Iterable[str], most: int, rarest: int = 1) -> CharacterUnits:
        """Count the training part's characters.

        Args:
            most: how many are told apart at most, the reserved numbers counted.
            rarest: how often one has to occur.
        """
        counts = np.zeros(_NUM_CODE_POINTS, np.int64)
        for text in texts:
            found, times = np.unique(_read_points(text), return_counts=True)
            counts[found] += times
        frequent = np.argsort(-counts, kind="stable")[: max(0, most - FIRST)]
        kept = frequent[counts[frequent] >= max(rarest, 1)]
        return cls("".join(map(chr, kept.tolist())))

    @property
    def size(self) -> int:
        return len(self.signs) + FIRST

    def encode(self, text: str) -> np.ndarray:
        return self._numbers[_read_points(text)]

    def locate(self, text: str) -> Located:
        starts = np.arange(len(text), dtype=np.int64)
        return Located(self.encode(text), starts, starts + 1)

    def decode(self, numbers: np.ndarray) -> str:
        shown = np.asarray(numbers)
        points = self._points[shown[shown != EDGE]]
        return points.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")

    def name(self, number: int) -> str:
        return name_reserved(number) or name_unit(self.signs[number - FIRST])

    def to_json(self) -> str:
        return json.dumps({"kind": self.kind, "signs": self.signs})

    @cached_property
    def _numbers(self) -> np.ndarray:
        """int32: the number of each code point."""
        numbers = np.full(_NUM_CODE_POINTS, UNKNOWN, np.int32)
        numbers[_read_points(self.signs)] = np.arange(FIRST, self.size, dtype=np.int32)
        return numbers

    @cached_property
    def _points(self) -> np.ndarray:
        reserved = np.full(FIRST, ord(SHOWN_UNKNOWN), np.uint32)
        return np.concatenate([reserved, _read_points(self.signs)])


def _read_points(text: str) -> np.ndarray:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
