"""Counts and names as they stand in sentences for people."""

from __future__ import annotations

from collections.abc import Sequence

_MOST_NAMES = 5


def count_words(count: int, one: str) -> str:
    """``"1 gap"``, ``"1,204 rows"``."""
    return f"{int(count):,} {one}{'' if count == 1 else 's'}"


def list_names(names: Sequence[str]) -> str:
    """``'"a", "b" and 3 more'``."""
    shown = ", ".join(f'"{name[:40]}"' for name in names[:_MOST_NAMES])
    rest = len(names) - _MOST_NAMES
    return f"{shown} and {rest:,} more" if rest > 0 else shown
