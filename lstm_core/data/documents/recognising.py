"""How much speaks for files holding running text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from lstm_core.data.documents.reading.opening import is_table, open_documents
from lstm_core.data.documents.reading.source import DocumentSource
from lstm_core.data.documents.reading.understanding import understand_documents
from lstm_core.data.excerpt import cut_lines
from lstm_core.data.items.reading.columns.facts import ColumnFacts
from lstm_core.data.items.reading.columns.vocabulary import rank_label_name
from lstm_core.data.items.reading.files import GivenFile
from lstm_core.data.items.reading.formats.archives import is_zip, unpack_files
from lstm_core.data.items.reading.formats.arff import looks_like_arff
from lstm_core.data.items.reading.formats.fasta import looks_like_fasta
from lstm_core.data.items.reading.formats.ts_format import looks_like_ts
from lstm_core.errors import DataError

_SURE, _LIKELY, _POSSIBLE, _HARDLY = 0.95, 0.7, 0.3, 0.1
_MOST_BYTES = 300_000
_MOST_FILES = 12
_LONG_DOCUMENT = 2_000
_LONG_CELL = 300
_FEWEST_LETTERS = 0.5
_MOST_DIGITS = 0.15
_NUM_LINES = 400


def rate_documents(files: Sequence[GivenFile]) -> float:
    """Return 0 for what holds no running text, more where much speaks for it, from 0 to 1.

    Tables of labelled texts, words with their tags and columns of numbers are text files as well:
    what has a column of its own, a label or a tag, is somebody else's.

    Args:
        files: only the beginning of long ones, and of many the first, are read.
    """
    try:
        unpacked, _ = unpack_files(files)
        shown = [_shorten(file) for file in unpacked[:_MOST_FILES]]
        source = open_documents(shown)
        found = understand_documents(source)
    except DataError:
        return 0.0
    if source.is_files:
        return _rate_texts(source, len(unpacked))
    column = next(each for each in found.columns if each.name == found.spec.columns["text"])
    return _rate_table(column, found.columns)


def _rate_texts(source: DocumentSource, num_files: int) -> float:
    texts = source.frame["text"].tolist()
    ratings = [_rate_text(text) for text in texts]
    rating = float(np.median(ratings))
    lengths = [len(text) for text in texts]
    if num_files > 1 and np.median(lengths) < _LONG_DOCUMENT:
        # Short texts in folders are mostly there to be told apart.
        rating = min(rating, _POSSIBLE if "group" in source.hints else _LIKELY)
    return rating


def _rate_text(text: str) -> float:
    """Rate one text by its lines: running text has letters, and no columns."""
    if looks_like_ts(text) or looks_like_arff(text) or looks_like_fasta(text):
        return 0.0
    plain = "".join(text[:_MOST_BYTES].split())
    if not plain:
        return 0.0
    letters = sum(sign.isalpha() for sign in plain) / len(plain)
    digits = sum(sign.isdigit() for sign in plain) / len(plain)
    if letters < _FEWEST_LETTERS or digits > _MOST_DIGITS:
        return _HARDLY if letters > digits else 0.0
    lines = [line for line in text.split("\n") if line.strip()][:_NUM_LINES]
    if sum(line.startswith("__label__") for line in lines) > len(lines) / 2:
        return 0.0
    if _have_columns(lines) or _are_tagged(lines):
        return _HARDLY
    return _SURE if len(text) >= _LONG_DOCUMENT else _LIKELY


def _have_columns(lines: Sequence[str]) -> bool:
    """Whether nearly all lines have the same number of tabs, semicolons or commas, and some."""
    if len(lines) < 3:
        return False
    for mark in ("\t", ";", "|", ","):
        counts = np.array([line.count(mark) for line in lines])
        usual = int(np.median(counts))
        if usual and (counts == usual).mean() >= (0.6 if mark == "\t" else 0.9):
            return True
    return False


def _are_tagged(lines: Sequence[str]) -> bool:
    """Whether lines are a word with a tag, in as many columns all along."""
    if len(lines) < 3:
        return False
    widths = np.array([len(re.split(r"[ \t]+", line.strip())) for line in lines])
    usual = int(np.median(widths))
    return usual >= 2 and (widths == usual).mean() >= 0.9


def _rate_table(text: ColumnFacts, columns: Sequence[ColumnFacts]) -> float:
    """Rate a table: long cells and no label beside them are what is written on from."""
    others = [each for each in columns if each.name != text.name]
    if any(rank_label_name(each.name) >= 2 for each in others):
        return _HARDLY
    if sum(each.is_number for each in others) > 2 or any(each.is_time for each in others):
        return _POSSIBLE if text.characters >= _LONG_CELL else _HARDLY
    if text.characters >= _LONG_CELL:
        return _LIKELY
    return _POSSIBLE if not others else _HARDLY


def _shorten(file: GivenFile) -> GivenFile:
    """Leave out the end of a long text; a workbook and JSON of one document stay whole."""
    if is_zip(file.content) or file.content[:20].lstrip().startswith(b"["):
        return file
    short = cut_lines(file.content, _MOST_BYTES)
    if len(short) > 2 * _MOST_BYTES and not is_table(file):  # one endless line
        short = short[:_MOST_BYTES].decode("utf-8", "ignore").encode()
    return replace(file, content=short)
