"""Whether a line could name the columns, by its cells and by what stands below it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from lstm_core.data.reading.rows.body.header import are_units, count_filled, pad
from lstm_core.data.reading.rows.dialect.cutting import Record
from lstm_core.data.reading.rows.dialect.kinds import Kind, kind_of

_FEWEST_CLOCKS = 4


def are_words(cells: Sequence[str]) -> bool:
    return all(kind_of(cell) == "text" for cell in cells)


def could_name(cells: Sequence[str], width: int, kinds: Sequence[Kind], *, is_lowest: bool) -> bool:
    filled = count_filled(cells)
    length = max((at + 1 for at, cell in enumerate(cells) if cell), default=0)
    if width == 1:
        return length == 1 and kind_of(cells[0]) == "text"
    if filled < 2 and not (filled == 1 and len(cells) == width and is_lowest):
        return False
    if length > width and filled != width:
        return False
    if len(cells) < width - 1 and not (is_lowest and len(cells) >= 0.6 * width):
        return False
    others = [cell for cell in cells if cell and kind_of(cell) not in ("text", "missing")]
    naming = sum(_names(cell, kind) for cell, kind in zip(cells, kinds, strict=False) if cell)
    if len(others) == filled:
        return naming == filled and filled > 1
    is_dated = filled == width > 2 and kinds[0] == "date" and are_words(cells[:1])
    if is_dated and all(kind_of(cell) == "number" for cell in others):
        return all(_is_short_number(cell) or not _is_bare_number(cell) for cell in others)
    is_plain = all(_is_short_number(cell) or kind_of(cell) == "date" for cell in others)
    is_plain |= len(others) >= _FEWEST_CLOCKS and all(kind_of(cell) == "clock" for cell in others)
    if not is_plain or len({kind_of(cell) for cell in others}) > 1:
        return filled - len(others) >= 0.75 * filled  # a damaged row holds this and that
    return naming >= 0.5 * filled


def _is_bare_number(cell: str) -> bool:
    """Whether nothing but signs and digits stands there: "1 AUD" may name a column."""
    return not any(sign.isalpha() for sign in cell)


def _is_short_number(cell: str) -> bool:
    return cell.isdecimal() and len(cell) <= 4


def _names(cell: str, column: Kind) -> bool:
    """Whether a cell could name a column rather than stand in it."""
    kind = kind_of(cell)
    if kind in ("text", "missing") or _is_short_number(cell):
        return True
    return kind != column and column in ("number", "date", "clock")


def is_needed(cells: Sequence[str], below: Sequence[Sequence[str]], width: int) -> bool:
    """Whether a line above lines that name the columns has a part in naming them."""
    lowest = below[-1]
    if _is_name_of_index(lowest, width):
        return len(cells) == width and all(cells)  # pandas: levels above the index's name
    return not all(pad(below[0], width)) or _adds_to(cells, below[0], width)


def _is_name_of_index(cells: Sequence[str], width: int) -> bool:
    return len(cells) == width > 2 and count_filled(cells) == 1 and bool(cells[0])


def is_group(cells: Sequence[str], above: Sequence[str], width: int) -> bool:
    """Whether a line with one word names a group of rows, below names that are complete."""
    return _is_name_of_index(cells, width) and len(set(above)) == len(above) == width


def _adds_to(upper: Sequence[str], lower: Sequence[str], width: int) -> bool:
    """Whether a line above complete names is needed: to tell equal ones apart, or over units."""
    names = [name for name in pad(lower, width) if name]
    if len(set(names)) < len(names):
        return count_filled(upper) >= 2
    return len(upper) == width and all(upper) and are_units(lower)


def is_progression(rows: Sequence[Record]) -> bool:
    """Whether numbers such as years or hours name the columns: 1990, 1991, 1992."""
    first = rows[0].cells
    named = [cell for cell in first if cell and not cell.isdecimal()]
    numbers = _progression(first)
    empty = sum(not cell for cell in first)
    if not numbers or len(named) > 5 or empty > 2 or len(numbers) + len(named) + empty < len(first):
        return False
    if not (named or empty) or any(kind_of(name) != "text" for name in named):
        return False
    begins = numbers[0] in (0, 1) or 1000 <= numbers[0] <= 2200
    return begins and all(_progression(record.cells) != numbers for record in rows[1:4])


def _progression(cells: Sequence[str]) -> list[int]:
    """Return the whole numbers of cells where each is one step above the last."""
    numbers = [int(cell) for cell in cells if _is_short_number(cell)]
    steps = {after - before for before, after in pairwise(numbers)}
    return numbers if len(numbers) >= 3 and len(steps) == 1 and min(steps) > 0 else []


def recurs(rows: Sequence[Record], width: int) -> bool:
    """Whether the first row's words come again below them, as values do and names don't."""
    if len(rows) < 4:
        return False
    below: list[set[str]] = [set() for _ in range(width)]
    others = [record for record in rows[1:] if record.cells != rows[0].cells]
    for record in others:
        for seen, cell in zip(below, record.cells, strict=False):
            seen.add(cell)
    again = [cell in seen for cell, seen in zip(rows[0].cells, below, strict=False) if cell]
    return sum(again) >= 0.5 * len(again) > 0
