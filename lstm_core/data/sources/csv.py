"""Read a table from the bytes of a CSV file.

Bytes only: given a path, pandas would open addresses and unpack archives by itself.
"""

from __future__ import annotations

import io
import re
from collections import Counter

import pandas as pd

from lstm_core.data.reading.table import SourceTable
from lstm_core.data.reading.telling import Remark
from lstm_core.data.reading.times import join_times
from lstm_core.data.sources.dialect import SEPARATORS, Dialect, find_dialect
from lstm_core.data.sources.header import drop_separator_line, join_header_lines
from lstm_core.data.sources.numbers import read_numbers
from lstm_core.data.sources.text import decode_text
from lstm_core.data.wording import count_words
from lstm_core.errors import DataError
from lstm_core.spec.reading import ReadingPlan

_ENCODING_NOTES = {
    "cp1252": "The text is in the Windows-1252 encoding.",
    "utf-16": "The text is in the UTF-16 encoding.",
    "utf-16-le": "The text is in the UTF-16 encoding.",
    "utf-16-be": "The text is in the UTF-16 encoding.",
}
_MISSING_CELLS = ["", "NaN", "nan"]


def read_csv(content: bytes, name: str, *, fewest_rows: int = 2) -> SourceTable:
    """Return the table that the file holds, its rows in the file's order.

    Encoding, separator and decimal mark are found from the content. A column is a column of
    numbers when each of its cells is a number or a usual word for "missing"; every other column
    stays text, in which ``NA`` is text. A first row of numbers is taken as data: the columns are
    then called "column 1", "column 2" and so on, and a note says so.

    Args:
        content: the whole file.
        name: the file's name, for messages.
        fewest_rows: how many there must be at least; 1 or 2.

    Raises:
        DataError: empty, binary, only a header, too few rows, two columns of one name,
            rows longer than the header, an unclosed quotation mark, or a line of absurd length.
    """
    text, encoding = decode_text(content, name)
    text = join_header_lines(drop_separator_line(text.lstrip("\n")))
    if not re.search(r'[^\s,;|"]', text):
        raise DataError(f'The file "{name}" is empty.', "Choose a file with a header and rows.")
    dialect = find_dialect(text)
    names = _name_columns(dialect, name)
    frame = _parse(text, dialect, names, name)
    spelt = _read_spelt(text, dialect, names, frame)
    frame, notes = _drop_blanks(frame, dialect, name)
    kept = frame.index
    frame = frame.reset_index(drop=True)
    if len(frame) < fewest_rows:
        held = "only a header" if frame.empty else "only one row"
        raise DataError(
            f'The file "{name}" holds {held}.',
            "A model needs many rows: choose a file with one row for each point in time.",
        )
    for column in frame.columns:
        if not pd.api.types.is_numeric_dtype(frame[column]):
            numbers = read_numbers(frame[column], dialect.decimal)
            if numbers is not None:
                frame[column] = numbers
    spelt = {column: spelt[column].loc[kept].reset_index(drop=True) for column in spelt}
    told = (*_describe(dialect, encoding), *notes)
    remarks = tuple(Remark("reading", note) for note in told)
    return join_times(SourceTable(frame, name, remarks, spelt), ReadingPlan())


def _name_columns(dialect: Dialect, name: str) -> list[str]:
    """Return a name for each cell of a row; names of our own where the header has none."""
    header = dialect.header or ()
    if dialect.header and len(header) < dialect.num_cells - 1:
        raise _refuse_short_header(dialect, name)
    names = [
        (header[number] if number < len(header) else "") or f"column {number + 1}"
        for number in range(max(len(header), dialect.num_cells))
    ]
    twice = [column for column, count in Counter(names).items() if count > 1]
    if twice:
        raise DataError(
            f'The file "{name}" has two columns called "{twice[0]}".',
            "Give every column a name of its own.",
        )
    return names


def _refuse_short_header(dialect: Dialect, name: str) -> DataError:
    num_names = len(dialect.header or ())
    return DataError(
        f'The header of "{name}" names {count_words(num_names, "column")}, but most rows have '
        f"{count_words(dialect.num_cells, 'cell')}.",
        "Give every column a name, put text with separators in quotation marks, and remove "
        "lines above the header.",
    )


