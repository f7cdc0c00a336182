"""What a kind of series hands over before anything of measuring is added."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass
class Signal:
    """Series as they are, before anybody measures them.

    Attributes:
        values: ``(count, length)``.
        non_negative: ``(count, 1)``, by what is counted or measured.
        whole: ``(count, 1)``.
        own_scale: the numbers mean what they are, as counts and percentages do: they are not
            brought to another unit. ``(count, 1)`` where it is not the same for all.
        most: what can't be exceeded, likewise.
    """

    values: np.ndarray
    non_negative: np.ndarray
    whole: np.ndarray
    own_scale: np.ndarray | bool = False
    most: np.ndarray | float = np.inf

    @classmethod
    def positive(cls, values: np.ndarray) -> Signal:
        """Can't go below zero."""
        always = np.full((len(values), 1), True)
        return cls(values, always, ~always)

    @classmethod
    def counted(cls, values: np.ndarray) -> Signal:
        """Whole numbers from zero on, in their own unit."""
        always = np.full((len(values), 1), True)
        return cls(values, always, always, own_scale=True)

    @classmethod
    def joined(cls, signals: Sequence[Signal], rows: np.ndarray) -> Signal:
        """Signals below each other, the first of them at ``rows[0]`` and so on."""
        order = np.argsort(rows)

        def join(name: str) -> np.ndarray:
            parts = [(getattr(one, name), len(one.values)) for one in signals]
            return np.concatenate([np.broadcast_to(part, (size, 1)) for part, size in parts])[order]

        values = np.concatenate([one.values for one in signals])
        names = ("non_negative", "whole", "own_scale", "most")
        return cls(values[order], *map(join, names))
