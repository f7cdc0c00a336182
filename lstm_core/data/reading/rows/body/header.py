"""What the lines of a header call the columns."""

from __future__ import annotations

import re
from collections.abc import Sequence

_UNIT = re.compile(
    r"[\[(].{1,20}[\])]|%|°[A-Za-z]?|[µmkMGTc]?(?:m|g|s|W|Wh|V|A|Hz|Pa|J|l|L|bar|eV|N|K|C|F|VA|mol)"
    r"(?:[/·^²³]?[a-zA-Z0-9²³-]{0,4})?|(?:€|\$|£|USD|EUR|ct)(?:/\w{1,4})?|mm|hPa|min|sec|h|-|yyyy.*|yr|mo|dy|hr|mn|degT?|TS|RN|[Vv]olts?"
    r"|(?i:deg(?:ree)?s?\.? ?[CF]?|celsius|kpa|mbar|mb)|"
    r"(?:dd|mm|MM)[./-].*|n/a|none|unitless|degC|degF|km/h|m/s|ppm|ppb"
    r"|(?i:date|datetime|timestamp|float\d*|double|int(?:eger)?\d*|string|str|varchar.*|numeric)",
)


_AGGREGATES = frozenset({"min", "max", "avg", "smp", "tot", "std", "med", "wvc", "smm"})


def count_filled(cells: Sequence[str]) -> int:
    return sum(cell != "" for cell in cells)


def pad(cells: Sequence[str], width: int) -> list[str]:
    return [*cells[:width], *[""] * (width - len(cells))]


def are_units(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    if len(filled) == 1 and cells[0]:  # the name of an index, as pandas writes it
        return False
    units = sum(bool(_UNIT.fullmatch(cell)) for cell in filled)
    return (
        bool(filled)
        and units >= 0.6 * len(filled)
        and (units >= 2 or len(filled) < 0.6 * len(cells) or units == len(filled))
    )


def _are_aggregates(cells: Sequence[str]) -> bool:
    """Whether a line says how a logger sums each column up, below names and units."""
    filled = {cell.lower() for cell in cells if cell}
    return not cells[0] and bool(filled) and filled <= _AGGREGATES


def join_names(
    rows: Sequence[Sequence[str]], width: int
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return a name for each column, joined of the header's lines, and the columns' units.

    Args:
        rows: the header's lines, the lowest last.
        width: cells in a row of the table; there may be more names.
    """
    if not rows:
        return (), ()
    cells = [list(row) for row in rows]
    cells = [_drop_doubled(row, width) for row in cells]
    length = max(width, *map(len, cells))
    cells = [pad(row, length) for row in cells]
    units: tuple[str, ...] = ()
    if len(cells) > 2 and are_units(cells[-2]) and _are_aggregates(cells[-1]):
        cells.pop()
    if len(cells) > 1 and are_units(cells[-1]):
        units = tuple(cells.pop())
    while len(cells[0]) > width and not any(row[-1] for row in cells):
        cells = [row[:-1] for row in cells]
    if len(cells) == 1:
        return tuple(cells[0]), units
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
    return tuple(names), units


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