def _parse(text: str, dialect: Dialect, names: list[str], name: str) -> pd.DataFrame:
    if dialect.num_first_cells > len(names):  # pandas would drop the surplus with a warning
        raise _refuse_uneven(
            f": the first row of data has {dialect.num_first_cells} cells instead of {len(names)}",
            name,
        )
    num_header_lines = _count_header_lines(text, dialect)
    try:
        return _read_body(text, dialect, names)
    except pd.errors.EmptyDataError:
        return pd.DataFrame(columns=names)
    except pd.errors.ParserError as error:
        raise _refuse_uneven(_locate(error, num_header_lines), name) from error


def _read_body(
    text: str, dialect: Dialect, names: list[str], as_text: list[str] | None = None
) -> pd.DataFrame:
    """Read the rows below the header.

    Args:
        as_text: read these columns alone, as they are written.
    """
    body = io.StringIO(text)
    for _ in range(_count_header_lines(text, dialect)):
        body.readline()
    return pd.read_csv(
        body,
        sep=dialect.separator,
        decimal=dialect.decimal,
        header=None,
        names=names,
        usecols=as_text,
        dtype=None if as_text is None else "str",
        index_col=False,
        compression=None,
        keep_default_na=False,
        na_values=_MISSING_CELLS,
        skipinitialspace=True,
        low_memory=False,
        on_bad_lines="error",
    )


def _read_spelt(
    text: str, dialect: Dialect, names: list[str], frame: pd.DataFrame
) -> dict[str, pd.Series]:
    """Return the cells of columns of whole numbers that are written with zeros before them."""
    whole = [
        name
        for name in names
        if frame[name].dtype.kind in "iu"
        or (frame[name].dtype.kind == "f" and (frame[name].dropna() % 1 == 0).all())
    ]
    separator = re.escape(dialect.separator)
    padded = rf'(?:^|{separator})[ ]*"?0\d+"?[ ]*(?:{separator}|$)'
    if not whole or not re.search(padded, text, re.MULTILINE):
        return {}
    cells = _read_body(text, dialect, names, whole)
    return {
        name: cells[name].str.strip() for name in whole if cells[name].str.match(r"\s*0\d").any()
    }


def _refuse_uneven(where: str, name: str) -> DataError:
    return DataError(
        f'The file "{name}" is not an even table{where}.',
        "Give every row as many cells as the header has, and close every quotation mark.",
    )


def _locate(error: pd.errors.ParserError, num_header_lines: int) -> str:
    """Say where the parser stumbled, as far as it says so itself."""
    uneven = re.search(r"Expected (\d+) fields in line (\d+), saw (\d+)", str(error))
    if uneven is None:
        return ": a quotation mark is opened and never closed" if "EOF" in str(error) else ""
    expected, line, seen = (int(number) for number in uneven.groups())
    return f": line {line + num_header_lines:,} has {seen} cells instead of {expected}"


def _count_header_lines(text: str, dialect: Dialect) -> int:
    """Lines that the header takes, more than one where a quoted name spans lines."""
    if dialect.header is None:
        return 0
    num_lines, quotes = 0, 0
    for line in text.split("\n", 100):
        num_lines, quotes = num_lines + 1, quotes + line.count('"')
        if quotes % 2 == 0 and line.strip():
            break
    return num_lines


def _drop_blanks(
    frame: pd.DataFrame, dialect: Dialect, name: str
) -> tuple[pd.DataFrame, list[str]]:
    """Drop rows without any cell, and the unnamed last column of rows that end in a separator."""
    notes = []
    last = frame.columns[-1]
    is_unnamed = dialect.header is not None and not any(dialect.header[len(frame.columns) - 1 :])
    if is_unnamed and len(frame.columns) > 1 and frame[last].isna().all():
        frame = frame.drop(columns=last)
    elif dialect.header is not None and len(dialect.header) < len(frame.columns):
        raise _refuse_short_header(dialect, name)
    blank = frame.isna().all(axis=1)
    if blank.any() and len(frame.columns) > 1:
        frame = frame[~blank]
        notes.append(f"Empty rows left out: {int(blank.sum()):,}.")
    return frame, notes


def _describe(dialect: Dialect, encoding: str) -> list[str]:
    notes = [_ENCODING_NOTES[encoding]] if encoding in _ENCODING_NOTES else []
    if dialect.num_cells > 1 and dialect.separator != ",":
        notes.append(f"Columns are separated by {SEPARATORS[dialect.separator]}.")
    if dialect.decimal == ",":
        notes.append("Numbers are written with a decimal comma.")
    if dialect.header is None:
        notes.append("The file has no header, so the columns were numbered.")
    return notes
