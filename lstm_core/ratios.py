"""Ratios in words that stay sane at any size: tiny, none at all, huge, infinite."""

from __future__ import annotations

import math

LARGEST_PERCENT = 1_000
LARGEST_RATIO = 100
"""Beyond, a figure says no more than "more than that": its denominator is all but zero."""

SMALLEST_PERCENT = 0.1


def say_percent(share: float) -> str:
    """``"104%"``, ``"3.1%"``, ``"less than 0.1%"``, ``"more than 1,000%"``: without a sign."""
    percent = 100 * abs(share)
    if math.isnan(percent):
        return "an unknown percentage"
    if percent == 0:
        return "0%"
    if percent < SMALLEST_PERCENT:
        return f"less than {SMALLEST_PERCENT:g}%"
    if percent > LARGEST_PERCENT:
        return f"more than {LARGEST_PERCENT:,}%"
    return f"{percent:.2g}%" if percent < 9.5 else f"{percent:,.0f}%"


def say_times(ratio: float) -> str:
    """``"2.5 times"``, ``"57 times"``, ``"more than 100 times"``: without a sign."""
    ratio = abs(ratio)
    if math.isnan(ratio):
        return "an unknown number of times"
    if ratio > LARGEST_RATIO:
        return f"more than {LARGEST_RATIO} times"
    if ratio < SMALLEST_PERCENT:
        return f"less than {SMALLEST_PERCENT:g} times"
    return f"{ratio:.2g} times" if ratio < 9.5 else f"{ratio:.0f} times"


def say_difference(ratio: float) -> str:
    """How large something is beside another: ``"12% smaller"``, ``"3.5 times as large"``.

    Args:
        ratio: of the two, not negative.
    """
    if math.isnan(ratio):
        return "not to be compared"
    if ratio == 1:
        return "the same"
    if ratio >= 2:
        return f"{say_times(ratio)} as large"
    if ratio > 1:
        return f"{say_percent(ratio - 1)} larger"
    if ratio > 0 and ratio < 0.005:
        return "more than 99% smaller"
    return f"{say_percent(1 - ratio)} smaller"
