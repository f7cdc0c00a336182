"""Random numbers for many series at once: each is drawn for every one of ``count`` series."""

from __future__ import annotations

from typing import Self

import numpy as np

_HEAVY = 3.0
"""Degrees of freedom of heavy tails: the variance is finite, the fourth moment is not."""
_FARTHEST = 8.0
"""One value in ten thousand is farther out, and would make all others of its series the same."""


class Draws:
    """One generator and the number of series that it draws for.

    All arrays are ``(count, width)``, so that they spread over time or are taken along it.
    """

    def __init__(self, rng: np.random.Generator, count: int) -> None:
        self.rng = rng
        self.count = count

    def of(self, count: int) -> Self:
        """The same generator for another number of series."""
        return type(self)(self.rng, count)

    def uniform(self, low: float, high: float, width: int = 1) -> np.ndarray:
        return self.rng.uniform(low, high, (self.count, width))

    def log_uniform(self, low: float, high: float, width: int = 1) -> np.ndarray:
        """Each order of magnitude between the two is as likely as another."""
        return np.exp(self.rng.uniform(np.log(low), np.log(high), (self.count, width)))

    def normal(self, width: int = 1) -> np.ndarray:
        return self.rng.standard_normal((self.count, width))

    def heavy(self, width: int = 1) -> np.ndarray:
        """Student's t of unit variance: most are small, some are far out."""
        drawn = self.rng.standard_t(_HEAVY, (self.count, width))
        return np.clip(drawn * np.sqrt((_HEAVY - 2) / _HEAVY), -_FARTHEST, _FARTHEST)

    def shocks(self, width: int, heavy: float = 0.2) -> np.ndarray:
        """Unit variance; a share of the series has heavy tails."""
        out = self.normal(width)
        tailed = np.flatnonzero(self.chance(heavy))
        out[tailed] = self.of(len(tailed)).heavy(width)
        return out

    def chance(self, share: float, width: int = 1) -> np.ndarray:
        """True for about ``share`` of them."""
        return self.rng.random((self.count, width)) < share

    def some(
        self, share: float, values: np.ndarray | float, otherwise: np.ndarray | float = 0.0
    ) -> np.ndarray:
        """``values`` for a share of the series, ``otherwise`` for the rest."""
        return np.where(self.chance(share), values, otherwise)

    def one_of(self, *shares: float) -> np.ndarray:
        """A number for each series, as often as its share says."""
        weights = np.array(shares) / sum(shares)
        return self.rng.choice(len(shares), (self.count, 1), p=weights)

    def sign(self, upwards: float = 0.5) -> np.ndarray:
        return np.where(self.chance(upwards), 1.0, -1.0)
