"""Tables whose rows are not all of one length, mended where it is clear how."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence

import pandas as pd

from lstm_core.data.items.reading.formats.separators import (
    NUM_SAMPLE_LINES,
    NUMBER,
    is_jagged,
)
from lstm_core.data.reading.rows.dialect.finding import SEPARATORS
from lstm_core.data.wording import count_words
from lstm_core.errors import DataError

_WORST_UNEVEN_SHARE = 0.02
_MOST_CELLS = 10_000_000
"""As lists of Python, a cell takes ten times what it takes in a file."""


def read_unevenly(text: str, separator: str, name: str) -> tuple[pd.DataFrame, list[str]]:
    """Read a table some of whose rows are shorter or longer, as far as it is clear how.

    Returns:
        All rows, the header among them, as text cells; what was done to them.

    Raises:
        DataError: it is not clear.
    """
    for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE):
        try:
            reader = csv.reader(
                io.StringIO(text), delimiter=separator, quoting=quoting, strict=False
            )
            rows = [row for row in reader if any(cell.strip() for cell in row)]
        except csv.Error:
            continue
        # A quotation mark that is never closed swallows the lines behind it.
        swallows = any(cell.count("\n") > 200 for row in rows for cell in row)
        if not swallows or quoting == csv.QUOTE_NONE:
            break
    else:
        raise _refuse_uneven(name, ": a cell is longer than any item may be")
    if sum(map(len, rows)) > _MOST_CELLS:
        raise _refuse_uneven(name, ", and too large to be mended")
    notes: list[str] = []
    lengths = Counter(map(len, rows[1:] or rows))
    num_cells = len(rows[0]) if len(rows[0]) > 1 else lengths.most_common(1)[0][0]
    uneven = [number for number, row in enumerate(rows) if len(row) != num_cells]
    if is_jagged(rows[:NUM_SAMPLE_LINES]):
        rows = _pad_signals(rows)
        notes.append("Rows have unequal lengths: each is a signal as long as its row.")
    elif num_cells == 2 and all(len(rows[number]) > 2 for number in uneven):
        rows = _join_texts(rows, separator)
        notes.append(
            f"In {count_words(len(uneven), 'row')}, a text with {SEPARATORS[separator]} has no "
            "quotation marks: the label was taken from the row's end."
            if _label_is_last(rows)
            else f"In {count_words(len(uneven), 'row')}, a text with {SEPARATORS[separator]} has "
            "no quotation marks: the label was taken from the row's beginning."
        )
    elif all(len(rows[number]) < num_cells for number in uneven):
        rows = [row + [""] * (num_cells - len(row)) for row in rows]
        notes.append(f"Rows without their last cells: {len(uneven):,}.")
    elif all(not "".join(rows[number][num_cells:]).strip() for number in uneven):
        rows = [(row + [""] * num_cells)[:num_cells] for row in rows]
    elif len(uneven) <= max(1, _WORST_UNEVEN_SHARE * len(rows)) and len(rows) > 20:
        rows = [row for row in rows if len(row) == num_cells]
        notes.append(
            f"{count_words(len(uneven), 'row')} left out, for having another number of cells than "
            f"the {num_cells} of the others, such as row {uneven[0] + 1:,}."
        )
    else:
        where = (
            f": row {uneven[0] + 1:,} has {count_words(len(rows[uneven[0]]), 'cell')} instead of "
            f"{num_cells}"
        )
        raise _refuse_uneven(name, where)
    return make_frame(rows), notes


def _pad_signals(rows: list[list[str]]) -> list[list[str]]:
    """Bring the one cell that is no number, if it is the last, to the front; fill up the rest."""
    body = rows[1:]
    last = sum(not NUMBER.fullmatch(row[-1].strip()) for row in body if row)
    if last > 0.9 * len(body):
        rows = [[row[-1], *row[:-1]] for row in rows]
    longest = max(map(len, rows))
    if longest * len(rows) > _MOST_CELLS:
        raise DataError(
            "The signals are too unequal in length for one table.",
            "Bring them as a long table: item, time, value, label.",
        )
    return [row + [""] * (longest - len(row)) for row in rows]


def _label_is_last(rows: list[list[str]]) -> bool:
    last = {row[-1].strip() for row in rows[1:]}
    first = {row[0].strip() for row in rows[1:]}
    return len(last) <= len(first)


def _join_texts(rows: list[list[str]], separator: str) -> list[list[str]]:
    if _label_is_last(rows):
        return [[separator.join(row[:-1]), row[-1]] for row in rows]
    return [[row[0], separator.join(row[1:])] for row in rows]


def make_frame(rows: Sequence[Sequence[str]]) -> pd.DataFrame:
    """Return rows of equal lengths as a table of text without spaces at the ends of cells."""
    return pd.DataFrame([[cell.strip() for cell in row] for row in rows], dtype="str")


def _refuse_uneven(name: str, where: str) -> DataError:
    return DataError(
        f'The file "{name[:80]}" is not an even table{where}.',
        "Give every row as many cells as the header has, and put texts that hold the separating "
        "mark into quotation marks.",
    )
