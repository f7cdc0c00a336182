"""The shapes of a column's cells: each digit one sign, so that a million cells have a few shapes.

What a cell is can be decided once for each shape, and what follows from it be done to whole
columns: no cell is looked at by itself.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as compute

from lstm_core.data.reading.values.missing.words import MINUS_SIGNS

DIGIT = "0"
FIRST_ZERO = "\x02"
"""Stands for a zero that a run of digits begins with, unless a mark is before it."""

_ZERO, _NINE = ord("0"), ord("9")
_TO_DIGIT = bytes.maketrans(b"123456789\x02", b"0" * 9 + b"\x01")
_GOES_ON = np.zeros(256, dtype=bool)  # after these, a zero is none that a number begins with
_GOES_ON[_ZERO : _NINE + 1] = True
_GOES_ON[[ord(mark) for mark in ".,'"]] = True
_SPELLINGS = (
    dict.fromkeys("\xa0\u202f\u2009\u2007\u2008\u200a\u2002\u2003\u3000", " ")
    | dict.fromkeys("\ufeff\u200b\u200e\u200f\u2060\u061c", "")
    | dict.fromkeys(MINUS_SIGNS, "-")
    | dict.fromkeys("’‘ʼ`´ʹ′٬＇", "'")
    | {
        chr(first + digit): str(digit)
        for first in (0xFF10, 0x660, 0x6F0, 0x966)
        for digit in range(10)
    }
    | {
        "．": ".",
        "，": ",",
        "％": "%",
        "＋": "+",
        "（": "(",
        "）": ")",
        "＄": "$",
        "٪": "%",
        "٫": ".",
    }
)
_NO_CELLS = pa.array([], type=pa.large_string())
_ONE_BY_ONE = str.maketrans(_SPELLINGS)


@dataclass(frozen=True)
class Shapes:
    """The shapes of some cells.

    Attributes:
        cells: ``large_string``, ``(cells,)``; as they stand, other alphabets' digits and signs
            written in the usual ones. Missing for an empty cell.
        texts: each shape, and ``counts``: how many cells have it.
        codes: int32, ``(cells,)``; each cell's shape, -1 for a missing cell.
    """

    cells: pa.Array
    texts: tuple[str, ...]
    counts: np.ndarray
    codes: np.ndarray

    def without_cells(self) -> Shapes:
        """Return the same shapes of no cells."""
        return replace(self, cells=_NO_CELLS, codes=self.codes[:0].copy())


def to_chunks(column: pd.Series) -> list[pa.Array]:
    """Return a column of text as Arrow arrays, one after the other, ``""`` as missing."""
    cells = pa.array(column.array, type=pa.large_string(), from_pandas=True)
    chunks = cells.chunks if isinstance(cells, pa.ChunkedArray) else [cells]
    return [_without_empty(chunk) for chunk in chunks]


def to_cells(chunks: list[pa.Array]) -> pa.Array:
    """Return one array of several."""
    return chunks[0] if len(chunks) == 1 else pa.concat_arrays([_NO_CELLS, *chunks])


def _without_empty(cells: pa.Array) -> pa.Array:
    offsets, _ = buffers_of(cells)
    if int((offsets[1:] == offsets[:-1]).sum()) > cells.null_count:
        return compute.if_else(compute.equal(compute.binary_length(cells), 0), None, cells)
    return cells


def take_sample(chunks: list[pa.Array], most: int) -> pa.Array:
    """Return given cells from the whole length of the column."""
    size = sum(map(len, chunks))
    samples = [_NO_CELLS]
    for cells in chunks:
        share = max(1, -(-8 * most * len(cells) // max(1, size)))
        if len(cells) > share:
            places = np.linspace(0, len(cells) - 1, share).astype(np.int64)
            cells = cells.take(pa.array(places))
        samples.append(cells.drop_null())
    given = pa.concat_arrays(samples)
    if len(given) > most:
        given = given.take(pa.array(np.linspace(0, len(given) - 1, most).astype(np.int64)))
    return given


def spell_plainly(cells: pa.Array) -> pa.Array:
    """Return cells with the usual digits, minus signs, blanks and apostrophes."""
    _, data = buffers_of(cells)
    if not len(data) or data.max() < 0x80:
        return cells
    signs = set(data[data >= 0x80].tobytes().decode("utf-8", "ignore")) & _SPELLINGS.keys()
    for sign in signs:
        cells = compute.replace_substring(cells, sign, _SPELLINGS[sign])
    return compute.utf8_trim_whitespace(cells) if signs else cells


def spell_word(word: str) -> str:
    """Return one text as ``spell_plainly`` has it."""
    return word.translate(_ONE_BY_ONE).strip()


def find_shapes(cells: pa.Array, *, marks_zeros: bool = True) -> Shapes:
    """Return the shapes of cells that are spelt plainly.

    Args:
        marks_zeros: tell a zero that a number begins with from other digits.
    """
    offsets, data = buffers_of(cells)
    content = data.tobytes().translate(_TO_DIGIT)
    if len(data) and marks_zeros:
        signs = np.frombuffer(content, dtype=np.uint8).copy()
        begins = np.empty(len(data), dtype=bool)
        begins[0] = True
        np.logical_not(_GOES_ON[data[:-1]], out=begins[1:])
        begins[offsets[:-1][np.diff(offsets) > 0]] = True
        signs[begins & (data == _ZERO)] = ord(FIRST_ZERO)
        content = signs.tobytes()
    shapes = pa.Array.from_buffers(
        pa.large_string(),
        len(cells),
        [_validity_of(cells), pa.py_buffer(offsets), pa.py_buffer(content)],
    ).dictionary_encode()
    codes = shapes.indices.fill_null(-1) if shapes.null_count else shapes.indices
    codes = codes.to_numpy(zero_copy_only=False)
    texts = tuple(shapes.dictionary.to_pylist())
    known = codes[codes >= 0] if cells.null_count else codes
    counts = np.bincount(known, minlength=len(texts))
    return Shapes(cells, texts, counts, codes)


def buffers_of(cells: pa.Array) -> tuple[np.ndarray, np.ndarray]:
    """Return offsets, int64, ``(cells + 1,)``, from 0, and the bytes of all cells."""
    _, starts, content = cells.buffers()
    offsets = np.frombuffer(starts, dtype=np.int64, count=len(cells) + 1, offset=8 * cells.offset)
    data = np.frombuffer(content if content is not None else b"", dtype=np.uint8)
    data = data[offsets[0] : offsets[-1]]
    return (offsets if offsets[0] == 0 else offsets - offsets[0]), data


def _validity_of(cells: pa.Array) -> pa.Buffer | None:
    if not cells.null_count:
        return None
    return pa.array(compute.is_valid(cells)).buffers()[1] if cells.offset else cells.buffers()[0]
