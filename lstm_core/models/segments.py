"""How long the segments of a segment LSTM are."""

from __future__ import annotations

MOST_SEGMENT = 48
FEWEST_SEGMENTS = 2
"""That a lookback should hold."""

_LEAST_DIVISOR = 4
_USUAL = 24


def find_segment(season: int, lookback: int | None = None) -> int:
    """Return the season, or its largest divisor of at most ``MOST_SEGMENT`` steps.

    A season without a divisor worth the name is cut into segments of a usual length.

    Args:
        lookback: if given, it holds ``FEWEST_SEGMENTS`` of them, as far as it can.
    """
    most = MOST_SEGMENT
    if lookback is not None:
        most = max(1, min(most, lookback // FEWEST_SEGMENTS))
    longest = max(length for length in range(1, min(season, most) + 1) if season % length == 0)
    return longest if longest >= _LEAST_DIVISOR else min(season, _USUAL, most)
