"""What values a column has: their range, their shape, and what they never are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

_MOST_VALUES = 20_000
_NUM_BINS = 40
QUANTILES = (0.0, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 1.0)


@dataclass(frozen=True)
class Distribution:
    """The values of one column.

    Attributes:
        edges: float64, ``(bins + 1,)``, evenly spaced from the smallest to the largest value.
        counts: int64, ``(bins,)``; of the values looked at, at most 20,000 evenly taken.
        quantiles: by the shares of ``QUANTILES``; the first and the last are exact.
        mean, deviation: of the values looked at.
        share_zero: how many are exactly 0.
        is_non_negative, is_whole: of all values.
    """

    edges: np.ndarray
    counts: np.ndarray
    quantiles: tuple[float, ...]
    mean: float
    deviation: float
    share_zero: float
    is_non_negative: bool
    is_whole: bool


def find_distribution(values: np.ndarray) -> Distribution:
    """Return the distribution of values, float64, ``(rows,)``, NaN left out; not all of them."""
    known = values[~np.isnan(values)] if np.isnan(values.min()) else values
    low, high = float(known.min()), float(known.max())
    seen = np.ascontiguousarray(known[:: -(-len(known) // _MOST_VALUES)])
    counts, edges = np.histogram(seen, _NUM_BINS, (low, high) if high > low else None)
    inner = np.quantile(seen, QUANTILES[1:-1])
    whole = bool((seen == np.floor(seen)).all()) and bool((known == np.floor(known)).all())
    return Distribution(
        edges=edges,
        counts=counts,
        quantiles=(low, *(float(value) for value in inner), high),
        mean=float(seen.mean()),
        deviation=float(seen.std()),
        share_zero=float((seen == 0).mean()),
        is_non_negative=low >= 0,
        is_whole=whole,
    )
