"""Files that are a text each, and what their paths say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from lstm_core.data.documents.reading.cleaning import clean_text
from lstm_core.data.documents.reading.source import DocumentSource
from lstm_core.data.items.reading.columns.vocabulary import find_part
from lstm_core.data.items.reading.files import GivenFile
from lstm_core.data.items.reading.formats.decoding import decode_file
from lstm_core.data.items.reading.formats.encodings import find_encoding
from lstm_core.data.items.reading.source import Hint
from lstm_core.data.wording import count_words
from lstm_core.errors import DataError

_MOST_NULS = 0.01
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
REMEDY = (
    "Bring running text as .txt or Markdown, a table with a column of texts (CSV, TSV, Excel, "
    "JSON lines), or a ZIP of texts; save a PDF or a Word document as plain text first."
)


def read_texts(files: Sequence[GivenFile], name: str) -> DocumentSource:
    """Return a row a file: its name, its text, its folder, and the part that its path speaks of.

    Raises:
        DataError: none of them is text.
    """
    kept: list[GivenFile] = []
    texts: list[str] = []
    notes: list[str] = []
    refused: list[tuple[GivenFile, DataError]] = []
    for file in files:
        try:
            text, told = decode_text(file)
        except DataError as error:
            refused.append((file, error))
            continue
        texts.append(text)
        kept.append(file)
        notes += told if len(files) == 1 else [f'In "{file.name[:60]}": {each}' for each in told]
    if not kept:
        raise refused[0][1]
    if len(files) > 1:
        notes = [f"{count_words(len(kept), 'file')} were read, each as one text.", *notes[:20]]
    if refused:
        notes.append(
            f"{count_words(len(refused), 'file')} that is no text left out, such as "
            f'"{refused[0][0].name[:60]}".'
        )
    columns, hints = _describe_paths(kept)
    frame = pd.DataFrame(columns | {"text": texts}, dtype="str")
    hints["text"] = Hint("text", "Each file holds one text.")
    return DocumentSource(frame, name, is_files=True, hints=hints, notes=tuple(notes))


def decode_text(file: GivenFile) -> tuple[str, list[str]]:
    """Return a file's text, clean, and what was done to it.

    A few NULs between letters, as some programs leave them, go; what is full of them is no text.

    Raises:
        DataError: it is no text.
    """
    content = file.content
    if not content.strip():
        return "", []
    notes: list[str] = []
    num_nuls = content.count(b"\0")
    is_utf16 = content.startswith(_UTF16) or (num_nuls and find_encoding(content) is not None)
    if num_nuls and not is_utf16 and num_nuls <= max(1.0, _MOST_NULS * len(content)):
        file = replace(file, content=content.replace(b"\0", b""))
        notes.append(f"{count_words(num_nuls, 'NUL sign')} left out.")
    try:
        text, told = decode_file(file.content, file.name)
    except DataError as error:
        raise DataError(error.what, REMEDY) from error
    notes += told
    clean = clean_text(text)
    if len(clean) != len(text):
        notes.append("Letters that were written as a letter and a mark were made one sign.")
    return clean, notes


def _describe_paths(files: Sequence[GivenFile]) -> tuple[dict[str, list[str]], dict[str, Hint]]:
    """Return columns of what paths say: a folder with several texts is a group."""
    stems = [file.stem for file in files]
    names = [file.name for file in files]
    columns = {"file": stems if len(set(stems)) == len(stems) else names}
    hints = {"item": Hint("file", "It is the file's name.")}
    parts = [find_part(name) for name in names]
    if None not in parts and "train" in parts and len(set(parts)) > 1:
        columns["part"] = [str(part) for part in parts]
        hints["split"] = Hint("part", "The files' names say it.")
    folders = ["/".join(file.folders) for file in files]
    counts = Counter(folder for folder in folders if folder)
    if "split" not in hints and len(counts) > 1 and max(counts.values()) > 1:
        columns["folder"] = folders
        hints["group"] = Hint("folder", "Texts of one folder may be of one author or book.")
    return columns, hints
