"""Rows of numbers of many items in one flat array."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lstm_core.errors import DataError


@dataclass(frozen=True)
class Signals:
    """Items of unequal lengths, one behind another.

    Attributes:
        values: float32, ``(rows, channels)``, finite.
        starts, lengths: int64, ``(items,)``: an item's first row and how many it has. Items lie
            in their order and without gaps.
        channels: a name for each column of ``values``, as it was given (hostile text).
    """

    values: np.ndarray
    starts: np.ndarray
    lengths: np.ndarray
    channels: tuple[str, ...]

    def __post_init__(self) -> None:
        ends = np.cumsum(self.lengths)
        fits = (
            self.values.ndim == 2
            and self.values.shape[1] == len(self.channels)
            and np.array_equal(self.starts, ends - self.lengths)
            and (int(ends[-1]) if len(ends) else 0) == len(self.values)
        )
        if not fits:
            raise ValueError("values, lengths and channels do not fit each other")

    @classmethod
    def from_lengths(
        cls, values: np.ndarray, lengths: np.ndarray, channels: Sequence[str]
    ) -> Signals:
        """Build from rows that lie in the items' order."""
        lengths = np.asarray(lengths, dtype=np.int64)
        return cls(
            np.ascontiguousarray(values, dtype=np.float32),
            np.cumsum(lengths) - lengths,
            lengths,
            tuple(channels),
        )

    @classmethod
    def from_items(cls, items: Sequence[np.ndarray], channels: Sequence[str]) -> Signals:
        """Build from an array ``(steps, channels)`` an item."""
        lengths = np.array([len(item) for item in items], dtype=np.int64)
        empty = np.empty((0, len(channels)), dtype=np.float32)
        values = np.concatenate([empty, *items], dtype=np.float32, casting="same_kind")
        return cls.from_lengths(values, lengths, channels)

    @property
    def num_items(self) -> int:
        return len(self.lengths)

    def get_item(self, number: int) -> np.ndarray:
        """Return one item's rows, ``(steps, channels)``: a view."""
        start = self.starts[number]
        return self.values[start : start + self.lengths[number]]

    def select(self, numbers: np.ndarray) -> Signals:
        """Return these items, in this order."""
        lengths = self.lengths[numbers]
        within = np.arange(int(lengths.sum())) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        rows = np.repeat(self.starts[numbers], lengths) + within
        return Signals.from_lengths(self.values[rows], lengths, self.channels)

    def append(self, other: Signals) -> Signals:
        """Return the items of both.

        Raises:
            DataError: their channels differ.
        """
        if self.channels != other.channels:
            raise DataError(
                f"One part has the channels {', '.join(self.channels[:5])[:200]}, another "
                f"{', '.join(other.channels[:5])[:200]}.",
                "Bring items that all have the same channels, in the same order.",
            )
        return Signals.from_lengths(
            np.concatenate([self.values, other.values]),
            np.concatenate([self.lengths, other.lengths]),
            self.channels,
        )
