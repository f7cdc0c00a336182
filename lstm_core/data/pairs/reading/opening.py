"""Files of any known kind, opened: one ``PairSource`` of all that was brought together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from lstm_core.data.items.reading.columns.vocabulary import find_part
from lstm_core.data.items.reading.files import GivenFile
from lstm_core.data.items.reading.formats.archives import is_office, is_zip, unpack_files
from lstm_core.data.items.reading.formats.decoding import decode_file
from lstm_core.data.pairs.reading.formats.parallel import cut_into_lines, find_sides, read_sides
from lstm_core.data.pairs.reading.formats.tables import (
    read_pair_objects,
    read_pair_table,
    read_pair_workbook,
)
from lstm_core.data.pairs.reading.formats.tmx import looks_like_tmx, read_tmx
from lstm_core.data.pairs.reading.joining import join_pairs
from lstm_core.data.pairs.reading.source import PairSource
from lstm_core.errors import DataError

_REMARKS = ("readme", "license", "licence", "changelog", "citation", "about", "_about")
_BESIDE = (".ids", ".scores", ".md")
_RUNNING = (".txt", ".text", "")


def open_pairs(
    files: Sequence[GivenFile],
    *,
    header: bool | None = None,
    columns: Sequence[str] | None = None,
) -> PairSource:
    """Return all that the files hold, before anything has a part.

    Read are tables (CSV, TSV, Excel), JSON lines, TMX, and two text files whose lines belong
    together, each plain, under gzip or in a ZIP. Several are parts of one collection; their names
    may say which.

    Args:
        header: whether the first row of a table holds names; None: found from the rows.
        columns: for new texts, the columns that the training had: a text file whose first line
            names none of them holds a text a line, whatever marks stand in it.

    Raises:
        DataError: nothing of this, damaged, too large, or files that don't belong together.
    """
    unpacked, notes = unpack_files(files)
    kept = [file for file in unpacked if file.content.strip() and not _is_remark(file)]
    if not kept:
        kept = [file for file in unpacked if file.content.strip()]
    sides = find_sides([file for file in kept if _holds_lines(file)]) if columns is None else []
    if columns is None and not sides and len(kept) == 2 and all(map(_holds_lines, kept)):
        sides = [(kept[0], kept[1])]
    paired = {file.name for pair in sides for file in pair}
    sources = [read_sides(*pair) for pair in sides]
    rest = [file for file in kept if file.name not in paired]
    sources += [read_one(file, header=header, columns=columns) for file in rest]
    joined = join_pairs(sources, files[0].name, [find_part(each.name) for each in sources])
    return replace(joined, notes=(*notes, *joined.notes))


def read_one(
    file: GivenFile, *, header: bool | None = None, columns: Sequence[str] | None = None
) -> PairSource:
    """Read one file, by what it holds first and by its name second.

    Raises:
        DataError: it can't be read.
    """
    if is_zip(file.content) and is_office(file.content):
        return read_pair_workbook(file.content, file.name, header=header)
    if looks_like_tmx(file.content):
        return read_tmx(file.content, file.name)
    text, notes = decode_file(file.content, file.name)
    if file.is_json or _looks_like_json(text, file):
        source = read_pair_objects(text, file.name)
    elif columns is not None and not file.is_table and not _names_a_column(text, columns):
        lines = [line for line in cut_into_lines(text) if line]
        source = PairSource(pd.DataFrame({"line": lines}, dtype="str"), file.name, "lines")
    elif columns is not None and _names_a_column(text, columns):
        source = read_pair_table(text, file.name, header=True)
    else:
        source = read_pair_table(text, file.name, header=header)
    if columns is None and len(source.frame.columns) < 2:
        raise DataError(
            f'The file "{file.name[:80]}" holds one text a line, and nothing that it is to be '
            "turned into.",
            "Bring a table with two columns, or a second file with as many lines, named like "
            "train.de and train.en.",
        )
    return replace(source, notes=(*notes, *source.notes))


def _holds_lines(file: GivenFile) -> bool:
    """Whether a file may be one side: text without tabs, and no table, JSON or TMX."""
    if file.is_table or file.is_json or is_zip(file.content) or looks_like_tmx(file.content):
        return False
    beginning = file.content[:20_000]
    lines = [line for line in beginning.split(b"\n") if line.strip()]
    return sum(b"\t" in line for line in lines) < len(lines) / 2


def _is_remark(file: GivenFile) -> bool:
    return file.stem.lower() in _REMARKS or file.ending in _BESIDE


def _looks_like_json(text: str, file: GivenFile) -> bool:
    return not file.is_table and text[:500].lstrip().startswith(('{"', "[{", "[\n"))


def _names_a_column(text: str, columns: Sequence[str]) -> bool:
    first = text.lstrip("\n").partition("\n")[0]
    cells = [{cell.strip(' "\r') for cell in first.split(mark)} for mark in "\t;,|"]
    return any(set(columns) & each for each in cells)
