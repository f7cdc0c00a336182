"""How a model stands beside the best simple one: one of seven ways, the same for every task."""

from __future__ import annotations

from typing import Literal

Outcome = Literal["win", "mixed", "unclear", "level", "behind", "loss", "few"]
"""Better beyond chance; so by one measure and worse by another; better, or it is chance; the
same; worse, or it is chance; worse beyond chance; too few values to judge by."""

SIGNIFICANCE = 0.05
"""How often a model that is no better may be called better by chance."""

ROUNDING = 1e-9
"""Measures that differ by less are the same."""


def tell_outcome(gain: float, p_value: float | None, *, is_win: bool, is_few: bool) -> Outcome:
    """Return how a model stands beside its best rival.

    Args:
        gain: by how much it is better. ``p_value``: how likely such a gain is by chance.
        is_win: better beyond chance. ``is_few``: too little was judged to tell.
    """
    if is_few:
        return "few"
    if is_win:
        return "win"
    if abs(gain) <= ROUNDING:
        return "level"
    if gain > 0:
        return "unclear"
    is_clear = p_value is not None and p_value > 1.0 - SIGNIFICANCE
    return "loss" if is_clear else "behind"
