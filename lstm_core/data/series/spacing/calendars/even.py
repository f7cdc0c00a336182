"""Steps of one length, of time or of numbers, and of whole days."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lstm_core.data.series.spacing.calendars.days import DAY, Days

_MOSTLY = 0.6
"""How closely phases lie together, from 0 to 1, before their middle is taken for the grid's;
spread over half of a step they reach 0.64."""
_NEAR_A_ROUND_ONE = 0.15
"""Of a step: closer than this to a round time, the round one is meant."""
_PARTS_OF_A_STEP = 60


@dataclass(frozen=True)
class EvenGrid:
    """Steps of one length; ``origin`` is a time on the grid.

    A time belongs to the nearest step; with ``is_enclosing`` to the one that has begun, as where
    something happens at any time and is gathered by the hour.
    """

    origin: int
    step: int
    is_enclosing: bool = False

    def to_ordinals(self, times: np.ndarray) -> np.ndarray:
        half = 0 if self.is_enclosing else self.step // 2
        return np.floor_divide(times - self.origin + half, self.step)

    def to_times(self, ordinals: np.ndarray) -> np.ndarray:
        return self.origin + ordinals * self.step


@dataclass(frozen=True)
class DayGrid:
    """Every ``num_days`` days from the day ``first`` on, whatever the clock of a row is."""

    first: int
    num_days: int
    days: Days

    def to_ordinals(self, times: np.ndarray) -> np.ndarray:
        passed = self.days.number(times) - self.first
        return np.floor_divide(passed + self.num_days // 2, self.num_days)

    def to_times(self, ordinals: np.ndarray) -> np.ndarray:
        return (self.first + ordinals * self.num_days) * DAY + self.days.clock


def build_even_grid(times: np.ndarray, step: int) -> EvenGrid:
    """Return the steps that times lie around; where they lie anywhere, steps that enclose them."""
    origin = find_origin(times, step)
    return EvenGrid(origin or 0, step, is_enclosing=origin is None)


def find_origin(times: np.ndarray, step: int) -> int | None:
    """Return the phase that most times share, else the one they lie around; None for neither.

    Times that scatter around a phase in the middle of a step would fall to either side of it if
    the grid began at a round time. Where they lie is the mean of their phases on a circle.
    """
    phases, counts = np.unique(times % step, return_counts=True)
    if counts.max() * 2 >= len(times):
        return int(phases[counts.argmax()])
    angles = np.exp(2j * np.pi * (phases / step))
    middle = complex((angles * counts).sum()) / len(times)
    if abs(middle) < _MOSTLY:
        return None
    place = float(np.angle(middle) / (2 * np.pi)) % 1  # of a step
    if min(place, 1 - place) < _NEAR_A_ROUND_ONE:
        return 0
    part = max(1, step // _PARTS_OF_A_STEP)
    return round(place * step / part) * part % step
