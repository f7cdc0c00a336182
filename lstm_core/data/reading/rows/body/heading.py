"""Where in the first lines the table begins, and which of them name its columns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from lstm_core.data.reading.rows.body.header import count_filled, join_names
from lstm_core.data.reading.rows.body.naming_lines import (
    are_words,
    could_name,
    is_group,
    is_needed,
    is_progression,
    recurs,
)
from lstm_core.data.reading.rows.dialect.cutting import Record
from lstm_core.data.reading.rows.dialect.kinds import Kind, kind_of, kinds_of_columns

_MOST_HEADER_ROWS = 3
_MOST_CELLS = 8_000
"""That are looked at to say what columns hold."""
_MOST_DAMAGED = 3
_MOST_DESCRIBING = 12
_FEWEST_DESCRIBED = 3
_RULER = re.compile(r"[-+=|:_*~. ]{2,}|[-=_*+|:]*")


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
        between: lines, from 0, below the names that neither name nor hold anything of the rows.
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
    between: tuple[int, ...] = ()


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
    rows, apart = _take_rows(top)
    rows = _put_index_first(rows)
    others = [record for record in rest if any(record.cells) and not is_ruler(record.cells)]
    if not rows:
        line = top[0].line if top else 0
        return Heading(line, 0, line, (), (), (), 1, ("text",))
    block = _find_block(rows, apart)
    width = _find_width(rows, block, others)
    kinds = max(
        (_find_kinds([*block[skip:], *others], width) for skip in _skips(len(block))),
        key=lambda found: len(_typed(found)),
    )
    if header_rows is not None:
        return _obey(rows, skip_top, header_rows, width, kinds)
    start = _find_first_row(rows, width, kinds, apart)
    apart = set() if skip_top is not None else apart
    lines = _find_header(rows, start, width, kinds, apart)
    if len(lines) == 2 and is_group(rows[lines[1]].cells, rows[lines[0]].cells, width):
        lines, start = lines[:1], lines[1]
    if start and (not lines or _is_doubtful(rows[lines[-1]].cells, width, kinds)):
        further, row = _look_further_up(rows, start, width, kinds, apart)
        lines, start = (further, row) if further else (lines, start)
    lowest = rows[lines[-1]].cells if lines else []
    if start >= _FEWEST_DESCRIBED and (not lines or 1 < count_filled(lowest) < len(lowest)):
        lines = _find_above_descriptions(rows, start, width, kinds) or lines
    if not lines and is_progression(rows[start:]):
        lines, start = [start], start + 1
    if not _typed(kinds):
        lines, start = _find_names_of_texts(rows, start, lines, width)
    return _build(rows, start, lines, width, kinds, skip_top)


def _find_names_of_texts(
    rows: Sequence[Record], start: int, lines: list[int], width: int
) -> tuple[list[int], int]:
    """Return which records name columns that hold nothing but texts, and the first row.

    Args:
        lines: what stands above the first row and could be names.
    """
    lines = [at for at in lines if count_filled(rows[at].cells) > 1 or width == 1]
    above = rows[start - 1].cells if start else []
    if not lines and len(above) > width and all(above):
        return [start - 1], start  # each row leaves out what is empty at its end
    if not lines and not recurs(rows[start:], width):
        return [start], start + 1
    return lines, start


def _take_rows(records: Sequence[Record]) -> tuple[list[Record], set[int]]:
    """Return the records that hold something, and which of them stand below a blank line."""
    rows: list[Record] = []
    apart: set[int] = set()
    for record in records:
        if not any(record.cells):
            apart.add(len(rows))
        elif not is_ruler(record.cells):
            rows.append(record)
    return rows, apart


def _put_index_first(rows: list[Record]) -> list[Record]:
    """Put the name of an index before the names above it, as pandas prints a table."""
    if len(rows) < _FEWEST_DESCRIBED:
        return rows
    names, index, first = (record.cells for record in rows[:3])
    is_index = count_filled(index) == 1 and len(index) < len(first) == len(names) + 1
    if not is_index or not are_words([*names, index[0]]) or kind_of(first[0]) == "text":
        return rows
    return [replace(rows[0], cells=[index[0], *names]), *rows[2:]]


def _find_block(rows: Sequence[Record], apart: set[int]) -> Sequence[Record]:
    """Return the longest run of rows without a blank line, if it is most of a table."""
    edges = [0, *sorted(at for at in apart if 0 < at < len(rows)), len(rows)]
    begin, end = max(pairwise(edges), key=lambda edge: edge[1] - edge[0])
    return rows[begin:end] if end - begin >= max(3, 0.4 * len(rows)) else rows


def _skips(number: int) -> tuple[int, int]:
    """Return how many of the first rows may be a header or a title; the likelier first."""
    return number // 5, min(3, number // 2)


def _find_kinds(records: Sequence[Record], width: int) -> list[Kind]:
    body = [record.cells for record in records]
    whole = [row for row in body if len(row) == width]
    if len(whole) < 0.3 * len(body):  # most rows leave out what is empty at their end
        whole = [row for row in body if len(row) <= width]
    every = max(1, len(whole) * width // _MOST_CELLS)  # of very wide rows, fewer tell enough
    return kinds_of_columns(whole[::every], width)


def _find_width(rows: Sequence[Record], block: Sequence[Record], others: Sequence[Record]) -> int:
    later = [record.cells for record in [*block[len(block) // 5 :], *others]]
    widths = Counter(map(len, later))
    total = sum(widths.values())
    usual = max(widths, key=lambda width: (widths[width] * (1.0 if width > 1 else 0.3), width))
    # A column that is mostly left out at the end still is one where the header names it.
    first = rows[:12]
    for at, (record, below) in enumerate(pairwise(first)):
        width = len(record.cells)
        if any(len(other.cells) == usual and are_words(other.cells) for other in first[at + 1 :]):
            continue
        if width <= usual or not are_words(record.cells):
            continue
        is_above_rows = len(below.cells) <= width and any(
            kind_of(cell) in ("number", "date", "clock") for cell in below.cells
        )
        if is_above_rows and sum(widths[other] for other in widths if other > width) < 0.1 * total:
            return width
    return usual


def _typed(kinds: Sequence[Kind]) -> list[int]:
    return [at for at, kind in enumerate(kinds) if kind in ("number", "date", "clock")]


def _fits(cells: Sequence[str], width: int, kinds: Sequence[Kind], usual: int) -> bool:
    """Whether cells look like a row of the table, in which ``usual`` cells are filled."""
    if count_filled(cells) < 0.5 * min(usual, width):
        return False
    if (len(cells) < width and len(cells) < 2) or (len(cells) > width and any(cells[width:])):
        return False
    typed = _typed(kinds)
    if not typed:
        return len(cells) == width and count_filled(cells) >= 0.6 * width
    if len(cells) < min(width - 1, usual):
        return False
    seen = [(kind_of(cells[at]), kinds[at]) for at in typed if at < len(cells) and cells[at]]
    seen = [(kind, usual) for kind, usual in seen if kind != "missing"]
    if any(kind == "text" and usual == "date" for kind, usual in seen):
        return False
    return bool(seen) and sum(kind == usual for kind, usual in seen) >= 0.5 * len(seen)


def _is_blank_row(cells: Sequence[str], width: int, kinds: Sequence[Kind]) -> bool:
    """Whether nothing but words for missing values stands where numbers and times do."""
    return len(cells) == width and all(kind_of(cells[at]) == "missing" for at in _typed(kinds))


def _find_first_row(
    rows: Sequence[Record], width: int, kinds: Sequence[Kind], apart: set[int]
) -> int:
    filled = sorted(count_filled(record.cells) for record in rows if len(record.cells) <= width)
    usual = filled[len(filled) // 2] if filled else 1
    for at in range(len(rows)):
        if not _fits(rows[at].cells, width, kinds, usual):
            continue
        is_short = len(rows[at].cells) < width and at + 1 < len(rows)
        if is_short and (at + 1 in apart or not _fits(rows[at + 1].cells, width, kinds, usual)):
            continue  # a remark with a time in it, above the names
        following = rows[at + 1 : at + 6]
        good = sum(
            _fits(record.cells, width, kinds, usual) or _is_blank_row(record.cells, width, kinds)
            for record in following
        )
        if good >= 0.5 * len(following):
            return at
    return 0


def _find_header(
    rows: Sequence[Record], start: int, width: int, kinds: Sequence[Kind], apart: set[int]
) -> list[int]:
    """Return which records above the first row name the columns, the lowest last."""
    if start == 0:
        return []
    lines: list[int] = []
    at = start - 1
    while at >= 0 and len(lines) < _MOST_HEADER_ROWS:
        cells = rows[at].cells
        if at + 1 in apart and (
            lines or not _typed(kinds) or len(cells) != width or not all(cells)
        ):
            break  # a blank line parts a title from the header
        if not could_name(cells, width, kinds, is_lowest=not lines):
            break
        if lines and not is_needed(cells, [rows[line].cells for line in lines], width):
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
    rows: Sequence[Record], start: int, width: int, kinds: Sequence[Kind], apart: set[int]
) -> tuple[list[int], int]:
    """Look for the header above damaged rows, and take these for rows of the table."""
    for at in range(start - 2, max(start - 2 - _MOST_DAMAGED, -1), -1):
        if at + 1 in apart:
            break
        cells = rows[at].cells
        is_whole = len(cells) == width > 1 and all(cells)
        if is_whole and could_name(cells, width, kinds, is_lowest=True):
            return [at], at + 1
    return [], start


def _find_above_descriptions(
    rows: Sequence[Record], start: int, width: int, kinds: Sequence[Kind]
) -> list[int]:
    """Return the line of names above lines that describe the columns, each led by a word.

    As the Bundesbank writes them: names, then a line for the title, one for the unit, one for the
    day of the edition.
    """
    for at in range(start - _FEWEST_DESCRIBED, max(start - _MOST_DESCRIBING, -1), -1):
        cells = rows[at].cells
        between = [record.cells for record in rows[at + 1 : start]]
        if any(len(row) != width or count_filled(row) < 1 for row in between):
            return []
        numbers = [at for at in range(1, width) if kinds[at] == "number"]
        if 2 * sum(any(kind_of(row[n]) == "number" for n in numbers) for row in between) > len(
            between
        ):
            return []
        named = cells[1:]
        is_whole = len(cells) == width > 1 and all(named) and len(set(named)) == len(named)
        has_words = all(kind_of(row[0]) in ("text", "missing") for row in (cells, *between))
        if is_whole and are_words(named) and has_words and kinds[0] == "date":
            return [at]
    return []


def _obey(
    rows: Sequence[Record],
    skip_top: int | None,
    header_rows: int,
    width: int,
    kinds: Sequence[Kind],
) -> Heading:
    top = skip_top if skip_top is not None else rows[0].line
    lines = [at for at, record in enumerate(rows) if top <= record.line < top + header_rows]
    names, units = join_names([rows[at].cells for at in lines], width)
    named = tuple(rows[at].line for at in lines)
    width = max(width, len(names))
    missing: list[Kind] = ["missing"] * (width - len(kinds))
    num_named = len(rows[lines[-1]].cells) if lines else 0
    return Heading(
        top,
        header_rows,
        top + header_rows,
        names,
        named,
        units,
        width,
        (*kinds, *missing),
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
    names, units = join_names([rows[at].cells for at in lines], width)
    named = tuple(rows[at].line for at in lines)
    first_line = rows[start].line if start < len(rows) else rows[-1].line + rows[-1].num_lines
    top = rows[lines[0]].line if lines else first_line
    missing: list[Kind] = ["missing"] * (len(names) - width)
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
        (*kinds, *missing),
        len(rows[lines[-1]].cells) if lines else 0,
        tuple(record.line for record in rows[lines[-1] + 1 : start]) if lines else (),
    )
