"""Which mark separates the cells of a table, and whether quotation marks hold them together."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice

from lstm_core.data.items.reading.files import LONGEST_ITEM
from lstm_core.data.reading.rows.dialect.finding import SEPARATORS

NUM_SAMPLE_LINES = 200
NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|nan|\?", re.IGNORECASE)

_SAMPLE_CHARACTERS = 10 * LONGEST_ITEM
csv.field_size_limit(max(csv.field_size_limit(), 4 * LONGEST_ITEM))


def find_separator(text: str) -> str | None:
    """Return the mark that cuts the first lines most evenly; None where none does."""
    best, best_score = None, (0.5, 0)
    for separator in SEPARATORS:
        rows = _split_sample(text, separator)
        usual = Counter(map(len, rows[1:] or rows)).most_common(1)[0][0]
        # A header says by its length how many cells there are; commas in texts do not.
        num_cells = len(rows[0]) if len(rows[0]) > 1 else usual
        if num_cells == 1:
            continue
        share = sum(len(row) == num_cells for row in rows) / len(rows)
        if share <= 0.5 and is_jagged(rows):
            share = 0.6
        score = (round(share, 2), num_cells)
        if score > best_score:
            best, best_score = separator, score
    if best is None:  # a header that names two columns, over texts full of commas
        first = text.partition("\n")[0]
        found = [mark for mark in SEPARATORS if first.count(mark) == 1 and len(first) < 100]
        if len(found) == 1 and _fits_two(text, found[0]):
            return found[0]
    return best


def ends_in_semicolons(text: str) -> bool:
    """Whether a semicolon stands at the end of nearly every line, beyond its cells."""
    lines = [line for line in text[:20_000].split("\n")[:-1] if line.strip()]
    return len(lines) > 1 and sum(line.endswith(";") for line in lines) >= 0.9 * len(lines)


def _split_sample(text: str, separator: str) -> list[list[str]]:
    lines = islice(io.StringIO(text[:_SAMPLE_CHARACTERS]), 2_000)
    try:
        rows = list(islice(csv.reader(lines, delimiter=separator), NUM_SAMPLE_LINES))
    except csv.Error:
        return [[text[:100]]]
    # The last row may be cut off in the middle of a quoted cell.
    return [row for row in rows if any(cell.strip() for cell in row)] or [[""]]


def is_jagged(rows: Sequence[Sequence[str]]) -> bool:
    """Whether rows of unequal lengths hold numbers but for one cell: series of unequal lengths."""
    return min(map(len, rows)) > 3 and all(
        sum(not NUMBER.fullmatch(cell.strip()) for cell in row if cell.strip()) <= 2
        for row in rows[1:]
    )


def _fits_two(text: str, separator: str) -> bool:
    """Whether one end of the lines, cut once, holds few values: a label beside a text."""
    lines = [line for line in text.split("\n", 500)[1:500] if line.strip()]
    last = {line.rpartition(separator)[2].strip() for line in lines}
    first = {line.partition(separator)[0].strip() for line in lines}
    enough = len(lines) >= 4 and all(separator in line for line in lines)
    return enough and min(len(last), len(first)) <= len(lines) / 2


def is_unquoted(text: str, separator: str) -> tuple[bool, list[str]]:
    """Whether quotation marks are part of the texts, as in many tables with tabs."""
    if '"' not in text:
        return True, []
    if separator != "\t":
        return False, []
    cells = [cell for line in text.split("\n", 5_000)[:5_000] for cell in line.split("\t")]
    opened = [cell for cell in cells if cell.startswith('"')]
    closed = [cell for cell in opened if len(cell) > 1 and cell.rstrip().endswith('"')]
    if len(opened) == len(closed) and len(opened) > 0:
        return False, []
    lines = [line for line in text.split("\n", 5_000)[:5_000] if line]
    even = len({line.count("\t") for line in lines}) == 1
    return even, ["Quotation marks are read as part of the text."] if even else []


def cut_at_spaces(text: str) -> tuple[str, bool]:
    """Put commas between numbers that spaces separate, as older archives of series have them."""
    lines = [line for line in text.split("\n", 50)[:50] if line.strip()][:40]
    cells = [line.split() for line in lines]
    is_such = all(
        len(row) > 2 and all(NUMBER.fullmatch(cell) for cell in row) for row in cells
    ) and not any("\t" in line.strip() for line in lines)
    if not is_such:
        return text, False
    return "\n".join(",".join(line.split()) for line in text.split("\n")), True
