"""Files of any known kind, opened: one ``TaggedSource`` of all that was brought together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from lstm_core.data.items.reading.files import GivenFile
from lstm_core.data.items.reading.formats.archives import is_office, is_zip, unpack_files
from lstm_core.data.items.reading.formats.arff import looks_like_arff
from lstm_core.data.items.reading.formats.decoding import decode_file
from lstm_core.data.items.reading.formats.fasta import looks_like_fasta
from lstm_core.data.items.reading.formats.ts_format import looks_like_ts
from lstm_core.data.tagged.reading.formats.conll import ENDINGS, looks_like_conll, read_conll
from lstm_core.data.tagged.reading.formats.json_sequences import read_json_sequences
from lstm_core.data.tagged.reading.formats.lines import read_sentences
from lstm_core.data.tagged.reading.formats.tables import read_tagged_table, read_tagged_workbook
from lstm_core.data.tagged.reading.joining import join_tagged
from lstm_core.data.tagged.reading.source import TaggedSource
from lstm_core.data.tagged.words import WordCut
from lstm_core.errors import DataError

_REMARKS = ("readme", "license", "licence", "changelog", "citation", "about")
_RUNNING = (".txt", ".text", ".md", "")


@dataclass(frozen=True)
class Asked:
    """What is known of files that a trained model is to be asked about.

    Attributes:
        columns: the columns that the training had; a table that names none of them, and whose
            lines are not words with a tag each, is running text.
        is_words: whether a step is a word.
        cut: how running text is cut into words.
    """

    columns: tuple[str, ...]
    is_words: bool
    cut: WordCut | None = None


def open_tagged(
    files: Sequence[GivenFile], *, header: bool | None = None, asked: Asked | None = None
) -> TaggedSource:
    """Return all that the files hold, before anything has a part.

    Read are CoNLL and its like, tables (CSV, TSV, Excel) with a row for each step, and JSON with
    lists of words and tags or with marked texts, each plain, under gzip or in a ZIP. Several
    files are parts of one collection; their names may say which.

    Args:
        header: whether the first row of a table holds names; None: found from the rows.
        asked: for new sequences, which need no tags and may be running text.

    Raises:
        DataError: nothing of this, damaged, too large, or files that don't belong together.
    """
    unpacked, notes = unpack_files(files)
    remarks = [file for file in unpacked if file.stem.lower() in _REMARKS]
    if len(remarks) < len(unpacked):
        unpacked = [file for file in unpacked if file not in remarks]
    sources = [
        read_one(file, header=header, asked=asked) for file in unpacked if file.content.strip()
    ]
    source = join_tagged(sources, files[0].name)
    return replace(source, notes=(*notes, *source.notes))


def read_one(
    file: GivenFile, *, header: bool | None = None, asked: Asked | None = None
) -> TaggedSource:
    """Read one file, by what it holds first and by its name second.

    Raises:
        DataError: it can't be read.
    """
    if is_zip(file.content) and is_office(file.content):
        return read_tagged_workbook(file.content, file.name, header=header)
    text, notes = decode_file(file.content, file.name)
    if looks_like_ts(text) or looks_like_arff(text) or (file.is_fasta or looks_like_fasta(text)):
        raise DataError(
            f'The file "{file.name[:80]}" has one label for each sequence, not a tag for each '
            "step.",
            "Bring words with a tag each, or learn to sort sequences instead.",
        )
    source = _read_text(text, file, header, asked)
    return replace(source, notes=(*notes, *source.notes))


def _read_text(
    text: str, file: GivenFile, header: bool | None, asked: Asked | None
) -> TaggedSource:
    if file.is_json or _looks_like_json(text, file):
        return read_json_sequences(text, file.name, asked.cut if asked else None)
    is_named = file.ending in ENDINGS
    if asked is not None and asked.is_words:
        if is_named or (not file.is_table and _has_known_columns(text, file, asked)):
            return _read_columns(text, file, header)
        if not file.is_table and not _names_a_column(text, asked):
            return read_sentences(text, file.name, asked.cut)
    elif looks_like_conll(text, is_named=is_named) or is_named:
        return _read_columns(text, file, header)
    return read_tagged_table(text, file.name, header=header)


def _read_columns(text: str, file: GivenFile, header: bool | None) -> TaggedSource:
    return read_conll(text, file.name, header=header)


def _has_known_columns(text: str, file: GivenFile, asked: Asked) -> bool:
    """Whether lines have columns as in training, rather than being sentences by chance alike."""
    if not looks_like_conll(text):
        return False
    first = next((line for line in text.split("\n") if line.strip()), "")
    return "\t" in first or file.ending not in _RUNNING or len(first.split()) <= 4


def _names_a_column(text: str, asked: Asked) -> bool:
    first = text.lstrip("\n").partition("\n")[0]
    for mark in "\t;,|":
        if set(asked.columns) & {cell.strip(' "\r') for cell in first.split(mark)}:
            return True
    return False


def _looks_like_json(text: str, file: GivenFile) -> bool:
    beginning = text[:500].lstrip()
    return (
        not file.is_table
        and file.ending not in ENDINGS
        and beginning.startswith(('{"', "[{", '[["', "[\n"))
    )
