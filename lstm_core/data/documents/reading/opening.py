"""Files of any known kind, opened: texts, or tables with a column of texts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from lstm_core.data.documents.reading.source import DocumentSource
from lstm_core.data.documents.reading.texts import REMEDY, decode_text, read_texts
from lstm_core.data.items.reading.files import MOST_BYTES, GivenFile
from lstm_core.data.items.reading.formats.archives import is_office, is_zip, unpack_files
from lstm_core.data.items.reading.formats.delimited import read_delimited
from lstm_core.data.items.reading.formats.excel import read_excel
from lstm_core.data.items.reading.formats.json_lines import read_json_items
from lstm_core.data.items.reading.source import ItemSource
from lstm_core.data.wording import count_words
from lstm_core.errors import DataError

_REMARKS = ("readme", "license", "licence", "changelog", "citation", "copying")
_MARKDOWN = (".md", ".markdown", ".rst")


def open_documents(
    files: Sequence[GivenFile], *, header: bool | None = None, text_column: str | None = None
) -> DocumentSource:
    """Return all that the files hold, before anything has a part.

    Read are plain texts and Markdown, each file one text, and tables (CSV, TSV, Excel, JSON
    lines), each row one; plain, under gzip or in a ZIP. Tables of equal columns are joined.

    Args:
        header: whether the first row of a table holds names; None: found from the rows.
        text_column: a plain file whose first line names it is a table.

    Raises:
        DataError: nothing of this, empty, damaged, too large, or texts and tables together.
    """
    check_content(files)
    unpacked, notes = unpack_files(files)
    name = files[0].name
    unpacked = _leave_remarks(unpacked, notes)
    check_content(unpacked)
    given = [file for file in unpacked if file.content.strip()]
    empty = len(unpacked) - len(given)
    if empty:
        notes.append(f"{count_words(empty, 'file')} without any text left out.")
    tables = [file for file in given if is_table(file, text_column)]
    if tables and len(tables) < len(given):
        others = [file for file in given if file not in tables]
        raise DataError(
            f'"{tables[0].name[:60]}" is a table, "{others[0].name[:60]}" a running text.',
            "Bring tables alone, or texts alone.",
        )
    source = _read_tables(tables, name, header) if tables else read_texts(given, name)
    return replace(source, notes=(*notes, *source.notes))


def check_content(files: Sequence[GivenFile]) -> None:
    """Refuse what is no file at all, empty, or too much.

    Raises:
        DataError: it is.
    """
    if not files:
        raise DataError("There is no file.", REMEDY)
    if not any(file.content.strip() for file in files):
        raise DataError(f'The file "{files[0].name[:80]}" is empty.', REMEDY)
    if sum(len(file.content) for file in files) > MOST_BYTES:
        raise DataError(
            f"The files hold more than {MOST_BYTES // 1_000_000:,} MB.",
            "Bring a part of them: some million characters are plenty for a model of one's own.",
        )


def is_table(file: GivenFile, text_column: str | None = None) -> bool:
    """Whether a file's rows are texts, rather than the file being one."""
    if is_zip(file.content):
        return is_office(file.content)
    if file.is_table or file.is_json:
        return True
    if text_column is None:
        return False
    first = file.content[:20_000].partition(b"\n")[0].decode("utf-8", "replace")
    return text_column in [cell.strip(' "\r\ufeff') for cell in re.split(r"[,;\t|]", first)]


def _leave_remarks(files: list[GivenFile], notes: list[str]) -> list[GivenFile]:
    """Leave out what is about the texts; a README in Markdown may be one of them."""
    remarks = [
        file
        for file in files
        if file.stem.lower() in _REMARKS
        and not (file.ending in _MARKDOWN and all(other.ending in _MARKDOWN for other in files))
    ]
    if not 0 < len(remarks) < len(files):
        return files
    notes.append(f'"{remarks[0].name[:60]}" is about the texts and was left out.')
    return [file for file in files if file not in remarks]


def _read_tables(files: Sequence[GivenFile], name: str, header: bool | None) -> DocumentSource:
    sources = [_read_table(file, header) for file in files]
    first = list(sources[0].frame.columns)
    for file, source in zip(files, sources, strict=True):
        if source.frame.empty or not len(source.frame.columns):
            raise DataError(f'"{file.name[:80]}" has no column of texts.', REMEDY)
        if list(source.frame.columns) != first:
            raise DataError(
                f'"{file.name[:60]}" has other columns than "{files[0].name[:60]}".',
                "Bring tables of equal columns, or one of them.",
            )
    frame = pd.concat([source.frame for source in sources], ignore_index=True)
    notes = dict.fromkeys(note for source in sources for note in source.notes)
    return DocumentSource(
        frame, name, is_files=False, has_header=sources[0].has_header, notes=tuple(notes)
    )


def _read_table(file: GivenFile, header: bool | None) -> ItemSource:
    if is_zip(file.content):
        return read_excel(file.content, file.name, header=header)
    text, notes = decode_text(file)
    if file.is_json:
        source = read_json_items(text, file.name)
    else:
        source = read_delimited(text, file.name, header=header)
    return replace(source, notes=(*notes, *source.notes))
