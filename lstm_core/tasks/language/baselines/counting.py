"""Runs of units that occur in the training part, numbered and counted, for every length.

A run's number is its place among the sorted keys of its length. Its key is the number of the run
without its last unit, times the number of units, plus that unit: so each length is looked up with
the numbers of the one before, and all places of a text at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

NONE = -1
"""The number of a run that does not occur, or that would begin before its document."""


@dataclass(frozen=True)
class Runs:
    """The different runs of one length.

    Attributes:
        keys: int64 ``(runs,)``, ascending.
        counts: int64 ``(runs,)``: how often each occurs.
        preceded: int64 ``(runs,)``: how many different units stand before it, the beginning of a
            document among them; None for the longest runs.
    """

    keys: np.ndarray
    counts: np.ndarray
    preceded: np.ndarray | None = None

    @property
    def num_runs(self) -> int:
        return len(self.keys)

    def find(self, keys: np.ndarray) -> np.ndarray:
        """Return the number of the run with each key, int64; ``NONE`` where there is none."""
        places = np.searchsorted(self.keys, keys)
        found = self.keys[np.minimum(places, self.num_runs - 1)] == keys
        return np.where(found, places, NONE)


def count_runs(
    streams: Sequence[np.ndarray], num_units: int, longest: int, most_runs: int
) -> list[Runs]:
    """Return the runs of 1, 2, … units; none of them reaches from one document into the next.

    Args:
        streams: whole numbers from 0, one array a document.
        num_units: different ones that there may be.
        longest: units of the longest runs.
        most_runs: of all lengths together; where there are more, lengths end before.
    """
    flat, depths = join_streams(streams)
    found: list[Runs] = []
    numbers = np.zeros(len(flat), np.int64)
    total = 0
    for length in range(1, longest + 1):
        ends = np.flatnonzero(depths >= length - 1)
        if not len(ends):
            break
        before = numbers[ends - 1] if length > 1 else np.zeros(len(ends), np.int64)
        keys, first, inverse, counts = np.unique(
            before * num_units + flat[ends],
            return_index=True,
            return_inverse=True,
            return_counts=True,
        )
        total += len(keys)
        if total > most_runs and length > 1:
            break
        if found:
            # Each different run one longer is one different unit before the run it ends in.
            preceded = np.bincount(numbers[ends[first]], minlength=found[-1].num_runs)
            begins = np.flatnonzero(depths == length - 2)
            preceded[np.unique(numbers[begins])] += 1
            found[-1] = Runs(found[-1].keys, found[-1].counts, preceded)
        numbers = np.full(len(flat), NONE, np.int64)
        numbers[ends] = inverse
        found.append(Runs(keys, counts))
    return found


def number_contexts(
    flat: np.ndarray, depths: np.ndarray, runs: Sequence[Runs], num_units: int
) -> list[np.ndarray]:
    """Return, for runs of 1, 2, … units, the number of the one that ends at each place, int64."""
    numbers: list[np.ndarray] = []
    for length, known in enumerate(runs, 1):
        ends = np.flatnonzero(depths >= length - 1)
        own = np.full(len(flat), NONE, np.int64)
        if length == 1:
            own[ends] = known.find(flat[ends].astype(np.int64))
        else:
            ends = ends[numbers[-1][ends - 1] != NONE]
            own[ends] = known.find(numbers[-1][ends - 1] * num_units + flat[ends])
        numbers.append(own)
    return numbers


def join_streams(streams: Sequence[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Return all units one behind another, int64, and each one's place within its document."""
    lengths = [len(stream) for stream in streams]
    if not lengths:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    flat = np.concatenate(streams).astype(np.int64)
    depths = np.concatenate([np.arange(length) for length in lengths])
    return flat, depths
