"""Cut lines of text into records and cells, a few hundred at a time.

The whole file is cut by pyarrow; this is for samples, and for the rows that don't fit.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from lstm_core.data.reading.rows.dialect.kinds import kind_of
from lstm_core.spec.reading import SPACES

LONGEST_LINE = 4_000_000
"""Characters in one line beyond which a file is no table."""
MOST_LINES_IN_A_CELL = 200
_FEWEST_ROWS = 3

csv.field_size_limit(max(csv.field_size_limit(), LONGEST_LINE))
_BLANKS = " \t\u00a0\ufeff\u3000"


@dataclass(frozen=True)
class Dialect:
    """How rows are cut.

    Attributes:
        separator: of one character or more; ``SPACES``; empty where there is one column.
        quote: one character; empty where nothing holds cells together.
        escape: whether a backslash makes a quotation mark a plain sign.
        wide_spaces: with ``SPACES``, whether it takes two of them to separate.
    """

    separator: str
    quote: str = ""
    escape: bool = False
    wide_spaces: bool = False


def cut_cells(record: str, dialect: Dialect) -> list[str]:
    """Return the cells of one record, stripped of blanks and of quotation marks."""
    separator, quote = dialect.separator, dialect.quote
    is_quoted = bool(quote) and quote in record
    if separator == SPACES:
        blanks = r"[ \t]{2,}|\t" if dialect.wide_spaces else r"[ \t]+"
        record = record.strip(" \t")
        if is_quoted:
            held = re.escape(quote)
            record = re.sub(rf"({held}[^{held}]*{held})|{blanks}", _mark_blanks, record)
        else:
            record = re.sub(blanks, "\x1f", record)
        separator = "\x1f"
    elif len(separator) != 1:
        record = record.replace(separator, "\x1f") if separator else record
        separator = "\x1f"
    if not is_quoted:
        return [cell.strip(_BLANKS) for cell in record.split(separator)]
    reader = csv.reader(
        record.splitlines(keepends=True),
        delimiter=separator,
        quotechar=quote,
        escapechar="\\" if dialect.escape else None,
        skipinitialspace=True,
    )
    try:
        return [cell.strip(_BLANKS) for cell in next(reader, [""])]
    except csv.Error:
        return [record]


def _mark_blanks(found: re.Match[str]) -> str:
    return found.group(1) or "\x1f"


def count_quotes(line: str, dialect: Dialect) -> int:
    number = line.count(dialect.quote)
    return number - line.count(f"\\{dialect.quote}") if dialect.escape and number else number


@dataclass(frozen=True)
class Record:
    """A row of text: where it begins, counted from 0, and its cells.

    ``is_open`` where a quotation mark is opened and not closed; it was cut without them then.
    """

    line: int
    num_lines: int
    cells: list[str]
    is_open: bool = False


def cut_records(lines: Sequence[str], dialect: Dialect, first_line: int = 0) -> list[Record]:
    """Return the records of consecutive lines.

    A quotation mark that is never closed costs its own line, not those below.
    """
    records = []
    at = 0
    plain = Dialect(dialect.separator, "", False, dialect.wide_spaces)
    while at < len(lines):
        num_lines, is_open = 1, False
        has_odd = bool(dialect.quote) and count_quotes(lines[at], dialect) % 2 == 1
        if has_odd and is_left_open(lines[at], dialect):
            num_lines = find_end(lines, at, dialect)
            is_open = num_lines == 0
            num_lines = max(num_lines, 1)
        record = "\n".join(lines[at : at + num_lines])
        cells = cut_cells(record, plain if is_open else dialect)
        if is_open:
            cells = [cell.strip(dialect.quote) for cell in cells]
        records.append(Record(first_line + at, num_lines, cells, is_open))
        at += num_lines
    return records


def is_left_open(line: str, dialect: Dialect) -> bool:
    """Whether the line ends inside of a quoted cell, rather than holding a stray mark."""
    mark = "  " if dialect.separator == SPACES else dialect.separator or "\x1f"
    return len(cut_cells(f"{line}{mark}\x1e", dialect)) == len(cut_cells(line, dialect))


def find_end(lines: Sequence[str], at: int, dialect: Dialect, width: int | None = None) -> int:
    """Return over how many lines the record goes that line ``at`` leaves open; 0 if it never ends.

    Args:
        width: how many cells it must have then; None: not known yet.
    """
    plain = Dialect(dialect.separator, "", False, dialect.wide_spaces)
    end = at + 1
    last = min(len(lines), at + MOST_LINES_IN_A_CELL)
    while end < last and count_quotes(lines[end], dialect) % 2 == 0:
        end += 1
    if end >= last:
        return 0
    bare = [len(cut_cells(line, plain)) for line in (lines[at], lines[end])]
    cells = cut_cells("\n".join(lines[at : end + 1]), dialect)
    if width is not None and len(cells) != width:
        return 0
    # Lines that are whole rows by themselves were not meant to be one cell.
    if bare[0] == bare[1] == len(cells) and len(cells) > 1:
        return 0
    between = lines[at + 1 : end]
    whole = sum(_is_whole(line, len(cells), dialect.quote, plain) for line in between)
    if len(cells) > 1 and whole > 0.5 * max(len(between), 1):
        return 0
    if width is None and _are_rows(between, dialect):
        return 0
    return end - at + 1


def _are_rows(lines: Sequence[str], dialect: Dialect) -> bool:
    """Whether most of the lines are rows of one width with numbers or times among their cells."""
    if len(lines) < _FEWEST_ROWS:
        return False
    cut = [cut_cells(line, dialect) for line in lines]
    usual, number = Counter(map(len, cut)).most_common(1)[0]
    typed = sum(
        len(cells) == usual and not {kind_of(cell) for cell in cells} <= {"text", "missing"}
        for cells in cut
    )
    return usual > 1 and min(number, typed) > 0.5 * len(lines)


def _is_whole(line: str, width: int, quote: str, plain: Dialect) -> bool:
    """Whether a line is a row by itself: as wide, and with no mark or with a number or a time."""
    cells = cut_cells(line, plain)
    if len(cells) != width:
        return False
    kinds = {kind_of(cell.strip(quote)) for cell in cells}
    return quote not in line or not kinds <= {"text", "missing"}
