"""Distances between neighbours, and the even step that they suggest."""

from __future__ import annotations

import numpy as np

from lstm_core.data.series.spacing.calendars.days import DAY

SECOND = 1_000_000_000
_UNITS = (("D", DAY), ("h", 3_600 * SECOND), ("min", 60 * SECOND), ("s", SECOND),
          ("ms", 1_000_000), ("us", 1_000))  # fmt: skip
_ROUND_SECONDS = (
    1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1_200, 1_800,
    3_600, 7_200, 10_800, 14_400, 21_600, 28_800, 43_200, 86_400,
)  # fmt: skip

ALWAYS_SHARE = 0.9
USUAL_SHARE = 0.5
"""The most frequent distance is the step when this share of the distances equals it."""


def find_distances(codes: np.ndarray, times: np.ndarray) -> np.ndarray:
    """Return the distances, positive, between neighbours within each series.

    Args:
        codes: int64, each row's series; rows are sorted by series, then by time.
        times: int64.
    """
    distances = np.diff(times)[np.diff(codes) == 0]
    return distances[distances > 0]


def find_most_frequent(distances: np.ndarray) -> tuple[int, float]:
    """Return the most frequent distance and its share."""
    values, counts = np.unique(distances, return_counts=True)
    top = counts.argmax()
    return int(values[top]), float(counts[top] / len(distances))


def find_number_step(distances: np.ndarray) -> int:
    """Return the step of numbered rows."""
    usual, share = find_most_frequent(distances)
    if share >= USUAL_SHARE and (distances % usual == 0).all():
        return usual
    return int(np.gcd.reduce(distances))


def find_even_step(distances: np.ndarray) -> int:
    """Return the step in nanoseconds, rounded to a usual one where times scatter.

    A clock that is read a few seconds late in a regular way has a most frequent distance too: it
    is the step only if the others are several of it, or if it is a round one.
    """
    usual, share = find_most_frequent(distances)
    are_several = float((distances % usual == 0).mean()) >= ALWAYS_SHARE
    if share >= USUAL_SHARE and (are_several or (usual % SECOND == 0 and DAY % usual == 0)):
        return usual
    seconds = float(np.median(distances)) / SECOND
    if seconds < 0.9:
        return _round_short_step(seconds, usual)
    nearest = min(_ROUND_SECONDS, key=lambda known: abs(np.log(known / seconds)))
    return nearest * SECOND


def _round_short_step(seconds: float, usual: int) -> int:
    """Return the step below a second that divides one and is near; else the most frequent."""
    steps = [SECOND // count for count in range(1, 1_001) if SECOND % (count * 1_000) == 0]
    nearest = min(steps, key=lambda known: abs(np.log(known / SECOND / seconds)))
    if abs(np.log(nearest / SECOND / seconds)) < 0.1:
        return nearest
    return max(1_000, usual // 1_000 * 1_000)


def name_step(step: int) -> str:
    """Write nanoseconds in the largest unit that divides them."""
    for alias, size in _UNITS:
        if step % size == 0:
            count = step // size
            return alias if count == 1 else f"{count}{alias}"
    return f"{step}ns"
