"""Counts and names as they stand in sentences for people."""

from __future__ import annotations

import math
from collections.abc import Sequence

_MOST_NAMES = 5
_NUM_DIGITS = 6


def count_words(count: int, one: str) -> str:
    """``"1 gap"``, ``"1,204 rows"``."""
    return f"{int(count):,} {one}{'' if count == 1 else 's'}"


def say_number(value: float) -> str:
    """``"53.4333"``, ``"1,234,567"``: with six digits, or more where a whole number has more."""
    if not math.isfinite(value) or value == 0:
        return f"{value:g}"
    num_decimals = max(0, _NUM_DIGITS - 1 - math.floor(math.log10(abs(value))))
    return f"{round(value, num_decimals):,.15g}"


def list_names(names: Sequence[str]) -> str:
    """``'"a", "b" and 3 more'``."""
    shown = ", ".join(f'"{name[:40]}"' for name in names[:_MOST_NAMES])
    rest = len(names) - _MOST_NAMES
    return f"{shown} and {rest:,} more" if rest > 0 else shown
