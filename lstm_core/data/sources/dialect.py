"""How a text table is written: what separates its cells, and which decimal mark it uses.

The four separators compete on the first lines; one wins when it cuts the header and the rows
into the same number of cells. The standard library's ``csv.Sniffer`` guesses from how often
characters occur and does not ask whether header and rows agree, so it has no part in this.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass
from itertools import islice

from lstm_core.data.sources.numbers import COMMA_NUMBER, POINT_NUMBER
from lstm_core.data.sources.text import LONGEST_LINE

SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}

_NUM_SAMPLE_LINES = 200
csv.field_size_limit(LONGEST_LINE)  # of itself, the module refuses a cell of 131,073 characters
_DATE = re.compile(r"\d{1,4}([-/.])\d{1,2}(\1\d{1,4})?([ T]\d{1,2}:\d{2}.*)?")


@dataclass(frozen=True)
class Dialect:
    """How to cut the text.

    ``num_cells`` is how many cells most rows have, ``num_first_cells`` how many the first row
    of data has; ``header`` is None where there is none.
    """

    separator: str
    decimal: str
    num_cells: int
    num_first_cells: int
    header: tuple[str, ...] | None


def find_dialect(text: str) -> Dialect:
    """Read the dialect from the first lines of ``text``, which must not be blank."""
    rows_by_separator = {separator: _split_sample(text, separator) for separator in SEPARATORS}
    separator = max(SEPARATORS, key=lambda mark: _score(rows_by_separator[mark]))
    if separator == "," and _is_decimal_column(rows_by_separator[";"]):
        separator = ";"  # one column of numbers with a decimal comma has no separator at all
    rows = rows_by_separator[separator]
    has_header = not _is_data(rows[0])
    body = rows[1:] if has_header else rows
    return Dialect(
        separator=separator,
        decimal=_find_decimal(body, separator),
        num_cells=_usual_length(body or rows),
        num_first_cells=len(body[0]) if body else 0,
        header=tuple(cell.strip() for cell in rows[0]) if has_header else None,
    )


def _split_sample(text: str, separator: str) -> list[list[str]]:
    """Return the first rows, without blank ones, cut at ``separator``."""
    lines = islice(text.split("\n", _NUM_SAMPLE_LINES), _NUM_SAMPLE_LINES)
    rows = csv.reader((f"{line}\n" for line in lines), delimiter=separator)
    return [row for row in rows if any(cell.strip() for cell in row)]


def _usual_length(rows: list[list[str]]) -> int:
    return Counter(len(row) for row in rows).most_common(1)[0][0]


def _score(rows: list[list[str]]) -> tuple[int, float, int]:
    """Rank a way to cut: the header fits the rows, share of equal rows, number of cells."""
    if not rows:
        return (0, 0.0, 0)
    length = _usual_length(rows[1:] or rows)
    if length == 1:
        return (0, 0.0, 0)
    fits = len(rows[0]) == length
    share = sum(len(row) == length for row in rows) / len(rows)
    return (2 if fits else int(len(rows[0]) > 1), share, length)


def _is_decimal_column(rows: list[list[str]]) -> bool:
    """Whether a one-word header stands over lines such as ``1,5`` and nothing else."""
    return "," not in rows[0][0] and all(
        len(row) == 1 and COMMA_NUMBER.fullmatch(row[0].strip()) for row in rows[1:]
    )


def _find_decimal(rows: list[list[str]], separator: str) -> str:
    """Return the mark that the sample's numbers need; a comma only where it is no separator."""
    if separator == ",":
        return "."
    cells = [cell.strip() for row in rows for cell in row]
    only_comma = sum(
        bool(COMMA_NUMBER.fullmatch(cell)) and not POINT_NUMBER.fullmatch(cell) for cell in cells
    )
    only_point = sum(
        bool(POINT_NUMBER.fullmatch(cell)) and not COMMA_NUMBER.fullmatch(cell) for cell in cells
    )
    if only_comma == only_point == 0:
        has_comma = any("," in cell and COMMA_NUMBER.fullmatch(cell) for cell in cells)
        return "," if has_comma and separator == ";" else "."
    return "," if only_comma > only_point else "."


def _is_data(row: list[str]) -> bool:
    """Whether a first row is no header: it has a number, and nothing but numbers and times."""
    cells = [cell.strip() for cell in row if cell.strip()]
    numbers = [bool(POINT_NUMBER.fullmatch(cell) or COMMA_NUMBER.fullmatch(cell)) for cell in cells]
    return any(numbers) and all(
        number or _DATE.fullmatch(cell) for number, cell in zip(numbers, cells, strict=True)
    )
