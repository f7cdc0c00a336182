"""What runs of one length say of the unit that comes next, and how far they are believed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lstm_core.tasks.language.baselines.counting import NONE, Runs

_FEWEST = 5
_USUAL_DISCOUNTS = (0.5, 1.0, 1.5)
"""Where an order has fewer runs than that to estimate one of them from."""


@dataclass(frozen=True)
class Level:
    """Interpolation of one order of modified Kneser–Ney with the order below.

    Attributes:
        keys: int64 ``(runs,)``, ascending: of runs of as many units as the order has.
        shares: float64 ``(runs,)``: what a run's last unit has of its context after the discount.
        rests: float64 ``(contexts,)``: what a context leaves to the order below; 1 for a context
            that nothing follows.
        discounts: taken from runs that count 1, 2 and more.
    """

    keys: np.ndarray
    shares: np.ndarray
    rests: np.ndarray
    discounts: tuple[float, float, float]

    def refine(self, below: np.ndarray, contexts: np.ndarray, runs: np.ndarray) -> np.ndarray:
        """Return probabilities by this order, from those of the order below, all ``(n,)``.

        Args:
            contexts: each context's number; ``NONE``: the order below has the last word.
            runs: the number of each context with the unit behind it, or ``NONE``.
        """
        known = contexts != NONE
        refined = np.where(known, self.rests[np.where(known, contexts, 0)], 1.0) * below
        seen = runs != NONE
        refined[seen] += self.shares[runs[seen]]
        return refined

    def spread(self, below: np.ndarray, context: int) -> np.ndarray:
        """Return the probabilities of all units behind one context, ``(units,)``."""
        if context == NONE:
            return below
        num_units = len(below)
        begin, end = np.searchsorted(self.keys, [context * num_units, (context + 1) * num_units])
        refined = self.rests[context] * below
        refined[self.keys[begin:end] - context * num_units] += self.shares[begin:end]
        return refined


def fit_level(runs: Runs, counts: np.ndarray, num_contexts: int, num_units: int) -> Level:
    """Return one order of interpolated modified Kneser–Ney.

    S. F. Chen and J. Goodman, "An empirical study of smoothing techniques for language modeling",
    Computer Speech and Language 13 (1999), section 3.

    Args:
        counts: ``(runs,)``: how often runs occur for the highest order; how many different units
            precede them for those below.
        num_contexts: runs one unit shorter; 1 for the first order.
    """
    contexts = runs.keys // num_units
    discounts = estimate_discounts(counts)
    taken = np.asarray((0.0, *discounts))[np.minimum(counts, 3)]
    totals = np.bincount(contexts, weights=counts, minlength=num_contexts)
    left = np.bincount(contexts, weights=taken, minlength=num_contexts)
    rests = np.where(totals > 0, left / np.maximum(totals, 1.0), 1.0)
    shares = (counts - taken) / np.maximum(totals[contexts], 1.0)
    return Level(runs.keys, shares, rests, discounts)


def estimate_discounts(counts: np.ndarray) -> tuple[float, float, float]:
    """Return what is taken from runs that count 1, 2, and 3 or more (equation 17 there)."""
    ones, twos, threes, fours = (int(np.count_nonzero(counts == number)) for number in (1, 2, 3, 4))
    if min(ones, twos, threes) < _FEWEST:
        return _USUAL_DISCOUNTS
    ratio = ones / (ones + 2 * twos)
    return (
        _clip(1 - 2 * ratio * twos / ones, 1),
        _clip(2 - 3 * ratio * threes / twos, 2),
        _clip(3 - 4 * ratio * fours / threes, 3),
    )


def _clip(discount: float, count: int) -> float:
    """Leave something to the run and something to the order below."""
    return min(max(discount, 0.05), count - 0.05)
