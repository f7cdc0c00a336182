"""JSON lines, and a list of objects as one JSON document."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from lstm_core.data.items.reading.formats.heading import name_columns
from lstm_core.data.items.reading.source import ItemSource
from lstm_core.data.items.signals import Signals
from lstm_core.data.wording import count_words
from lstm_core.errors import DataError

_WORST_SHARE = 0.02
_MOST_COLUMNS = 2_000
_MOST_LEVELS = 8


def read_json_items(text: str, name: str) -> ItemSource:
    """Return a row an object; fields of fields are named ``outer.inner``.

    A field that holds a list of numbers, or a list of such lists (a row a step), becomes the
    objects' signals; a list of words becomes a text.

    Raises:
        DataError: no JSON, or no objects in it.
    """
    objects, notes = read_objects(text, name)
    rows = [dict(_flatten(each)) for each in objects]
    names = list(dict.fromkeys(key for row in rows for key in row))
    if len(names) > _MOST_COLUMNS:
        raise DataError(
            f'The objects of "{name[:80]}" have {len(names):,} different fields.',
            "Give each item a text or a list of numbers, and a label.",
        )
    lists = [key for key in names if _holds_numbers([row.get(key) for row in rows])]
    signals = None
    if len(lists) == 1:
        signals = _read_signals([row.get(lists[0]) for row in rows], lists[0], name)
    elif lists:
        signals = _join_channels(rows, lists, name)
    columns = {key: [write_cell(row.get(key)) for row in rows] for key in names if key not in lists}
    titles, told = name_columns(list(columns), len(columns))
    frame = pd.DataFrame(dict(zip(titles, columns.values(), strict=True)), dtype="str")
    if not columns:
        frame = pd.DataFrame(index=range(len(rows)))
    return ItemSource(
        frame,
        name,
        signals=signals,
        content="numbers" if signals is not None else None,
        notes=(*notes, *told),
    )


def read_objects(text: str, name: str) -> tuple[list[dict[str, Any]], list[str]]:
    """Return the objects of a document or of its lines, and what of it was left out.

    Raises:
        DataError: no JSON, or no objects in it.
    """
    try:
        found = json.loads(text)
    except RecursionError as error:
        raise _refuse(name, "is nested too deeply") from error
    except ValueError:
        return _read_lines(text, name)
    if isinstance(found, dict):
        lists = [value for value in found.values() if _is_objects(value)]
        if len(lists) == 1:
            found = lists[0]
        elif found and all(isinstance(value, dict) for value in found.values()):
            found = [{"key": key} | value for key, value in found.items()]
        elif found and _is_columns(found):
            keys = list(found)
            found = [dict(zip(keys, row, strict=True)) for row in zip(*found.values(), strict=True)]
        else:
            found = [found]
    if not _is_objects(found):
        raise _refuse(name, "holds no list of objects")
    return found, []


def _read_lines(text: str, name: str) -> tuple[list[dict[str, Any]], list[str]]:
    objects: list[dict[str, Any]] = []
    bad: list[int] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            found = json.loads(line)
        except (ValueError, RecursionError):
            found = None
        if isinstance(found, dict):
            objects.append(found)
        else:
            bad.append(number)
    if not objects or len(bad) > max(1, _WORST_SHARE * len(objects)):
        raise _refuse(name, f"is no JSON in line {bad[0]:,}" if bad else "holds no objects")
    if not bad:
        return objects, []
    return objects, [f"{count_words(len(bad), 'line')} that is no JSON left out: line {bad[0]:,}."]


def _is_objects(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(e, dict) for e in value)


def _is_columns(found: dict[str, Any]) -> bool:
    """Whether each field is a column: lists, all of one length above 1, one of them of text."""
    lists = [value for value in found.values() if isinstance(value, list)]
    return (
        len(lists) == len(found) > 1
        and len({len(value) for value in lists}) == 1
        and len(lists[0]) > 1
        and any(isinstance(value[0], str) for value in lists)
    )


def _flatten(found: dict[str, Any], before: str = "", level: int = 0) -> list[tuple[str, Any]]:
    flat: list[tuple[str, Any]] = []
    for key, value in found.items():
        if isinstance(value, dict) and level < _MOST_LEVELS:
            flat += _flatten(value, f"{before}{key}.", level + 1)
        else:
            flat.append((f"{before}{key}", value))
    return flat


def write_cell(value: Any) -> str:
    """Return a value as a cell of text; ``""`` for null and for objects."""
    if value is None:
        return ""
    if isinstance(value, str):
        # Half a character, which JSON can spell, is none that could be stored.
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace").strip()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return " ".join(write_cell(each) for each in value if not isinstance(each, list | dict))
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return "" if isinstance(value, dict) else str(value)


def _is_number(value: Any) -> bool:
    return value is None or (isinstance(value, int | float) and not isinstance(value, bool))


def _holds_numbers(values: Sequence[Any]) -> bool:
    given = [value for value in values if value is not None]
    if not given or not all(isinstance(value, list) for value in given):
        return False
    steps = [step for value in given[:200] for step in value[:20]]
    return bool(steps) and all(
        _is_number(step) or (isinstance(step, list) and all(map(_is_number, step)))
        for step in steps
    )


def _read_signals(values: Sequence[Any], field: str, name: str) -> Signals:
    items = [_read_rows(value, number, name) for number, value in enumerate(values, start=1)]
    widths = {item.shape[1] for item in items if len(item)}
    if len(widths) > 1:
        raise DataError(
            f'The signals of "{name[:80]}" have {min(widths)} to {max(widths)} channels.',
            "Give every item the same channels: a list for each step, or one number a step.",
        )
    width = widths.pop() if widths else 1
    items = [item if len(item) else np.empty((0, width)) for item in items]
    channels = [field] if width == 1 else [f"{field} {number + 1}" for number in range(width)]
    return Signals.from_items(items, channels)


def _join_channels(rows: Sequence[dict[str, Any]], lists: Sequence[str], name: str) -> Signals:
    """Make a channel of each field that holds a list of numbers."""
    items = []
    for number, row in enumerate(rows, start=1):
        parts = [_read_rows(row.get(key), number, name) for key in lists]
        if len({len(part) for part in parts}) > 1 or any(part.shape[1] != 1 for part in parts):
            raise DataError(
                f"The channels of item {number:,} have unequal lengths.",
                "Give each channel of an item as many numbers as the others.",
            )
        items.append(np.concatenate(parts, axis=1))
    return Signals.from_items(items, lists)


def _read_rows(value: Any, number: int, name: str) -> np.ndarray:
    """Return ``(steps, channels)``; null becomes NaN."""
    if not value:
        return np.empty((0, 1))
    try:
        rows = np.array(value, dtype=np.float64)
    except (ValueError, TypeError, OverflowError) as error:
        raise DataError(
            f'Item {number:,} of "{name[:80]}" is no even list of numbers.',
            "Give every step the same number of channels, and numbers alone.",
        ) from error
    return rows[:, None] if rows.ndim == 1 else rows.reshape(len(rows), -1)


def _refuse(name: str, what: str) -> DataError:
    return DataError(
        f'The file "{name[:80]}" {what}.',
        'Write an object on each line, such as {"text": "…", "label": "…"}.',
    )
