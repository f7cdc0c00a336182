"""``Passage``: units of a text that are to be judged, with what stands before them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

LONGEST = 4_096
"""Units of a passage that are read in one go; a longer one is cut."""

CONTEXT = 256
"""Units before a passage that are read first, so that the state knows what has gone before."""


@dataclass(frozen=True, eq=False)
class Passage:
    """Units of a text that are to be judged, with those before them.

    Attributes:
        units: ``(n,)`` int32. ``num_read``: how many of them are only read, at least 1.
    """

    units: np.ndarray
    num_read: int

    @property
    def num_judged(self) -> int:
        return len(self.units) - self.num_read

    def cut(self) -> list[Passage]:
        """Return passages that are no longer than ``LONGEST``, each with its own context."""
        borders = range(self.num_read, max(len(self.units), self.num_read + 1), LONGEST)
        found = []
        for border in borders:
            begin = 0 if border == self.num_read else max(0, border - CONTEXT)
            found.append(Passage(self.units[begin : border + LONGEST], border - begin))
        return found
