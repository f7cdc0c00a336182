"""Tables with a row for each step: ids that stand once a sentence, rows left blank between them."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence

import numpy as np
import pandas as pd

from lstm_core.data.items.reading.columns.vocabulary import names_item
from lstm_core.data.items.reading.formats.delimited import read_delimited
from lstm_core.data.items.reading.formats.excel import read_excel, read_rows
from lstm_core.data.items.reading.formats.heading import has_header, name_columns
from lstm_core.data.items.reading.formats.separators import find_separator, is_unquoted
from lstm_core.data.items.reading.source import ItemSource
from lstm_core.data.tagged.reading.columns.names import names_owner, names_sentence
from lstm_core.data.tagged.reading.source import TaggedSource
from lstm_core.data.wording import count_words
from lstm_core.errors import DataError

_WORST_SHARE = 0.02
_NUM_SAMPLE_ROWS = 200
_MOST_GIVEN = 0.6
_BLANK = frozenset(" \t,;|\"'")


def read_tagged_table(text: str, name: str, *, header: bool | None = None) -> TaggedSource:
    """Return the rows of a table as text; blank rows begin a sequence.

    Raises:
        DataError: no table, or rows that don't fit each other.
    """
    if _has_blank_rows(text):
        source = _read_with_blanks(text, name, header)
        if source is not None:
            return source
    return from_items(read_delimited(text, name, header=header))


def read_tagged_workbook(content: bytes, name: str, *, header: bool | None = None) -> TaggedSource:
    """Return the rows of a workbook's first sheet; blank rows begin a sequence.

    Raises:
        DataError: no workbook, a damaged one, or one without any table.
    """
    rows, _ = read_rows(content, name, keeps_blank=True)
    if all(rows):
        return from_items(read_excel(content, name, header=header))
    width = max(map(len, rows))
    padded = [row + [""] * (width - len(row)) for row in rows]
    source = _arrange(padded, name, header)
    return source if source is not None else from_items(read_excel(content, name, header=header))


def from_items(source: ItemSource) -> TaggedSource:
    """Return a table that was read as one of items, a row a step.

    Raises:
        DataError: it holds no table of cells.
    """
    if source.signals is not None or source.frame.empty or not len(source.frame.columns):
        raise DataError(
            f'The file "{source.name[:80]}" has one label for each sequence, not a tag for each '
            "step.",
            "Bring a row for each step with its tag, or learn to sort sequences instead.",
        )
    frame, notes = fill_down(source.frame)
    return TaggedSource(
        frame,
        source.name,
        "table",
        decimal=source.decimal,
        has_header=source.has_header,
        notes=(*source.notes, *notes),
    )


def fill_down(frame: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """Put a sequence's name, which stands in its first row alone, into its other rows as well."""
    notes = []
    for name in list(frame.columns)[:50]:
        if not (names_sentence(name) or names_item(name) or names_owner(name)):
            continue
        cells = frame[name]
        given = (cells != "").to_numpy()
        num_given = int(given.sum())
        if not 0 < num_given <= _MOST_GIVEN * len(frame) or not given[0]:
            continue
        if cells[given].nunique() < 0.5 * num_given:
            continue
        places = np.maximum.accumulate(np.where(given, np.arange(len(frame)), 0))
        frame = frame.assign(**{name: cells.to_numpy(dtype=object)[places]}).astype("str")
        notes.append(f'"{name[:40]}" stands in the first row of each; it was filled in below.')
    return frame, notes


def _has_blank_rows(text: str) -> bool:
    """Whether rows without any cell stand between others."""
    lines = text.strip().split("\n")
    return any(not line.strip() or not set(line) - _BLANK for line in lines)


def _read_with_blanks(text: str, name: str, header: bool | None) -> TaggedSource | None:
    """Read a table, its blank rows as beginnings; None where it has no even columns."""
    filled = "\n".join(line for line in text.split("\n") if set(line) - _BLANK)
    separator = find_separator(filled)
    if separator is None:
        return None
    is_plain = is_unquoted(filled, separator)[0]
    try:
        rows = list(
            csv.reader(
                io.StringIO(text),
                delimiter=separator,
                quoting=csv.QUOTE_NONE if is_plain else csv.QUOTE_MINIMAL,
            )
        )
    except csv.Error:
        return None
    return _arrange(rows, name, header)


def _arrange(rows: list[list[str]], name: str, header: bool | None) -> TaggedSource | None:
    """Make a table of rows, the blank ones among them beginnings; None where nothing is left."""
    width = Counter(len(row) for row in rows if any(cell.strip() for cell in row)).most_common(1)
    num_cells = width[0][0]
    kept: list[list[str]] = []
    begins: list[bool] = []
    bad: list[int] = []
    is_new = True
    for number, row in enumerate(rows, start=1):
        cells = [cell.strip() for cell in row]
        if not any(cells):
            is_new = True
            continue
        if len(cells) != num_cells and any(cells[num_cells:]):
            bad.append(number)
            continue
        kept.append((cells + [""] * num_cells)[:num_cells])
        begins.append(is_new)
        is_new = False
    if len(bad) > max(1, _WORST_SHARE * len(rows)):
        raise DataError(
            f'The file "{name[:80]}" is not an even table: row {bad[0]:,} has '
            f"{count_words(len(rows[bad[0] - 1]), 'cell')} instead of {num_cells}.",
            "Give every row as many cells as the header has.",
        )
    is_headed = has_header(kept[:_NUM_SAMPLE_ROWS]) if header is None else header
    names, notes = name_columns(kept[0] if is_headed else None, num_cells)
    if bad:
        notes.append(f"Rows with too many cells left out: {len(bad):,}.")
    frame = pd.DataFrame(kept[int(is_headed) :], columns=names, dtype="str")
    if frame.empty:
        return None
    return _mark(frame, name, begins[int(is_headed) :], is_headed, notes)


def _mark(
    frame: pd.DataFrame, name: str, begins: list[bool], is_headed: bool, notes: Sequence[str]
) -> TaggedSource:
    frame, told = fill_down(frame)
    starts = np.array(begins, dtype=bool)
    starts[0] = True
    return TaggedSource(
        frame,
        name,
        "table",
        begins=starts if starts[1:].any() else None,
        has_header=is_headed,
        notes=(*notes, *told),
    )
