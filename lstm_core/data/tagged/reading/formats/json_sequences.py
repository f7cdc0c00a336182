"""JSON of tagged sequences: a list of words beside a list of tags, or a text beside its spans."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from lstm_core.data.items.reading.formats.json_lines import read_objects, write_cell
from lstm_core.data.items.reading.source import Hint
from lstm_core.data.tagged.reading.columns.names import names_sentence, names_tag, names_token
from lstm_core.data.tagged.reading.formats.spans import Span, SpanRepairs, read_spans, tag_text
from lstm_core.data.tagged.reading.source import TaggedSource
from lstm_core.data.tagged.words import WordCut
from lstm_core.data.wording import count_words
from lstm_core.errors import DataError

_MOST_FIELDS = 200
_MOST_CHANNELS = 500
_NUM_SAMPLE = 200
_MANY = 0.9
_TOKEN, _TAG = "token", "tag"

Objects = Sequence[dict[str, Any]]


def read_json_sequences(text: str, name: str, cut: WordCut | None = None) -> TaggedSource:
    """Return a row a step, an object a sequence; what an object says once stands in all its rows.

    Args:
        cut: of texts with spans, and of mere texts; None: words and marks apart.

    Raises:
        DataError: no objects, none with a list or a text, or lists of unequal lengths.
    """
    objects, notes = _read(text, name)
    cut = cut or WordCut()
    lists = _find_lists(objects)
    if lists and (any(map(names_token, lists)) or len(lists) > 1):
        return _read_lists(objects, lists, name, notes)
    written = _find_text(objects)
    spans = _find_spans(objects)
    if written is not None:
        return _read_texts(objects, written, spans, name, notes, cut)
    if lists:
        return _read_lists(objects, lists, name, notes)
    raise DataError(
        f'No object of "{name[:80]}" has a list of words, or a text with marked stretches.',
        'Write objects such as {"tokens": ["To", "Rome"], "tags": ["O", "B-city"]}.',
    )


def _read(text: str, name: str) -> tuple[list[dict[str, Any]], list[str]]:
    if text[:200].replace(" ", "").replace("\n", "").startswith('[["'):
        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            found = None
        pairs = _read_pairs(found)
        if pairs is not None:
            return pairs, []
    objects, notes = read_objects(text, name)
    if len(objects) == 1:
        objects = _unfold(objects[0])
    return objects, notes


def _read_pairs(found: Any) -> list[dict[str, Any]] | None:
    """Return ``[text, {"entities": …}]`` as objects; None where a list holds something else."""
    are_pairs = isinstance(found, list) and all(
        isinstance(each, list)
        and len(each) == 2
        and isinstance(each[0], str)
        and isinstance(each[1], dict)
        for each in found
    )
    return [{"text": each[0], **each[1]} for each in found] if are_pairs else None


def _unfold(found: dict[str, Any]) -> list[dict[str, Any]]:
    """Return an object a sequence of one object whose fields hold a list for each sequence."""
    columns = {
        key: value
        for key, value in found.items()
        if isinstance(value, list) and value and all(isinstance(each, list) for each in value)
    }
    if not any(_holds_cells(each) for value in columns.values() for each in value[:1]):
        return [found]
    if not any(map(names_token, columns)) or len({len(each) for each in columns.values()}) != 1:
        return [found]
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _find_lists(objects: Objects) -> list[str]:
    """Return the fields that hold a value for each step in most objects."""
    sample = objects[:_NUM_SAMPLE]
    names = list(dict.fromkeys(key for each in sample for key in each))[:_MOST_FIELDS]
    found = []
    for key in names:
        given = [each[key] for each in sample if each.get(key) is not None]
        lists = [value for value in given if _holds_cells(value) or _holds_rows(value)]
        if lists and len(lists) >= _MANY * len(given) and any(lists):
            found.append(key)
    return found


def _holds_cells(value: Any) -> bool:
    return isinstance(value, list) and all(
        each is None or isinstance(each, str | int | float) for each in value[:_NUM_SAMPLE]
    )


def _holds_rows(value: Any) -> bool:
    """Whether a list holds a list of numbers for each step."""
    return (
        isinstance(value, list)
        and bool(value)
        and all(
            isinstance(each, list)
            and 0 < len(each) <= _MOST_CHANNELS
            and all(cell is None or isinstance(cell, int | float) for cell in each)
            for each in value[:_NUM_SAMPLE]
        )
    )


def _read_lists(
    objects: Objects, lists: Sequence[str], name: str, notes: Sequence[str]
) -> TaggedSource:
    main = next((key for key in lists if names_token(key)), lists[0])
    sizes = [len(value) if isinstance(value := each.get(main), list) else 0 for each in objects]
    kept = [key for key in lists if key == main or _fits(objects, key, sizes, name, main)]
    columns: dict[str, list[str]] = {}
    for key in kept:
        columns |= _spread(objects, key, sizes, name)
    rows = np.repeat(np.arange(len(objects)), sizes)
    once = [key for key in _list_scalars(objects) if key not in columns]
    for key in once:
        cells = np.array([write_cell(each.get(key)) for each in objects], dtype=object)
        columns[key] = cells[rows].tolist()
    frame = pd.DataFrame(columns, dtype="str")
    told = list(notes)
    if num_empty := sizes.count(0):
        told.append(f"Objects without any step left out: {num_empty:,}.")
    hints = {}
    if names_token(main) and main in frame.columns:
        hints["token"] = Hint(main, "It holds a list of words.")
    return _make_source(frame, name, sizes, hints, told)


def _fits(objects: Objects, key: str, sizes: Sequence[int], name: str, main: str) -> bool:
    """Whether a field has a value for each step; one that is called a tag has to."""
    bad = [
        number
        for number, (each, size) in enumerate(zip(objects, sizes, strict=True))
        if each.get(key) is not None and (not isinstance(each[key], list) or len(each[key]) != size)
    ]
    if not bad:
        return True
    if not names_tag(key) and len(bad) > (1 - _MANY) * len(objects):
        return False
    value = objects[bad[0]][key]
    size = len(value) if isinstance(value, list) else 0
    raise DataError(
        f'In object {bad[0] + 1:,} of "{name[:80]}", "{key[:40]}" has '
        f'{count_words(size, "value")} and "{main[:40]}" has {sizes[bad[0]]:,}.',
        "Give each step one tag: both lists have to be equally long.",
    )


def _spread(objects: Objects, key: str, sizes: Sequence[int], name: str) -> dict[str, list[str]]:
    """Return the columns that a field becomes: one, or one for each number of its rows."""
    first = next(each[key] for each in objects if each.get(key))
    if not _holds_rows(first):
        cells: list[str] = []
        for each, size in zip(objects, sizes, strict=True):
            value = each.get(key)
            cells += [write_cell(cell) for cell in value] if value is not None else [""] * size
        return {key: cells}
    width = len(first[0])
    columns: list[list[str]] = [[] for _ in range(width)]
    for number, (each, size) in enumerate(zip(objects, sizes, strict=True), start=1):
        for row in each.get(key) or [[None] * width] * size:
            if not isinstance(row, list) or len(row) != width:
                raise DataError(
                    f'In object {number:,} of "{name[:80]}", steps of "{key[:40]}" don\'t have '
                    f"{count_words(width, 'number')} each.",
                    "Give every step the same number of channels.",
                )
            for column, cell in zip(columns, row, strict=True):
                column.append(write_cell(cell))
    return {f"{key} {number + 1}": column for number, column in enumerate(columns)}


def _list_scalars(objects: Objects) -> list[str]:
    """Return the fields that an object says once: its id, its document, its part."""
    sample = objects[:_NUM_SAMPLE]
    names = list(dict.fromkeys(key for each in sample for key in each))[:_MOST_FIELDS]
    return [
        key
        for key in names
        if all(isinstance(each.get(key), str | int | float | None) for each in sample)
        and not (names_sentence(key) and any(len(str(each.get(key))) > 100 for each in sample))
    ]


def _find_text(objects: Objects) -> str | None:
    """Return the field of running text: the longest one."""
    sizes = {
        key: sum(len(each[key]) for each in objects[:_NUM_SAMPLE] if isinstance(each.get(key), str))
        for key in _list_scalars(objects) + [k for k in objects[0] if names_sentence(k)]
    }
    best = max(sizes, key=lambda key: (names_sentence(key), sizes[key]), default=None)
    return best if best is not None and sizes[best] else None


def _find_spans(objects: Objects) -> str | None:
    """Return the field of marked stretches."""
    sample = objects[:_NUM_SAMPLE]
    for key in dict.fromkeys(key for each in sample for key in each):
        given = [spans for each in sample if key in each and (spans := read_spans(each[key])) != []]
        if given and all(spans is not None for spans in given):
            return key
    return None


def _read_texts(
    objects: Objects, written: str, marked: str | None, name: str, notes: Sequence[str],
    cut: WordCut,
) -> TaggedSource:  # fmt: skip
    """Cut texts into words; stretches that are marked give their tags."""
    repairs = SpanRepairs()
    words: list[str] = []
    tags: list[str] = []
    sizes = []
    for number, each in enumerate(objects, start=1):
        text = write_cell(each.get(written)) if not isinstance(each.get(written), str) else (
            _clean(each[written])
        )  # fmt: skip
        found, told = tag_text(text, _take_spans(each, marked, number, name), cut, repairs)
        words += found
        is_tagged = marked is not None and each.get(marked) is not None
        tags += told if is_tagged else [""] * len(found)
        sizes.append(len(found))
    columns = {_TOKEN: words}
    hints = {"token": Hint(_TOKEN, f'Texts in "{written[:40]}" were cut into words and marks.')}
    if marked is not None:
        columns[_TAG] = tags
        hints["tag"] = Hint(_TAG, f'Stretches in "{marked[:40]}" say it.')
    rows = np.repeat(np.arange(len(objects)), sizes)
    for key in _list_scalars(objects):
        if key not in (written, *columns):
            cells = np.array([write_cell(each.get(key)) for each in objects], dtype=object)
            columns[key] = cells[rows].tolist()
    said = f'Texts in "{written[:40]}" were cut into words and marks.'
    frame = pd.DataFrame(columns, dtype="str")
    return _make_source(frame, name, sizes, hints, [*notes, said, *repairs.tell()])


def _clean(text: str) -> str:
    """Half a character, which JSON can spell, is none that could be stored; places stay."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _take_spans(found: dict[str, Any], marked: str | None, number: int, name: str) -> list[Span]:
    value = found.get(marked) if marked is not None else None
    if value is None:
        return []
    spans = read_spans(value)
    if spans is None:
        raise DataError(
            f'In object {number:,} of "{name[:80]}", "{str(marked)[:40]}" is no list of stretches.',
            'Write [start, stop, "TYPE"] for each, or {"start": 0, "end": 4, "label": "TYPE"}.',
        )
    return spans


def _make_source(
    frame: pd.DataFrame, name: str, sizes: Sequence[int], hints: dict[str, Hint],
    notes: Sequence[str],
) -> TaggedSource:  # fmt: skip
    if frame.empty:
        raise DataError(f'The objects of "{name[:80]}" hold no step.', "Choose a file with words.")
    begins = np.zeros(len(frame), dtype=bool)
    starts = np.cumsum(sizes) - np.array(sizes)
    begins[starts[np.array(sizes) > 0]] = True
    return TaggedSource(frame, name, "objects", begins=begins, hints=hints, notes=tuple(notes))
