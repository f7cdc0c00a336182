"""Where in the first lines the table begins, and which of them name its columns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from lstm_core.data.reading.rows.dialect.cutting import Record
from lstm_core.data.reading.rows.dialect.kinds import Kind, kind_of, kinds_of_columns

_MOST_HEADER_ROWS = 3
_MOST_DAMAGED = 3
_RULER = re.compile(r"[-+=|:_*~. ]{2,}|[-=_*+|:]*")
_UNIT = re.compile(
    r"[\[(].{1,20}[\])]|%|°[A-Za-z]?|[µmkMGTc]?(?:m|g|s|W|Wh|V|A|Hz|Pa|J|l|L|bar|eV|N|K|C|F|VA|mol)"
    r"(?:[/·^²³]?[a-zA-Z0-9²³-]{0,4})?|(?:€|\$|£|USD|EUR|ct)(?:/\w{1,4})?|mm|hPa|min|sec|h|-|yyyy.*|"
    r"(?:dd|mm|MM)[./-].*|n/a|none|unitless|degC|degF|km/h|m/s|ppm|ppb",
)


@dataclass(frozen=True)
class Heading:
    """What stands above the rows.

    Attributes:
        skip_top: lines above the header.
        header_rows: lines from there to the first row, blank and ruling ones among them.
        first_line: where the rows begin, from 0.
        names: of the columns as they stand there, joined where several lines name them; empty
            where none does.
        header_lines: the lines, from 0, that name the columns.
        units: what a line below the names says of them; empty where there is none.
        width: cells in a row.
        kinds: what the columns look like.
        num_named: cells of the lowest line that names them.
    """

    skip_top: int
    header_rows: int
    first_line: int
    names: tuple[str, ...]
    header_lines: tuple[int, ...]
    units: tuple[str, ...]
    width: int
    kinds: tuple[Kind, ...]
    num_named: int = 0


def is_ruler(cells: Sequence[str]) -> bool:
    """Whether the cells are nothing but a line drawn under or over something."""
    filled = [cell for cell in cells if cell]
    return (
        bool(filled)
        and all(
            _RULER.fullmatch(cell) and (len(cell) > 2 or len(filled) == len(cells) > 2)
            for cell in filled
        )
        and any(len(cell) > 2 for cell in filled)
    )


def find_heading(
    head: Sequence[Record],
    rest: Sequence[Record],
    *,
    skip_top: int | None = None,
    header_rows: int | None = None,
) -> Heading:
    """Find the header in the first records of a text.

    Args:
        head: the first records, blank ones among them.
        rest: records from the middle and the end, to know how rows look.
        skip_top: lines above the header, as a person said it.
        header_rows: lines of the header, as a person said it.
    """
    top = [record for record in head if record.line >= (skip_top or 0)]
    rows = [record for record in top if any(record.cells) and not is_ruler(record.cells)]
    others = [record for record in rest if any(record.cells) and not is_ruler(record.cells)]
    if not rows:
        line = top[0].line if top else 0
        return Heading(line, 0, line, (), (), (), 1, ("text",))
    width = _find_width(rows, others)
    body = [record.cells for record in [*rows[len(rows) // 5 :], *others]]
    kinds = kinds_of_columns([row for row in body if len(row) == width], width)
    if header_rows is not None:
        return _obey(rows, skip_top, header_rows, width, kinds)
    start = _find_first_row(rows, width, kinds)
    lines = _find_header(rows, start, width, kinds, fixed=skip_top is not None)
    if start and (not lines or _is_doubtful(rows[lines[-1]].cells, width, kinds)):
        further, row = _look_further_up(rows, start, width, kinds)
        lines, start = (further, row) if further else (lines, start)
    if start == 0 and not lines and _is_progression_header(rows, kinds):
        lines, start = [0], 1
    if not lines and not _typed(kinds) and not _recurs(rows[start:], width):
        lines, start = [start], start + 1
    return _build(rows, start, lines, width, kinds, skip_top)


def _find_width(rows: Sequence[Record], others: Sequence[Record]) -> int:
    later = [record.cells for record in [*rows[len(rows) // 5 :], *others]]
    widths = Counter(map(len, later))
    total = sum(widths.values())
    usual = max(widths, key=lambda width: (widths[width] * (1.0 if width > 1 else 0.3), width))
    # A column that is mostly left out at the end still is one where the header names it.
    for record in rows[:10]:
        width = len(record.cells)
        if width > usual and widths[width] >= 0.05 * total and widths[width] > 1:
            filled = [row[usual:width] for row in later if len(row) == width]
            if any(any(cells) for cells in filled) and all(record.cells):
                return width
    return usual


def _filled(cells: Sequence[str]) -> int:
    return sum(cell != "" for cell in cells)


def _typed(kinds: Sequence[Kind]) -> list[int]:
    return [at for at, kind in enumerate(kinds) if kind in ("number", "date", "clock")]


def _fits(cells: Sequence[str], width: int, kinds: Sequence[Kind], usual: int) -> bool:
    """Whether cells look like a row of the table, in which ``usual`` cells are filled."""
    if _filled(cells) < 0.5 * min(usual, width):
        return False
    if (len(cells) < width and len(cells) < 2) or (len(cells) > width and any(cells[width:])):
        return False
    typed = _typed(kinds)
    if not typed:
        return len(cells) == width and _filled(cells) >= 0.6 * width
    if len(cells) < width - 1:
        return False
    seen = [(kind_of(cells[at]), kinds[at]) for at in typed if at < len(cells) and cells[at]]
    seen = [(kind, usual) for kind, usual in seen if kind != "missing"]
    return bool(seen) and sum(kind == usual for kind, usual in seen) >= 0.5 * len(seen)


def _find_first_row(rows: Sequence[Record], width: int, kinds: Sequence[Kind]) -> int:
    filled = sorted(_filled(record.cells) for record in rows if len(record.cells) == width)
    usual = filled[len(filled) // 2] if filled else 1
    for at in range(len(rows)):
        if not _fits(rows[at].cells, width, kinds, usual):
            continue
        following = rows[at + 1 : at + 6]
        good = sum(_fits(record.cells, width, kinds, usual) for record in following)
        if good >= 0.5 * len(following):
            return at
    return 0


def _find_header(
    rows: Sequence[Record], start: int, width: int, kinds: Sequence[Kind], *, fixed: bool
) -> list[int]:
    """Return which records above the first row name the columns, the lowest last."""
    if start == 0:
        return []
    lines: list[int] = []
    at = start - 1
    while at >= 0 and len(lines) < _MOST_HEADER_ROWS:
        cells = rows[at].cells
        is_apart = rows[at + 1].line - rows[at].line - rows[at].num_lines > 0 and not fixed
        if is_apart and (lines or not _typed(kinds) or len(cells) != width or not all(cells)):
            break  # a blank line parts a title from the header
        if not _could_name(cells, width, kinds, is_lowest=not lines):
            break
        if lines and not _is_needed(cells, [rows[line].cells for line in lines], width):
            break
        lines.insert(0, at)
        at -= 1
    return lines


def _is_doubtful(cells: Sequence[str], width: int, kinds: Sequence[Kind]) -> bool:
    """Whether a line that could name columns may as well be a damaged row."""
    if len(cells) != width:
        return True
    return any(cells[at] and kind_of(cells[at]) == kinds[at] for at in _typed(kinds))


def _look_further_up(
    rows: Sequence[Record], start: int, width: int, kinds: Sequence[Kind]
) -> tuple[list[int], int]:
    """Look for the header above damaged rows, and take these for rows of the table."""
    for at in range(start - 2, max(start - 2 - _MOST_DAMAGED, -1), -1):
        if rows[at + 1].line - rows[at].line - rows[at].num_lines > 0:
            break
        cells = rows[at].cells
        is_whole = len(cells) == width > 1 and all(cells)
        if is_whole and _could_name(cells, width, kinds, is_lowest=True):
            return [at], at + 1
    return [], start


def _pad(cells: Sequence[str], width: int) -> list[str]:
    return [*cells[:width], *[""] * (width - len(cells))]


def _could_name(
    cells: Sequence[str], width: int, kinds: Sequence[Kind], *, is_lowest: bool
) -> bool:
    filled = _filled(cells)
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
        return naming == filled
    is_plain = all(_is_short_number(cell) or kind_of(cell) == "date" for cell in others)
    if not is_plain or len({kind_of(cell) for cell in others}) > 1:
        return filled - len(others) >= 0.75 * filled  # a damaged row holds this and that
    return naming >= 0.5 * filled


def _is_short_number(cell: str) -> bool:
    return cell.isdigit() and len(cell) <= 4


def _names(cell: str, column: Kind) -> bool:
    """Whether a cell could name a column rather than stand in it."""
    kind = kind_of(cell)
    if kind in ("text", "missing") or _is_short_number(cell):
        return True
    return kind != column and column in ("number", "date", "clock")


def _is_needed(cells: Sequence[str], below: Sequence[Sequence[str]], width: int) -> bool:
    """Whether a line above lines that name the columns has a part in naming them."""
    lowest = below[-1]
    if len(lowest) == width > 2 and _filled(lowest) == 1 and lowest[0]:
        return len(cells) == width and all(cells)  # pandas: levels above the index's name
    return not all(_pad(below[0], width)) or _adds_to(cells, below[0], width)


def _adds_to(upper: Sequence[str], lower: Sequence[str], width: int) -> bool:
    """Whether a line above complete names is needed: to tell equal ones apart, or over units."""
    names = [name for name in _pad(lower, width) if name]
    if len(set(names)) < len(names):
        return _filled(upper) >= 2
    return len(upper) == width and all(upper) and _are_units(lower)


def _are_units(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    units = sum(bool(_UNIT.fullmatch(cell)) for cell in filled)
    return (
        bool(filled)
        and units >= 0.6 * len(filled)
        and (units >= 2 or len(filled) < 0.6 * len(cells) or units == len(filled))
    )


def _is_progression_header(rows: Sequence[Record], kinds: Sequence[Kind]) -> bool:
    """Whether numbers such as years or hours name the columns: 1990, 1991, 1992."""
    first = rows[0].cells
    numbers = [int(cell) for cell in first if cell.isdigit() and len(cell) <= 4]
    named = [cell for cell in first if cell and not cell.isdigit()]
    if len(numbers) < 3 or len(numbers) + len(named) < len(first) - 1 or len(named) > 3:
        return False
    steps = {after - before for before, after in pairwise(numbers)}
    if len(steps) != 1 or steps.pop() <= 0 or any(kind_of(name) != "text" for name in named):
        return False
    return len(rows) < 2 or not _is_progression(rows[1].cells)


def _is_progression(cells: Sequence[str]) -> bool:
    numbers = [int(cell) for cell in cells if cell.isdigit() and len(cell) <= 4]
    steps = {after - before for before, after in pairwise(numbers)}
    return len(numbers) >= 3 and len(steps) == 1 and min(steps) > 0


def _recurs(rows: Sequence[Record], width: int) -> bool:
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


def _obey(
    rows: Sequence[Record],
    skip_top: int | None,
    header_rows: int,
    width: int,
    kinds: Sequence[Kind],
) -> Heading:
    top = skip_top if skip_top is not None else rows[0].line
    lines = [at for at, record in enumerate(rows) if top <= record.line < top + header_rows]
    names, named, units = _name(rows, lines, width)
    width = max(width, len(names))
    num_named = len(rows[lines[-1]].cells) if lines else 0
    return Heading(
        top,
        header_rows,
        top + header_rows,
        names,
        named,
        units,
        width,
        tuple(kinds),
        num_named,
    )


def _build(
    rows: Sequence[Record],
    start: int,
    lines: Sequence[int],
    width: int,
    kinds: Sequence[Kind],
    skip_top: int | None,
) -> Heading:
    names, named, units = _name(rows, lines, width)
    first_line = rows[start].line if start < len(rows) else rows[-1].line + rows[-1].num_lines
    top = rows[lines[0]].line if lines else first_line
    if skip_top is not None and not lines:
        top = skip_top
    return Heading(
        top,
        first_line - top if lines else 0,
        first_line,
        names,
        named,
        units,
        max(width, len(names)),
        tuple(kinds),
        len(rows[lines[-1]].cells) if lines else 0,
    )


def _name(
    rows: Sequence[Record], lines: Sequence[int], width: int
) -> tuple[tuple[str, ...], tuple[int, ...], tuple[str, ...]]:
    """Join the header's lines to a name for each column; units are kept apart."""
    if not lines:
        return (), (), ()
    cells = [list(rows[at].cells) for at in lines]
    cells = [_drop_doubled(row, width) for row in cells]
    length = max(width, *map(len, cells))
    cells = [_pad(row, length) for row in cells]
    named = tuple(rows[at].line for at in lines)
    units: tuple[str, ...] = ()
    if len(cells) > 1 and _are_units(cells[-1]):
        units = tuple(cells.pop())
    while len(cells[0]) > width and not any(row[-1] for row in cells):
        cells = [row[:-1] for row in cells]
    if len(cells) == 1:
        return tuple(cells[0]), named, units
    cells[:-1] = [_spread(row) if at == 0 else row for at, row in enumerate(cells[:-1])]
    lowest = cells[-1]
    needed = [at for at, name in enumerate(lowest) if not name or lowest.count(name) > 1]
    names = []
    levels = [[*row] for row in cells]
    same = [
        len(set(row[1:])) <= 1 and len(row) > 2 and len(cells) > 1 and any(row[1:]) and number > 0
        for number, row in enumerate(levels[:-1])
    ]
    for at in range(len(lowest)):
        if at not in needed:
            names.append(lowest[at])
            continue
        parts: list[str] = []
        if at == 0 and lowest[0]:
            parts = [lowest[0]]
        else:
            for number, row in enumerate(levels):
                is_said = number < len(same) and same[number]
                if row[at] and row[at] not in parts and not is_said:
                    parts.append(row[at])
        names.append(" ".join(parts))
    return tuple(names), named, units


def _spread(cells: Sequence[str]) -> list[str]:
    """Carry the name of a group on to the columns beside it that have none."""
    spread, last = [], ""
    for cell in cells:
        last = cell or last
        spread.append(last)
    return spread


def _drop_doubled(cells: list[str], width: int) -> list[str]:
    """Drop empty names between others where there are more names than cells in a row."""
    surplus = len(cells) - width
    empty = [at for at, cell in enumerate(cells) if not cell]
    if 0 < surplus == len(empty) and all(cells[-1:]):
        return [cell for cell in cells if cell]
    return cells
