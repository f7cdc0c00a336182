"""What all kinds of series have in common."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lstm_core.tasks.forecasting.pretrained.made_up.draws import Draws
from lstm_core.tasks.forecasting.pretrained.made_up.rhythms import Rhythm
from lstm_core.tasks.forecasting.pretrained.made_up.signals import Signal

_OF_YEARS = 0.3
_OF_MARKETS = 4.0


def suit_all(rhythm: Rhythm) -> float:
    """Such series come at any spacing."""
    return 1.0


def suit_short_steps(rhythm: Rhythm) -> float:
    """What scatters and stops from day to day evens out over a year: there it comes less often."""
    return _OF_YEARS if rhythm.unit in ("year", "half-year") else 1.0


def suit_markets(rhythm: Rhythm) -> float:
    """Most of what has a value on each working day and none at weekends is traded."""
    return _OF_MARKETS if rhythm.unit == "working day" else 1.0


@dataclass(frozen=True)
class Kind:
    """One kind of series.

    Attributes:
        share: how many of 100 are of it, where all kinds suit; those that do share what is left.
        reason: what in the world looks like it, and why it is that many.
        make: draws as many as there are, of a rhythm and a length.
        suits: what the share is multiplied by at a spacing, 0 where such series don't come.
    """

    name: str
    share: float
    reason: str
    make: Callable[[Draws, Rhythm, int], Signal]
    suits: Callable[[Rhythm], float] = suit_all
