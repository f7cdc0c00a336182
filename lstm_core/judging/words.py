"""How far apart two values are, and what chance has to do with it, in words."""

from __future__ import annotations

from lstm_core.judging.measures import Measure
from lstm_core.judging.outcome import Outcome


def say_gain(measure: Measure, gain: float) -> str:
    """``"3 points"``, ``"0.4 points"``, ``"0.021"``, ``"12.3"``: how far apart two values are."""
    if measure.digits == ".1f":  # of a hundred
        return f"{abs(gain):.1f}" if abs(gain) >= 0.05 else "less than 0.1"
    if "%" not in measure.digits:
        return f"{abs(gain):.3f}" if abs(gain) >= 0.0005 else "less than 0.001"
    points = abs(gain) * 100
    if points < 0.05:
        return "less than 0.1 points"
    shown = f"{points:.1f}" if points < 9.95 else f"{points:.0f}"
    shown = shown.removesuffix(".0")
    return "1 point" if shown == "1" else f"{shown} points"


def say_chance(p_value: float) -> str:
    """``"fewer than 1 in 1,000 cases"``, ``"3 in 100 cases"``."""
    if p_value < 0.001:
        return "fewer than 1 in 1,000 cases"
    if p_value < 0.01:
        return f"{max(1, round(1_000 * p_value))} in 1,000 cases"
    return f"{round(100 * p_value)} in 100 cases"


def say_lead(
    measure: Measure, outcome: Outcome, gain: float, rival: str, p_value: float | None
) -> str:
    """Return how a model stands beside a rival, to follow what it came to: ``", 3 points …"``.

    Args:
        rival: as it stands in a sentence. ``gain``: over it, in units of the measure.
    """
    if outcome == "level" or gain == 0:
        return f", exactly as well as {rival}"
    which = "better" if gain > 0 else "worse"
    beside = f", {say_gain(measure, gain)} {which} than {rival}"
    if p_value is None:
        return f"{beside}; there is too little to tell that from chance"
    if gain > 0:
        chance = say_chance(p_value)
        if outcome == "win":
            return f"{beside}; chance explains such a lead in {chance}"
        return f"{beside}, which may be chance: it explains such a lead in {chance}"
    explained = say_chance(1.0 - p_value)
    though = ", though" if outcome != "loss" else ";"
    return f"{beside}{though} chance explains such a gap in {explained}"
