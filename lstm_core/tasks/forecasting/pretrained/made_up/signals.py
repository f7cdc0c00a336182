"""What a kind of series hands over before anything of measuring is added."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass
class Signal:
    """Series of one kind.

    Attributes:
        values: ``(count, length)``.
        non_negative: ``(count, 1)``, by what is counted or measured.
        whole: ``(count, 1)``.
        own_scale: the numbers mean what they are, as counts and percentages do: they are not
            brought to another unit.
        most: what can't be exceeded, ``(count, 1)`` where it is not the same for all.
    """

    values: np.ndarray
    non_negative: np.ndarray
    whole: np.ndarray
    own_scale: bool = False
    most: np.ndarray | float = np.inf

    @classmethod
    def free(cls, values: np.ndarray) -> Signal:
        """May go below zero."""
        return cls._all(values, non_negative=False, whole=False)

    @classmethod
    def positive(cls, values: np.ndarray) -> Signal:
        """Can't go below zero."""
        return cls._all(values, non_negative=True, whole=False)

    @classmethod
    def counted(cls, values: np.ndarray) -> Signal:
        """Whole numbers from zero on, in their own unit."""
        made = cls._all(values, non_negative=True, whole=True)
        made.own_scale = True
        return made

    @classmethod
    def _all(cls, values: np.ndarray, *, non_negative: bool, whole: bool) -> Signal:
        shape = (len(values), 1)
        return cls(values, np.full(shape, non_negative), np.full(shape, whole))
