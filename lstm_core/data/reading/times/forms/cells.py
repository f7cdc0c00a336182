"""Columns of text, tidied and taken apart at speed."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

_DASHED_CLOCK = r"^([^:]*\d)\s-\s(\d{1,2}:\d{2}(?::\d{2})?)$"
_FOOTNOTES = ("*", "†")
_NUM_HEAD, _NUM_SPREAD = 60, 240


def to_arrow(column: pd.Series) -> pa.Array:
    """Return the cells as they are compared with forms: trimmed, nothing for an empty cell."""
    array = pa.array(column.astype("str"), from_pandas=True)
    if isinstance(array, pa.ChunkedArray):
        array = array.combine_chunks()
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


def take_sample(array: pa.Array) -> list[str]:
    """Return cells of the head, the middle and the end of those that are given."""
    length = len(array)
    head = np.arange(min(length, _NUM_HEAD))
    spread = np.linspace(0, length - 1, min(length, _NUM_SPREAD)).astype(np.int64)
    sample = array.take(pa.array(np.unique(np.concatenate([head, spread]))))
    return sample.drop_null().to_pylist()


def extract(array: pa.Array, pattern: str) -> tuple[dict[str, pa.Array], np.ndarray]:
    """Return the groups of a pattern, and whether each cell is of the pattern; ``(rows,)``."""
    found = pc.extract_regex(array, pattern)
    matched = pc.is_valid(found).to_numpy(zero_copy_only=False)
    groups = {
        found.type.field(number).name: pc.struct_field(found, number)
        for number in range(found.type.num_fields)
    }
    return groups, matched


def cut(
    array: pa.Array, pattern: str, spans: dict[str, tuple[int, int]]
) -> tuple[dict[str, pa.Array], np.ndarray]:
    """Return the same as ``extract`` where each group stands at one place in ASCII text."""
    fits = pc.and_(
        pc.match_substring_regex(array, pattern),
        pc.equal(pc.binary_length(array), max(end for _, end in spans.values())),
    )
    matched = pc.fill_null(fits, False).to_numpy(zero_copy_only=False)
    binary = array.view(pa.large_binary() if pa.types.is_large_string(array.type) else pa.binary())
    groups = {
        name: pc.binary_slice(binary, start, end).view(array.type)
        for name, (start, end) in spans.items()
    }
    return groups, matched


def to_whole(group: pa.Array, absent: int = 0) -> np.ndarray:
    """Return digits as int64, ``(rows,)``; ``absent`` where there are none."""
    given = pc.not_equal(group, "")
    if not pc.all(given).as_py():
        group = pc.if_else(given, group, pa.scalar(str(absent), group.type))
    return pc.cast(group, pa.int64()).to_numpy(zero_copy_only=False)


def translate(group: pa.Array, meaning: Callable[[str], int]) -> np.ndarray:
    """Return what each of the few words of a group means, int64 ``(rows,)``."""
    coded = group.dictionary_encode()
    meanings = np.array([meaning(word) for word in coded.dictionary.to_pylist()], dtype=np.int64)
    return meanings[coded.indices.to_numpy(zero_copy_only=False)]
