"""Parts of running texts: stretches of documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lstm_core.data.items.splitting.split import PARTS
from lstm_core.errors import DataError


@dataclass(frozen=True, order=True)
class Stretch:
    """Characters from ``start`` up to ``stop`` of the document with this number."""

    document: int
    start: int
    stop: int

    @property
    def num_characters(self) -> int:
        return self.stop - self.start


@dataclass(frozen=True)
class TextSplit:
    """Stretches by part, each in the documents' order; no character is in two.

    Attributes:
        train: what is learnt from, and all that anything is fitted to.
        validation: what decides when to stop, and chooses.
        test: what is kept apart to judge.
        left_out: what is used for nothing.
    """

    train: tuple[Stretch, ...]
    validation: tuple[Stretch, ...]
    test: tuple[Stretch, ...]
    left_out: tuple[Stretch, ...] = ()

    def __post_init__(self) -> None:
        for name in PARTS:
            if not getattr(self, name):
                raise DataError(
                    f"No text is left for the {name} part.",
                    "Bring more text, or keep another share of it apart.",
                )

    @property
    def sizes(self) -> tuple[int, int, int]:
        """Characters in the training, the validation and the test part."""
        train, validation, test = (count_characters(getattr(self, name)) for name in PARTS)
        return train, validation, test

    def number_parts(
        self, documents: np.ndarray, starts: np.ndarray, stops: np.ndarray
    ) -> np.ndarray:
        """Return the number in ``PARTS`` of the part that holds each piece of text whole.

        Args:
            documents, starts, stops: ``(n,)`` where the pieces are.

        Returns:
            ``(n,)``; -1 for a piece that a border cuts, or that is left out.
        """
        parts = np.full(len(documents), -1)
        for number, name in enumerate(PARTS):
            stretches = sorted(getattr(self, name))
            keys = np.array([(each.document, each.start) for each in stretches], np.int64)
            ends = np.array([each.stop for each in stretches], np.int64)
            order = np.lexsort((keys[:, 1], keys[:, 0]))
            scale = 1 + int(max(starts.max(initial=0), keys[:, 1].max(initial=0)))
            joined = (keys[:, 0] * scale + keys[:, 1])[order]
            at = np.searchsorted(joined, documents * scale + starts, side="right") - 1
            own = np.maximum(at, 0)
            is_inside = (
                (at >= 0)
                & (keys[order][own, 0] == documents)
                & (starts >= keys[order][own, 1])
                & (stops <= ends[order][own])
            )
            parts[is_inside] = number
        return parts


def read_stretches(texts: Sequence[str] | np.ndarray, stretches: Sequence[Stretch]) -> list[str]:
    """Return the text of each stretch."""
    return [texts[each.document][each.start : each.stop] for each in stretches]


def count_characters(stretches: Sequence[Stretch]) -> int:
    return sum(each.num_characters for each in stretches)
