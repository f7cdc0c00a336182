"""How much speaks for files holding labelled sequences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lstm_core.data.excerpt import cut_lines
from lstm_core.data.items.reading.columns.findings import Understanding
from lstm_core.data.items.reading.columns.understanding import understand_items
from lstm_core.data.items.reading.columns.vocabulary import names_text, rank_label_name
from lstm_core.data.items.reading.files import GivenFile
from lstm_core.data.items.reading.formats.archives import is_zip, unpack_files
from lstm_core.data.items.reading.opening import open_items
from lstm_core.data.items.reading.source import ItemSource
from lstm_core.errors import DataError

_TOLD_BY_FORMAT, _SURE, _LIKELY, _POSSIBLE = 0.95, 0.9, 0.6, 0.3
_SURELY_NAMED = 2
_MANY_ITEMS = 20
_MANY_WORDS = 4
_MANY_CHARACTERS = 20


def rate_items(files: Sequence[GivenFile]) -> float:
    """Return 0 for what holds no labelled sequences, more where much speaks for it, from 0 to 1.

    A table of times and numbers has columns that could be labels as well: there, only a column
    that is called so, or items without a calendar, speak for sequences that are to be told apart.

    Args:
        files: only the beginning of long tables is read.
    """
    try:
        unpacked, _ = unpack_files(files)
        source = open_items([_shorten(file) for file in unpacked])
        found = understand_items(source)
    except DataError:
        return 0.0
    if source.signals is not None or source.content is not None:
        return _TOLD_BY_FORMAT
    if found.spec.label is None:
        return 0.0
    if found.spec.content == "numbers":
        return _rate_numbers(source, found)
    if found.spec.content == "symbols":
        return _SURE if found.spec.alphabet != "any" else _LIKELY
    return _rate_texts(source, found)


def _rate_texts(source: ItemSource, found: Understanding) -> float:
    """Dates in words and amounts with their units are texts as well: sentences speak for more.

    Beside dates, short texts are what an account or a diary calls its lines.
    """
    text = next(each for each in found.columns if each.name == found.spec.text)
    label = next((each for each in found.columns if each.name == found.spec.label), None)
    is_named = rank_label_name(found.spec.label or "") >= _SURELY_NAMED
    if label is not None and label.num_distinct == label.num_rows and not is_named:
        return _POSSIBLE  # a title each, not a label
    is_long = text.words >= _MANY_WORDS and text.characters >= _MANY_CHARACTERS
    cells = "".join(source.frame[text.name].head(_MANY_ITEMS))
    num_letters = sum(letter.isalpha() for letter in cells)
    has_calendar = any(each.is_time and not each.is_number for each in found.columns)
    is_told = names_text(text.name) and (is_long or not has_calendar)
    if is_told or (is_long and num_letters > len(cells) / 2):
        return _SURE
    return _LIKELY if is_named else _POSSIBLE


def _rate_numbers(source: ItemSource, found: Understanding) -> float:
    label = found.spec.label or ""
    is_named = rank_label_name(label) >= _SURELY_NAMED
    has_calendar = any(each.is_time and not each.is_number for each in found.columns)
    num_items = next((each.num_rows for each in found.columns), 0)
    if found.spec.layout == "wide":
        if has_calendar:
            return _POSSIBLE
        return _SURE if is_named else _LIKELY
    if has_calendar or num_items < _MANY_ITEMS:
        return _LIKELY if is_named and num_items >= _MANY_ITEMS else _POSSIBLE
    return _SURE if is_named else _LIKELY


def _shorten(file: GivenFile) -> GivenFile:
    """Leave out the end of a long text; a workbook, which is an archive, stays whole."""
    return file if is_zip(file.content) else replace(file, content=cut_lines(file.content))
