"""Tables of pairs: CSV, TSV, Excel, and JSON with two fields."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from itertools import islice

from lstm_core.data.items.reading.columns.vocabulary import is_known_name
from lstm_core.data.items.reading.formats.delimited import read_delimited
from lstm_core.data.items.reading.formats.excel import read_excel
from lstm_core.data.items.reading.formats.heading import name_columns
from lstm_core.data.items.reading.formats.json_lines import read_json_items
from lstm_core.data.items.reading.formats.separators import find_separator
from lstm_core.data.items.reading.source import ItemSource
from lstm_core.data.pairs.reading.columns.names import names_side
from lstm_core.data.pairs.reading.source import PairSource
from lstm_core.data.reading.rows.dialect.finding import SEPARATORS
from lstm_core.errors import DataError

_NUM_SAMPLE_ROWS = 200
_LONG = 15
_MOST_REFUSED = 0.02
_UNNAMED = "The file has no header"


def read_pair_table(text: str, name: str, *, header: bool | None = None) -> PairSource:
    """Return the table that a text holds.

    Args:
        header: whether the first row holds names; None: found from the rows.

    Raises:
        DataError: no table, or cells that can't be told apart.
    """
    _refuse_open_cells(text, name)
    return _put_header(read_delimited(text, name, header=False), header)


def read_pair_workbook(content: bytes, name: str, *, header: bool | None = None) -> PairSource:
    """Return the first sheet of a workbook that holds a table.

    Raises:
        DataError: no workbook, a damaged one, or one without a table.
    """
    return _put_header(read_excel(content, name, header=False), header)


def read_pair_objects(text: str, name: str) -> PairSource:
    """Return JSON lines, or a list of objects; fields of fields are named ``outer.inner``.

    Raises:
        DataError: no JSON, no objects in it, or no text in them.
    """
    source = read_json_items(text, name)
    if not len(source.frame.columns):
        raise DataError(
            f'The objects of "{name[:80]}" hold no texts.',
            'Write an object on each line, such as {"given": "…", "wanted": "…"}.',
        )
    return PairSource(source.frame, name, "objects", notes=source.notes)


def has_pair_header(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a table's first row holds names: of sides, or far shorter than all below.

    Args:
        rows: the first rows of the table, the one in question first.
    """
    first, body = rows[0], rows[1:]
    if not body or any(not cell for cell in first):
        return False
    if any(names_side(cell) for cell in first):
        # A dictionary may begin with "to": a name is not what its own column holds.
        return all(cell not in {row[place] for row in body} for place, cell in enumerate(first))
    if all(is_known_name(cell) for cell in first):
        return True
    votes = 0
    for place, cell in enumerate(first):
        below = sorted(len(row[place]) for row in body if row[place])
        digits = [any(sign.isdigit() for sign in row[place]) for row in body]
        if not below:
            continue
        if below[len(below) // 2] >= _LONG:
            is_brief = len(cell) < below[len(below) // 2] / 3 and cell.count(" ") < 3
            is_brief = is_brief and len(cell) < below[len(below) // 50]
            votes += 1 if is_brief else -1
        if sum(digits) > 0.95 * len(body):
            votes += -1 if any(sign.isdigit() for sign in cell) else 2
    return votes > 0


def _put_header(source: ItemSource, header: bool | None) -> PairSource:
    """Take the first row as names, where it is that."""
    frame = source.frame
    rows = frame.iloc[:_NUM_SAMPLE_ROWS].to_numpy(dtype=object).tolist()
    is_headed = has_pair_header(rows) if header is None else header
    notes = [note for note in source.notes if not note.startswith(_UNNAMED)]
    if is_headed:
        names, told = name_columns(rows[0], len(frame.columns))
        frame = frame.iloc[1:].reset_index(drop=True).set_axis(names, axis=1)
        notes += told
    elif len(frame.columns) > 1:
        notes.append(f"{_UNNAMED}, so the columns were numbered.")
    if frame.empty:
        raise DataError(
            f'The file "{source.name[:80]}" holds only a header.', "Choose a file with pairs."
        )
    return PairSource(
        frame.astype("str"),
        source.name,
        "table",
        has_header=is_headed,
        first_line=1 + int(is_headed),
        notes=tuple(notes),
    )


def _refuse_open_cells(text: str, name: str) -> None:
    """Refuse two columns whose texts hold the separating mark, without quotation marks.

    Nothing says where one side ends and the other begins.
    """
    separator = find_separator(text)
    if separator is None or separator == "\t":
        return
    try:
        rows = list(islice(csv.reader(io.StringIO(text), delimiter=separator), 5_000))
    except csv.Error:
        return
    sizes = [len(row) for row in rows if any(row)]
    wide = [number for number, row in enumerate(rows, 1) if len(row) > 2]
    if sizes and sizes.count(2) > len(sizes) / 2 and len(wide) > _MOST_REFUSED * len(sizes):
        raise DataError(
            f'In "{name[:80]}", {len(wide):,} rows have more than two cells, such as row '
            f"{wide[0]:,}: their texts seem to hold {SEPARATORS[separator]}.",
            "Put such texts into quotation marks, or separate the sides by tabs.",
        )
