"""Columns of text, tidied and taken apart at speed."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

_DASHED_CLOCK = r"^([^:]*\d)\s-\s(\d{1,2}:\d{2}(?::\d{2})?)$"
_FOOTNOTES = ("*", "†")
_NUM_HEAD, _NUM_SPREAD = 60, 240
_ZERO = ord("0")
_WHOLE = frozenset({"one", "two", "year", "month", "day", "hour", "minute", "second"})

Group: TypeAlias = pa.Array | np.ndarray
"""What one part of a form says in each cell: text, or whole numbers where that is known."""


def to_arrow(column: pd.Series) -> pa.Array:
    """Return the cells as they are compared with forms: trimmed, nothing for an empty cell."""
    array = pa.array(column.astype("str"), pa.large_string(), from_pandas=True)
    if isinstance(array, pa.ChunkedArray):
        array = array.combine_chunks()
    if _are_tidy(array):
        return array
    array = pc.utf8_trim_whitespace(array)
    if not pc.all(pc.string_is_ascii(array)).as_py():
        array = pc.utf8_normalize(array, form="NFKC")
        array = pc.utf8_trim_whitespace(pc.replace_substring(array, "−", "-"))
    if len(array) and str(array[0].as_py()).startswith("["):  # as web servers write them
        array = pc.utf8_trim(array, "[]")
    if len(array) and re.search(_DASHED_CLOCK, str(array[0].as_py())):
        array = pc.replace_substring_regex(array, _DASHED_CLOCK, r"\1 \2")
    if len(array) and str(array[-1].as_py()).endswith(_FOOTNOTES):  # what is not final yet
        array = pc.utf8_rtrim(array, "".join(_FOOTNOTES))
    return pc.if_else(pc.equal(array, ""), pa.scalar(None, array.type), array)


def _are_tidy(array: pa.Array) -> bool:
    """Whether all cells are ASCII from a digit to a digit or letter: nothing is to be tidied."""
    offsets, data = bytes_of(array)
    if array.null_count or not len(array) or (offsets[1:] == offsets[:-1]).any():
        return False
    used = data[offsets[0] : offsets[-1]]
    firsts, lasts = data[offsets[:-1]] - np.uint8(_ZERO), data[offsets[1:] - 1]
    is_dashed = re.search(_DASHED_CLOCK, str(array[0].as_py()))
    return bool(used.max() < 0x80 and firsts.max() <= 9 and lasts.min() >= _ZERO) and not is_dashed


def bytes_of(array: pa.Array) -> tuple[np.ndarray, np.ndarray]:
    """Return where in the bytes each cell begins and the last one ends, int64, and the bytes."""
    if not pa.types.is_large_string(array.type):
        array = pc.cast(array, pa.large_string())
    _, starts, content = array.buffers()
    offsets = np.frombuffer(starts, np.int64, len(array) + 1, 8 * array.offset)
    return offsets, np.frombuffer(content if content is not None else b"", np.uint8)


def take_sample(array: pa.Array) -> list[str]:
    """Return cells of the head, the middle and the end of those that are given."""
    length = len(array)
    head = np.arange(min(length, _NUM_HEAD))
    spread = np.linspace(0, length - 1, min(length, _NUM_SPREAD)).astype(np.int64)
    sample = array.take(pa.array(np.unique(np.concatenate([head, spread]))))
    return sample.drop_null().to_pylist()


def extract(array: pa.Array, pattern: str) -> tuple[dict[str, Group], np.ndarray]:
    """Return the groups of a pattern, and whether each cell is of the pattern; ``(rows,)``."""
    found = pc.extract_regex(array, pattern)
    matched = pc.is_valid(found).to_numpy(zero_copy_only=False)
    groups = {
        found.type.field(number).name: pc.struct_field(found, number)
        for number in range(found.type.num_fields)
    }
    return groups, matched


def cut(
    array: pa.Array, pattern: str, spans: dict[str, tuple[int, int]], like: str
) -> tuple[dict[str, Group], np.ndarray]:
    """Return the same as ``extract`` where each group stands at one place in ASCII text.

    Args:
        like: a cell that is of the pattern.
    """
    signs = _to_signs(array, len(like)) if re.match(pattern, like) else None
    if signs is not None:
        matched = _find_alike(signs, like.encode())
    else:
        fits = pc.and_(
            pc.match_substring_regex(array, pattern),
            pc.equal(pc.binary_length(array), len(like)),
        )
        matched = pc.fill_null(fits, False).to_numpy(zero_copy_only=False)
    binary = array.view(pa.large_binary() if pa.types.is_large_string(array.type) else pa.binary())
    groups: dict[str, Group] = {}
    for name, (start, end) in spans.items():
        if signs is not None and name in _WHOLE and like[start:end].isdigit():
            groups[name] = _add_up(signs[:, start:end])
        else:
            groups[name] = pc.binary_slice(binary, start, end).view(array.type)
    return groups, matched


def _to_signs(array: pa.Array, length: int) -> np.ndarray | None:
    """Return the bytes of cells, uint8, ``(cells, length)``; None where some are longer or none."""
    if array.null_count or not len(array):
        return None
    offsets, data = bytes_of(array)
    if (np.diff(offsets) != length).any():
        return None
    return data[offsets[0] : offsets[-1]].reshape(-1, length)


def _find_alike(signs: np.ndarray, like: bytes) -> np.ndarray:
    """Return which cells differ from one in their digits alone; bool, ``(cells,)``."""
    alike = np.ones(len(signs), dtype=bool)
    for place, sign in enumerate(like):
        if chr(sign).isdigit():
            alike &= signs[:, place] - np.uint8(_ZERO) <= 9  # what is less is more than nine then
        else:
            alike &= signs[:, place] == sign
    return alike


def _add_up(digits: np.ndarray) -> np.ndarray:
    """Return the number that each row of digits writes, int64, ``(rows,)``."""
    number = np.zeros(len(digits), np.int64)
    for place in range(digits.shape[1]):
        number *= 10
        number += digits[:, place] - np.uint8(_ZERO)
    return number


def keep(group: Group, mask: np.ndarray) -> Group:
    """Return a group's cells where a mask is true."""
    return group[mask] if isinstance(group, np.ndarray) else group.filter(pa.array(mask))


def to_whole(group: Group, absent: int = 0) -> np.ndarray:
    """Return digits as int64, ``(rows,)``; ``absent`` where there are none."""
    if isinstance(group, np.ndarray):
        return group
    given = pc.not_equal(group, "")
    if not pc.all(given).as_py():
        group = pc.if_else(given, group, pa.scalar(str(absent), group.type))
    return pc.cast(group, pa.int64()).to_numpy(zero_copy_only=False)


def translate(group: pa.Array, meaning: Callable[[str], int]) -> np.ndarray:
    """Return what each of the few words of a group means, int64 ``(rows,)``."""
    coded = group.dictionary_encode()
    meanings = np.array([meaning(word) for word in coded.dictionary.to_pylist()], dtype=np.int64)
    return meanings[coded.indices.to_numpy(zero_copy_only=False)]
