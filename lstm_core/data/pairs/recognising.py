"""How much speaks for files holding pairs of texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lstm_core.data.excerpt import cut_lines
from lstm_core.data.items.reading.columns.facts import ColumnFacts
from lstm_core.data.items.reading.columns.vocabulary import rank_label_name
from lstm_core.data.items.reading.files import GivenFile
from lstm_core.data.items.reading.formats.archives import is_zip, unpack_files
from lstm_core.data.pairs.reading.columns.names import find_language, rank_side
from lstm_core.data.pairs.reading.columns.understanding import PairUnderstanding, understand_pairs
from lstm_core.data.pairs.reading.formats.tmx import looks_like_tmx
from lstm_core.data.pairs.reading.opening import open_pairs
from lstm_core.data.pairs.reading.source import PairSource
from lstm_core.errors import DataError

_TOLD_BY_FORMAT, _SURE, _LIKELY, _POSSIBLE = 0.97, 0.93, 0.75, 0.3
_MOST_FILES = 12
_MOST_BYTES = 300_000
_VARIES = 0.5
_FEWEST_ROWS = 8
_GOES_ALONG = 0.5
_SURELY_NAMED = 2
_NUM_CELLS = 200
_MARKUP = (".md", ".markdown", ".rst")


def rate_pairs(files: Sequence[GivenFile]) -> float:
    """Return 0 for what holds no pairs of texts, more where much speaks for it, from 0 to 1.

    A text beside a column of few values is a label's, and numbers beside a calendar are a series:
    only two columns that both vary line by line, and whose lengths or names go together, are pairs.

    Args:
        files: only the beginning of long ones, and of many the first, are read.
    """
    try:
        unpacked, _ = unpack_files(files)
        source = open_pairs([_shorten(file) for file in unpacked[:_MOST_FILES]])
        found = understand_pairs(source)
    except DataError:
        return 0.0
    if source.form == "tmx":
        return _TOLD_BY_FORMAT
    if any(file.ending in _MARKUP for file in unpacked):
        return 0.0  # a table in a page of prose
    if source.form == "parallel":
        named = all(
            find_language(hint.column) or rank_side(hint.column)
            for part, hint in source.hints.items()
            if part != "split"
        )
        return _SURE if named else _LIKELY if found.likeness > _GOES_ALONG else _POSSIBLE
    return _rate_table(source, found)


def _rate_table(source: PairSource, found: PairUnderstanding) -> float:
    sides = [
        next(each for each in found.columns if each.name == name)
        for name in (found.spec.given, found.spec.wanted)
    ]
    others = [each for each in found.columns if each not in sides]
    # A column of labels has few values; numbers and dates without a word are a series.
    varies = all(each.share_distinct >= _VARIES for each in sides)
    is_series = not _has_words(source, sides) or any(
        each.is_time and not each.is_number for each in others
    )
    is_wide = sum(each.is_number and not each.is_whole for each in others) > 1
    if sides[0].num_rows < _FEWEST_ROWS or is_series or is_wide:
        return 0.0
    if any(
        rank_label_name(each.name) >= _SURELY_NAMED and each.share_distinct < 1 for each in others
    ):
        return 0.1
    if any(each.is_number for each in sides) and found.likeness < _GOES_ALONG:
        return 0.0
    names = [each.name for each in sides]
    are_languages = all(find_language(name) for name in names)
    are_sides = rank_side(names[0]) < 0 and rank_side(names[1]) > 0
    if not varies:
        return _POSSIBLE if are_languages or are_sides else 0.1
    if are_languages or are_sides:
        return _SURE
    running = all(each.words >= 3 for each in sides)
    if found.likeness > _GOES_ALONG:
        return _SURE if running or len(others) == 0 else _LIKELY
    return _POSSIBLE


def _has_words(source: PairSource, sides: Sequence[ColumnFacts]) -> bool:
    """Whether most cells of a side hold letters."""
    cells = [source.frame[each.name].head(_NUM_CELLS) for each in sides]
    return any(side.str.contains(r"[^\W\d_]{2}").mean() > 0.5 for side in cells)


def _shorten(file: GivenFile) -> GivenFile:
    """Leave out the end of a long table; two sides, cut, would seem unequal, and stay whole."""
    if is_zip(file.content) or looks_like_tmx(file.content):
        return file
    if file.content[:20].lstrip().startswith(b"["):
        return file
    if file.is_table:
        return replace(file, content=cut_lines(file.content, _MOST_BYTES))
    return file
