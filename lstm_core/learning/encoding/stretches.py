"""Long sequences, read in stretches, each with some steps before and behind what it tells."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

MARGIN = 16
"""Steps before and behind, that are read and told by the neighbours."""


@dataclass(frozen=True, eq=False)
class Stretches:
    """Stretches of sequences, in the sequences' order.

    Attributes:
        sequences: ``(stretches,)`` the sequence that each is of.
        starts: ``(stretches,)`` its first step among the steps of all sequences.
        lengths: ``(stretches,)`` how many steps are read, at least one.
        begins: ``(stretches,)`` the first of them, from 0, that is told.
        counts: ``(stretches,)`` how many are told; each step of a sequence is told once.
    """

    sequences: np.ndarray
    starts: np.ndarray
    lengths: np.ndarray
    begins: np.ndarray
    counts: np.ndarray

    @classmethod
    def cut(cls, lengths: np.ndarray, most: int) -> Stretches:
        """Cut sequences of lengths, ``(sequences,)``, so that none has more than ``most`` steps."""
        margin = min(MARGIN, most // 4)
        core = most - 2 * margin
        starts = np.cumsum(lengths) - lengths
        rows = []
        for sequence, length in enumerate(lengths.tolist()):
            if length <= most:
                rows.append((sequence, 0, length, 0, length))
                continue
            for first in range(0, length, core):
                begin, stop = max(0, first - margin), min(length, first + core + margin)
                count = min(core, length - first)
                rows.append((sequence, begin, stop - begin, first - begin, count))
        columns = np.array(rows, np.int64).reshape(-1, 5).T
        sequences, within, own, begins, counts = columns
        return cls(sequences, starts[sequences] + within, own, begins, counts)

    def select(self, sequences: np.ndarray) -> np.ndarray:
        """Return the numbers of the stretches of some sequences, in these sequences' order."""
        firsts = np.searchsorted(self.sequences, sequences)
        ends = np.searchsorted(self.sequences, sequences, side="right")
        return np.concatenate(
            [np.arange(first, end) for first, end in zip(firsts, ends, strict=True)]
            or [np.empty(0, np.int64)]
        )

    def tell(self, said: np.ndarray, places: np.ndarray) -> np.ndarray:
        """Return what was said of the steps that stretches tell, one behind another.

        Args:
            said: ``(n, steps, ...)`` of each stretch. ``places``: ``(n,)`` their numbers.

        Returns:
            ``(all told steps, ...)``.
        """
        begins, counts = self.begins[places], self.counts[places]
        rows = np.repeat(np.arange(len(places)), counts)
        within = np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)
        told: np.ndarray = said[rows, np.repeat(begins, counts) + within]
        return told
