"""What becomes of rows that don't fit, and whether cells look as their columns do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from lstm_core.data.reading.rows.dialect.kinds import Kind, kind_of
from lstm_core.data.reading.telling import SetAside

LONGEST_TEXT = 200
MOST_LOOKED_AT = 20_000


@dataclass
class Sorted:
    """What became of the rows that don't fit; all lines from 0.

    Attributes:
        mended: line and cells of rows that were made to fit.
        filled: lines whose empty cells at the end had been left out.
        left_out: lines that are no rows, by kind: comments, header, footer.
        dropped: places in the body's table that are not kept.
    """

    mended: list[tuple[int, list[str]]] = field(default_factory=list)
    filled: list[int] = field(default_factory=list)
    set_aside: list[SetAside] = field(default_factory=list)
    left_out: dict[str, list[int]] = field(default_factory=dict)
    dropped: list[int] = field(default_factory=list)
    footer: int | None = None

    def leave_out(self, kind: str, line: int) -> None:
        self.left_out.setdefault(kind, []).append(line)


def agrees(cells: Sequence[str], kinds: Sequence[Kind]) -> bool:
    """Whether each cell looks as its column does."""
    for cell, kind in zip(cells, kinds, strict=False):
        seen = kind_of(cell)
        if seen != kind and seen != "missing" and kind not in ("text", "missing"):
            return False
        if kind == "text" and seen in ("date", "clock", "number"):
            return False
    return True
