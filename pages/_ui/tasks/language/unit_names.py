"""What is read and written one by one, in words."""

from __future__ import annotations

from lstm_core.learning.encoding.unit_kinds.face import UnitKind

_NAMES = {"characters": "character", "words": "word", "pieces": "piece"}


def name_units(kind: UnitKind | None, count: int = 2) -> str:
    """``"characters"``; of one, ``"character"``."""
    name = _NAMES.get(kind or "", "unit")
    return name if count == 1 else f"{name}s"
