"""What all kinds of series have in common."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lstm_core.tasks.forecasting.pretrained.made_up.draws import Draws
from lstm_core.tasks.forecasting.pretrained.made_up.rhythms import Rhythm
from lstm_core.tasks.forecasting.pretrained.made_up.signals import Signal


def suit_all(rhythm: Rhythm) -> bool:
    """Such series come at any spacing."""
    return True


@dataclass(frozen=True)
class Kind:
    """One kind of series.

    Attributes:
        share: how many of 100 are of it, where all kinds suit; those that do share what is left.
        reason: what in the world looks like it, and why it is that many.
        make: draws as many as there are, of a rhythm and a length.
        suits: whether such series come at a spacing.
    """

    name: str
    share: float
    reason: str
    make: Callable[[Draws, Rhythm, int], Signal]
    suits: Callable[[Rhythm], bool] = suit_all
