"""What stands where a value is missing, and before the first one."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np


@dataclass(frozen=True)
class Gaps:
    """Where values are missing in a batch of series, found once for all that is drawn over it.

    Attributes:
        lengths: ``(count,)``, steps since the first value, which is there.
        at: rows and columns of what is missing after it, ``(num,)`` each.
        left, right: the columns of the nearest values, ``(num,)``; the same one beyond the last.
        share: ``(num,)``, how much of the way from left to right it is.
    """

    lengths: np.ndarray
    at: tuple[np.ndarray, np.ndarray]
    left: np.ndarray
    right: np.ndarray
    share: np.ndarray

    def __len__(self) -> int:
        return len(self.left)

    def fill(self, values: np.ndarray) -> np.ndarray:
        """Draw straight lines over the gaps of ``(count, length)``; the ends are held.

        What has no gaps is returned as it is.
        """
        late = np.flatnonzero(self.lengths < values.shape[1])
        if not len(late) and not len(self):
            return values
        filled = values.copy()
        starts = values.shape[1] - self.lengths[late]
        before = np.arange(values.shape[1]) < starts[:, None]
        filled[late] = np.where(before, values[late, starts][:, None], values[late])
        rows, _ = self.at
        left, right = values[rows, self.left], values[rows, self.right]
        filled[self.at] = left + (right - left) * self.share
        return filled

    def of_lengths(self, lengths: np.ndarray) -> Gaps:
        """The same gaps in series of other lengths, none where none is missing."""
        return replace(self, lengths=lengths)


def find_gaps(values: np.ndarray, lengths: np.ndarray) -> Gaps:
    """Find what is missing of ``(count, length)``, NaN there and before the first value."""
    known = ~np.isnan(values)
    length = values.shape[1]
    gappy = np.flatnonzero(known.sum(1) < lengths)
    inside, steps = known[gappy], np.arange(length)
    left = np.maximum.accumulate(np.where(inside, steps, -1), 1)
    right = np.minimum.accumulate(np.where(inside, steps, length)[:, ::-1], 1)[:, ::-1]
    right = np.where(right < length, right, left)
    row, column = np.nonzero(~inside & (left >= 0))
    left, right = left[row, column], right[row, column]
    share = (column - left) / np.maximum(right - left, 1)
    return Gaps(lengths, (gappy[row], column), left, right, np.where(right > left, share, 0))


def fill_gaps(values: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """Draw straight lines over gaps of ``(count, length)``; the ends are held.

    Args:
        lengths: ``(count,)``, steps since the first value, which is there.
    """
    return find_gaps(values, lengths).fill(values)
