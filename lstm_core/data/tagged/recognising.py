"""How much speaks for files holding sequences with a tag for each step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from lstm_core.data.excerpt import cut_lines
from lstm_core.data.items.reading.building.contents import find_column
from lstm_core.data.items.reading.files import GivenFile
from lstm_core.data.items.reading.formats.archives import is_zip, unpack_files
from lstm_core.data.tagged.reading.building.cutting import cut_sequences
from lstm_core.data.tagged.reading.columns.names import names_token, rank_tag_name
from lstm_core.data.tagged.reading.columns.roles import has_scheme
from lstm_core.data.tagged.reading.columns.understanding import (
    TaggedUnderstanding,
    understand_tagged,
)
from lstm_core.data.tagged.reading.opening import open_tagged
from lstm_core.data.tagged.reading.source import TaggedSource
from lstm_core.errors import DataError

_TOLD_BY_FORMAT, _SURE, _STREAM, _LIKELY, _POSSIBLE = 0.97, 0.96, 0.92, 0.72, 0.3
_SURELY_NAMED = 2
_MOST_FILES = 12
_MOST_BYTES = 300_000
_FEWEST_CHANGES = 4


def rate_tagged(files: Sequence[GivenFile]) -> float:
    """Return 0 for what holds no tagged sequences, more where much speaks for it, from 0 to 1.

    Tables of labelled items and tables over time have columns of few values as well: there, only
    a tag that is called so and that changes within recordings speaks for tagged steps.

    Args:
        files: only the beginning of long ones, and of many the first, are read.
    """
    try:
        unpacked, _ = unpack_files(files)
        source = open_tagged([_shorten(file) for file in unpacked[:_MOST_FILES]])
        found = understand_tagged(source)
    except DataError:
        return 0.0
    if find_column(found.spec.tag) is None:
        return 0.0
    if found.spec.content == "words":
        return _rate_words(source, found)
    return _rate_numbers(source, found)


def _rate_words(source: TaggedSource, found: TaggedUnderstanding) -> float:
    tag = str(found.spec.tag)
    is_marked = has_scheme(source.frame[tag])
    is_named = names_token(str(found.spec.token)) and rank_tag_name(tag) >= _SURELY_NAMED
    is_told = source.begins is not None or find_column(found.spec.item) is not None
    if source.form == "objects" and (is_marked or is_named):
        return _TOLD_BY_FORMAT
    if source.form == "columns":
        if is_marked or "FORM" in source.frame.columns:
            return _TOLD_BY_FORMAT
        return _LIKELY if is_told else _POSSIBLE
    if is_marked or (is_named and is_told):
        return _SURE
    return _LIKELY if is_named else _POSSIBLE


def _rate_numbers(source: TaggedSource, found: TaggedUnderstanding) -> float:
    """Rate a table of numbers: tags have to change, and stay for a while, within recordings."""
    tag = str(found.spec.tag)
    cells = source.frame[tag]
    others = [name for name in (find_column(found.spec.group),) if name]
    cut = cut_sequences(source, find_column(found.spec.item), others, "")
    values = cells.to_numpy(dtype=object)[cut.stretches.order]
    changes = values[1:] != values[:-1]
    within = np.ones(len(changes), dtype=bool)
    within[np.cumsum(cut.stretches.lengths)[:-1] - 1] = False
    num_changes = int((changes & within).sum())
    if num_changes < min(_FEWEST_CHANGES, cells.nunique()):
        return 0.0
    stays = num_changes < 0.25 * len(values)
    has_calendar = any(each.is_time and not each.is_number for each in found.columns)
    is_named = rank_tag_name(tag) >= _SURELY_NAMED
    if has_calendar or not stays:
        return _POSSIBLE
    if not is_named:
        return _POSSIBLE
    # Whoever does one thing after another, each once, may as well be an item for each.
    recordings = np.repeat(np.arange(len(cut.ids)), cut.stretches.lengths)
    num_pairs = len(set(zip(recordings.tolist(), values.tolist(), strict=True)))
    return _STREAM if num_changes + len(cut.ids) > 2 * num_pairs else _LIKELY


def _shorten(file: GivenFile) -> GivenFile:
    """Leave out the end of a long text; archives, and JSON that is one document, stay whole."""
    if is_zip(file.content) or file.content[:20].lstrip().startswith(b"["):
        return file
    return replace(file, content=cut_lines(file.content, _MOST_BYTES))
