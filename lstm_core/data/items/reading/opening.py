"""Files of any known kind, opened: one ``ItemSource`` of all that was brought together."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from lstm_core.data.items.reading.files import GivenFile
from lstm_core.data.items.reading.formats.archives import is_office, is_zip, unpack_files
from lstm_core.data.items.reading.formats.arff import looks_like_arff, read_arff
from lstm_core.data.items.reading.formats.decoding import decode_file
from lstm_core.data.items.reading.formats.delimited import read_delimited, read_lines
from lstm_core.data.items.reading.formats.excel import read_excel
from lstm_core.data.items.reading.formats.fasta import looks_like_fasta, read_fasta
from lstm_core.data.items.reading.formats.folders import (
    is_signal_table,
    read_signal_files,
    read_text_files,
)
from lstm_core.data.items.reading.formats.json_lines import read_json_items
from lstm_core.data.items.reading.formats.ts_format import looks_like_ts, read_ts
from lstm_core.data.items.reading.joining import join_sources
from lstm_core.data.items.reading.source import ItemSource
from lstm_core.data.items.vectors import looks_like_vectors
from lstm_core.errors import DataError

_MANY_FILES = 10
_MOST_SUSPECTS = 5
_TEXT_ENDINGS = (".txt", ".text", ".md", ".html", ".htm", ".eml", ".log", "")
_PLAIN_ENDINGS = (*_TEXT_ENDINGS, ".csv", ".tsv", ".tab", ".dat", ".asc")
_REMARKS = ("readme", "license", "licence", "changelog", "citation", "about")


def open_items(
    files: Sequence[GivenFile], *, header: bool | None = None, text_column: str | None = None
) -> ItemSource:
    """Return all that the files hold, before anything has a part.

    Read are tables (CSV, TSV, Excel), JSON lines, FASTA, ``.ts``, ``.arff``, each plain or under
    gzip, and ZIP archives of any of them, of a text a file or of a signal a file. Several files
    of one kind are joined; a table that names the items of the others is put beside them. So is a
    file of words' vectors.

    Args:
        header: whether the first row of a table holds names; None: found from the rows.
        text_column: of new items, the column that their texts had in training: a plain text file
            that does not name it holds a text a line, whatever marks stand in them.

    Raises:
        DataError: nothing of this, damaged, too large, or files that don't belong together.
    """
    unpacked, notes = unpack_files(files)
    name = files[0].name
    remarks = [file for file in unpacked if file.stem.lower() in _REMARKS]
    if 0 < len(remarks) < len(unpacked):
        unpacked = [file for file in unpacked if file not in remarks]
    vectors = [file for file in unpacked if looks_like_vectors(file.content)]
    if len(vectors) == len(unpacked):
        vectors = []  # a table that looks like them is all there is
    unpacked = [file for file in unpacked if file not in vectors]
    if len(vectors) > 1:
        raise DataError(
            f"{len(vectors)} files hold vectors of words, and one is what can be begun with.",
            "Bring one of them.",
        )
    group = _find_item_files(unpacked)
    sources = [_read_group(group, name)] if group else []
    grouped = {file.name for file in group}
    sources += [
        read_one(file, header=header, text_column=text_column)
        for file in unpacked
        if file.name not in grouped and file.content.strip()
    ]
    source = join_sources(sources, is_lenient=bool(group))
    return replace(
        source,
        name=name,
        notes=(*notes, *source.notes),
        vectors=vectors[0] if vectors else None,
    )


def read_one(
    file: GivenFile, *, header: bool | None = None, text_column: str | None = None
) -> ItemSource:
    """Read one file, by what it holds first and by its name second.

    Raises:
        DataError: it can't be read.
    """
    if is_zip(file.content) and is_office(file.content):
        return read_excel(file.content, file.name, header=header)
    text, notes = decode_file(file.content, file.name)
    if looks_like_ts(text):
        source = read_ts(text, file.name)
    elif looks_like_arff(text):
        source = read_arff(text, file.name)
    elif file.is_fasta or looks_like_fasta(text):
        source = read_fasta(text, file.name)
    elif file.is_json or _looks_like_json(text, file):
        source = read_json_items(text, file.name)
    elif file.ending in _TEXT_ENDINGS and _holds_lines(text, text_column):
        source = read_lines(text, file.name)
    else:
        is_named = text_column is not None and text_column in _list_first_cells(text)
        source = read_delimited(text, file.name, header=True if is_named else header)
    return replace(source, notes=(*notes, *source.notes))


def _holds_lines(text: str, text_column: str | None) -> bool:
    """Whether new texts stand there a line each: no cell of the first line names their column.

    Tabs don't occur in texts that people write: with those, it is a table.
    """
    names = _list_first_cells(text)
    has_tabs = "\t" in text.lstrip("\n").partition("\n")[0]
    return text_column is not None and text_column not in names and not has_tabs


def _list_first_cells(text: str) -> list[str]:
    first = text.lstrip("\n").partition("\n")[0]
    return [cell.strip(' "\r') for cell in re.split(r"[,;\t|]", first)]


def _looks_like_json(text: str, file: GivenFile) -> bool:
    beginning = text[:500].lstrip()
    return not file.is_table and (beginning.startswith(("[{", '{"')) or beginning[:2] == "[\n")


def _find_item_files(files: Sequence[GivenFile]) -> list[GivenFile]:
    """Return the files that are an item each; none where files hold many items."""
    by_ending: dict[str, list[GivenFile]] = defaultdict(list)
    for file in files:
        if file.ending in _PLAIN_ENDINGS:
            by_ending[file.ending].append(file)
    if not by_ending:
        return []
    ending = max(by_ending, key=lambda each: len(by_ending[each]))
    group = by_ending[ending]
    folders = Counter(file.folders for file in group)
    is_sorted = len(folders) > 1 and len(group) >= 2 * len(folders)
    enough = len(group) >= _MANY_FILES or (len(group) >= 3 and is_sorted)
    if not enough:
        return []
    first = next((file for file in group if file.content.strip()), None)
    if first is None or (ending not in _TEXT_ENDINGS and not _holds_a_signal(first)):
        return []
    suspects = {file.name for file in _find_suspects(group) if not _holds_a_signal(file)}
    return [file for file in group if file.name not in suspects or ending in _TEXT_ENDINGS]


def _find_suspects(group: Sequence[GivenFile]) -> list[GivenFile]:
    """Return files that may be a table beside the items: alone in their folder, or called so."""
    folders = Counter(file.folders for file in group)
    numbered = sum(any(letter.isdigit() for letter in file.stem) for file in group)
    suspects = [
        file
        for file in group
        if (folders[file.folders] <= 2 < len(group) / len(folders))
        or (numbered >= 0.8 * len(group) and not any(map(str.isdigit, file.stem)))
    ]
    return suspects[:_MOST_SUSPECTS]


def _read_group(group: Sequence[GivenFile], name: str) -> ItemSource:
    given = [file for file in group if file.content.strip()]
    if _holds_a_signal(given[0]) and _holds_a_signal(given[-1]):
        return read_signal_files(given, name)
    return read_text_files(group, name)


def _holds_a_signal(file: GivenFile) -> bool:
    try:
        return is_signal_table(read_one(file))
    except DataError:
        return False
