"""Whether a column is the target in disguise: with noise upon it, with other things added, or as
no more than a direction."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

SLOPE_TOLERANCE = 0.05
"""A column that holds the target moves by as much as that does, whatever else is in it; what is
measured in units of its own seldom comes so near."""

LEVEL_TOLERANCE = 0.1
"""Of the target's standard deviation: how far a copy's level lies from the target's at most."""

SURE_DIRECTION = 0.97
"""How often a rise has to lie above a fall for a column to tell them apart."""

_MOST_LEVELS = 3
_FEWEST_OF_A_LEVEL = 10
_MOST_ERROR = 0.04


@dataclass(frozen=True)
class Likeness:
    """What a column has of a target whose rows lie ``lag`` later.

    Attributes:
        is_copy: it has the same level and moves by as much.
        holds: it moves by as much, and is never the smaller of the two, neither being negative.
        tells_direction: it has few different values, and which it is tells rise from fall.
    """

    is_copy: bool
    holds: bool
    tells_direction: bool


def measure_likeness(target: np.ndarray, column: np.ndarray, lag: int) -> Likeness:
    """Compare ``(rows,)`` of both; ``lag`` is negative where the column is the later one."""
    if lag >= 0:
        target, column = target[lag:], column[: len(column) - lag]
    else:
        target, column = target[:lag], column[-lag:]
    moves, own = np.diff(column), np.diff(target)
    power = float(own @ own)
    if power <= 0 or len(own) < _FEWEST_OF_A_LEVEL:
        return Likeness(False, False, False)
    slope = float(own @ moves) / power
    left = moves - slope * own
    error = float(np.sqrt((left @ left) / len(left) / power))
    moves_alike = abs(slope - 1.0) <= SLOPE_TOLERANCE and error <= _MOST_ERROR
    spread = float(target.std())
    is_near = abs(float(np.mean(column - target))) <= LEVEL_TOLERANCE * spread
    is_copy = moves_alike and is_near
    holds = moves_alike and not is_copy and bool(target.min() >= 0 and (column - target).min() >= 0)
    return Likeness(is_copy, holds, lag != 0 and _tells_direction(own, column[1:]))


def _tells_direction(changes: np.ndarray, column: np.ndarray) -> bool:
    levels, place, count = np.unique(column, return_inverse=True, return_counts=True)
    if not 2 <= len(levels) <= _MOST_LEVELS or min(count[0], count[-1]) < _FEWEST_OF_A_LEVEL:
        return False
    from lstm_core.judging.comparing import find_rank_gain  # loads SciPy

    gain = find_rank_gain(changes[place == len(levels) - 1], changes[place == 0])
    return max(gain, 1.0 - gain) >= SURE_DIRECTION
