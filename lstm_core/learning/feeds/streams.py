"""Windows in the order of time, for networks whose state goes on from one to the next."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def find_streams(cutoffs: np.ndarray, series: np.ndarray, lookback: int) -> list[np.ndarray]:
    """Put cutoffs ``(n,)`` into streams, each window of which begins where the one before ended.

    Args:
        series: ``(rows,)`` the number of each row's series, ascending.

    Returns:
        Every cutoff once; a stream ends with its series, or where a cutoff is missing.
    """
    phases = cutoffs % lookback
    places = np.lexsort((cutoffs, phases, series[cutoffs]))
    ordered = cutoffs[places]
    goes_on = (np.diff(ordered) == lookback) & (np.diff(series[ordered]) == 0)
    return np.split(ordered, np.flatnonzero(~goes_on) + 1)


def draw_lanes(
    streams: Sequence[np.ndarray], num_lanes: int, num_steps: int, generator: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Fill lanes with streams, one after the other, every stream once before any comes again.

    Of a stream that is longer than a lane, a stretch is taken that begins anywhere.

    Returns:
        Cutoffs, ``(num_steps * num_lanes,)``, step by step, the lanes of a step side by side; and
        whether each begins a stream.
    """
    cutoffs = np.empty((num_lanes, num_steps), np.int32)
    begins = np.zeros((num_lanes, num_steps), bool)
    left: list[int] = []
    for lane in range(num_lanes):
        filled = 0
        while filled < num_steps:
            left = left or generator.permutation(len(streams)).tolist()
            stream = streams[left.pop()]
            start = generator.integers(max(1, len(stream) - num_steps + 1))
            stretch = stream[start : start + num_steps - filled]
            cutoffs[lane, filled : filled + len(stretch)] = stretch
            begins[lane, filled] = True
            filled += len(stretch)
    return cutoffs.T.ravel(), begins.T.ravel()
