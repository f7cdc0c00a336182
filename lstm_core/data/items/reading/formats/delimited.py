"""Tables as text: which mark separates, whether there is a header, and what doesn't fit.

All cells stay text: what is a number is decided when it is known what a column is for. A text
may well be called NA, and a label 007.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

import numpy as np
import pandas as pd

from lstm_core.data.items.reading.formats.fasttext import read_fasttext
from lstm_core.data.items.reading.formats.heading import has_header, name_columns
from lstm_core.data.items.reading.formats.separators import (
    NUM_SAMPLE_LINES,
    NUMBER,
    cut_at_spaces,
    ends_in_semicolons,
    find_separator,
    is_unquoted,
)
from lstm_core.data.items.reading.formats.uneven import make_frame, read_unevenly
from lstm_core.data.items.reading.source import ItemSource
from lstm_core.data.reading.rows.dialect.finding import SEPARATORS
from lstm_core.errors import DataError

_MOST_COLUMNS = 20_000
_DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+(?:[eE][+-]?\d+)?")


def read_delimited(text: str, name: str, *, header: bool | None = None) -> ItemSource:
    """Return the table that the text holds, its rows in their order.

    Args:
        text: with ``\\n`` between lines.
        name: the file's name, for messages.
        header: whether the first row holds names; None: found from the rows.

    Raises:
        DataError: no table, or one whose rows don't fit each other.
    """
    text = text.lstrip("\n")
    first, _, rest = text.partition("\n")
    if re.fullmatch(r'"?sep=.{0,2}"?', first.strip(), re.IGNORECASE):
        text = rest.lstrip("\n")
    if all(sign.isspace() or sign in ',;|"' for sign in text):
        raise DataError(f'The file "{name[:80]}" is empty.', "Choose a file with rows of data.")
    labelled = read_fasttext(text, name)
    if labelled is not None:
        return labelled
    text, by_spaces = cut_at_spaces(text)
    separator = "," if by_spaces else find_separator(text)
    if separator == "," and ends_in_semicolons(text):
        text = re.sub(r";(?=\n|\Z)", "", text)
    first = text.partition("\n")[0]
    if separator is not None and first.count(separator) >= _MOST_COLUMNS:
        raise DataError(
            f'The table "{name[:80]}" has more than {_MOST_COLUMNS:,} columns.',
            "Bring such long signals as a long table, as .ts, or as a file each in a ZIP.",
        )
    rows, notes = _read_rows(text, separator, name)
    if rows.shape[1] > 1 and separator is not None and separator != "," and not by_spaces:
        notes = [f"Columns are separated by {SEPARATORS[separator]}.", *notes]
    sample = rows.iloc[:NUM_SAMPLE_LINES].to_numpy(dtype=object).tolist()
    is_headed = has_header(sample) if header is None else header
    names, told = name_columns(sample[0] if is_headed else None, rows.shape[1])
    if not is_headed:
        notes.append("The file has no header, so the columns were numbered.")
    frame = rows.iloc[int(is_headed) :].reset_index(drop=True)
    frame.columns = names
    frame = _drop_empty(frame, sample[0] if is_headed else None)
    if frame.empty:
        raise DataError(
            f'The file "{name[:80]}" holds only a header.', "Choose a file with rows of data."
        )
    decimal = "," if separator != "," and _has_decimal_comma(sample[1:]) else "."
    return ItemSource(frame, name, decimal=decimal, has_header=is_headed, notes=(*notes, *told))


def read_lines(text: str, name: str) -> ItemSource:
    """Return a table of one column, an item a line, whatever marks the lines hold.

    Raises:
        DataError: there are no lines.
    """
    frame = _read_lines(text)
    if frame.empty:
        raise DataError(f'The file "{name[:80]}" is empty.', "Write a text on each line.")
    return ItemSource(frame.set_axis(["column 1"], axis=1), name, has_header=False)


def _read_rows(text: str, separator: str | None, name: str) -> tuple[pd.DataFrame, list[str]]:
    """Return all rows, the header among them, as text cells."""
    if separator is None:
        return _read_lines(text), []
    is_plain, quote_notes = is_unquoted(text, separator)
    if not is_plain:
        frame = _read_evenly(text, separator, '"')
        if frame is not None:
            return frame, []
    frame = _read_evenly(text, separator, None)
    if frame is not None and (is_plain or '"' not in text):
        return frame, quote_notes
    return read_unevenly(text, separator, name)


def _read_evenly(text: str, separator: str, quote: str | None) -> pd.DataFrame | None:
    """Read a table all of whose rows have as many cells; None where they don't."""
    import pyarrow as pa
    import pyarrow.compute as compute
    import pyarrow.csv as pc

    try:
        num_columns = len(next(csv.reader(io.StringIO(text), delimiter=separator)))
    except (csv.Error, StopIteration):
        return None
    names = [str(number) for number in range(num_columns)]
    content = text.encode("utf-8", "replace")
    try:
        table = pc.read_csv(
            pa.BufferReader(content),
            read_options=pc.ReadOptions(
                column_names=names, block_size=max(len(content) + 1, 1024), use_threads=False
            ),
            parse_options=pc.ParseOptions(
                delimiter=separator,
                quote_char=quote if quote else False,
                newlines_in_values=quote is not None,
            ),
            convert_options=pc.ConvertOptions(
                column_types=dict.fromkeys(names, pa.large_string()), strings_can_be_null=False
            ),
        )
    except pa.ArrowException:
        return None
    columns = [compute.utf8_trim_whitespace(column) for column in table.columns]
    frame = pa.table(columns, names=names).to_pandas().astype("str")
    del table, columns
    pa.default_memory_pool().release_unused()
    return frame


def _read_lines(text: str) -> pd.DataFrame:
    """Read a table of one column: a line a row, or a cell in quotation marks."""
    quoted = [line for line in text.split("\n", 50)[:50] if line.startswith('"')]
    if len(quoted) > 1:
        rows = [row for row in csv.reader(io.StringIO(text), delimiter="\x1f") if row]
        return make_frame([row[:1] for row in rows])
    lines = [line for line in text.split("\n") if line.strip()]
    return make_frame([[line] for line in lines])


def _drop_empty(frame: pd.DataFrame, header: Sequence[str] | None) -> pd.DataFrame:
    """Drop rows without any cell, and columns that have neither name nor cell."""
    if len(frame.columns) == 1:
        return frame
    rows = np.flatnonzero(frame.iloc[:, 0] == "")
    blank = rows[(frame.iloc[rows] == "").all(axis=1).to_numpy()] if len(rows) else rows
    if len(blank):
        frame = frame.drop(index=blank.tolist()).reset_index(drop=True)
    nameless = [
        name
        for number, name in enumerate(frame.columns)
        if (header is None or not header[number].strip()) and not (frame[name] != "").any()
    ]
    return frame.drop(columns=nameless) if nameless else frame


def _has_decimal_comma(rows: Sequence[Sequence[str]]) -> bool:
    cells = [cell for row in rows for cell in row]
    commas = sum(bool(_DECIMAL_COMMA.fullmatch(cell)) for cell in cells)
    return commas > sum(bool(NUMBER.fullmatch(cell)) and "." in cell for cell in cells)
