"""Where values were missing: stretch by stretch, and each gap."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

_NUM_BINS = 60
_MOST_GAPS = 200
_ALL_BITS = 2**64 - 1


@dataclass(frozen=True)
class MissingMap:
    """Which share of the values was missing, over time.

    Attributes:
        columns: the targets.
        starts: the first time of each stretch, ``(bins,)``.
        shares: float64, ``(columns, bins)``; NaN in a stretch without rows.
        totals: how many are missing of each column.
    """

    columns: tuple[str, ...]
    starts: pd.Index
    shares: np.ndarray
    totals: tuple[int, ...]


@dataclass(frozen=True)
class Gap:
    """Steps in a row without a value; ``first`` and ``last`` are times, or numbers of rows."""

    first: object
    last: object
    num_steps: int


def map_missing(columns: tuple[str, ...], times: pd.Index, observed: np.ndarray) -> MissingMap:
    """Return the shares of missing values in evenly long stretches of time.

    Args:
        times: of all rows of all series.
        observed: bool, ``(rows, columns)``.
    """
    numbers = times.to_numpy().astype(np.int64)
    first, last = int(numbers.min()), int(numbers.max())
    num_bins = max(1, min(_NUM_BINS, last - first + 1, len(numbers)))
    edges = np.linspace(first, last + 1, num_bins + 1)
    # Unsigned, for times of five centuries lie further apart than a signed number tells.
    since = numbers.view(np.uint64) - np.uint64(first & _ALL_BITS)
    places = (since * (num_bins / (last + 1 - first))).astype(np.int64)
    places = np.minimum(places, num_bins - 1)
    rows = np.bincount(places, minlength=num_bins)
    missing = np.stack([np.bincount(places[~column], minlength=num_bins) for column in observed.T])
    shares = np.divide(missing, rows, out=np.full(missing.shape, np.nan), where=rows > 0)
    begins = edges[:-1].astype(np.int64)
    starts: pd.Index = pd.Index(begins)
    if isinstance(times, pd.DatetimeIndex):
        starts = pd.DatetimeIndex(begins.astype("datetime64[ns]"))
    return MissingMap(columns, starts, shares, tuple(int(each) for each in (~observed).sum(axis=0)))


def list_gaps(times: pd.Index, observed: np.ndarray) -> tuple[Gap, ...]:
    """Return the gaps of one series, the longest 200 of them, in order.

    Args:
        times: of the series.
        observed: bool, ``(rows,)``.
    """
    edges = np.flatnonzero(np.diff(np.concatenate([[True], observed, [True]]).astype(np.int8)))
    starts, stops = edges[::2], edges[1::2]
    longest = np.sort(np.argsort(starts - stops, kind="stable")[:_MOST_GAPS])
    return tuple(
        Gap(times[starts[each]], times[stops[each] - 1], int(stops[each] - starts[each]))
        for each in longest
    )
