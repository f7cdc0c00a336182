"""The short way to numbers that are written plainly throughout: no shapes, one cast."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as compute

from lstm_core.data.reading.values.deciding import Numbers
from lstm_core.data.reading.values.numbers.marks import count_marks
from lstm_core.data.reading.values.numbers.shapes import Shapes, buffers_of
from lstm_core.data.reading.values.numbers.units import Units
from lstm_core.data.reading.values.numbers.written import MARKS, Mark, read_shape

_ZERO = ord("0")
_LARGEST_PLAIN = 10**15
_LARGEST_OPEN_SHARE = 0.5
_COMMA_TO_POINT = bytes.maketrans(b",", b".")


def read_plainly(chunks: list[pa.Array], sample: Shapes) -> Numbers | None:
    """Return a column's numbers, or None where some of it asks for a longer look.

    Args:
        chunks: the cells as they stand.
        sample: shapes of some of them; where one is no plain number, it is not even tried.
    """
    forms = tuple(read_shape(text) for text in sample.texts)
    known = [
        (form, int(count))
        for form, count in zip(forms, sample.counts, strict=True)
        if form is not None
    ]
    if len(known) < len(forms) or not known:
        return None
    for text, (form, _) in zip(sample.texts, known, strict=True):
        has_own_sign = form.start == (text[0] == "-") and not form.has_plus
        if not has_own_sign or form.end != len(text) or form.is_infinite or form.is_padded:
            return None
        if any(reading.thousands for reading in form.readings.values()) and not form.is_ambiguous:
            return None
    tally = count_marks(known)
    if tally.is_mixed or (tally.num_open and not tally.proof):
        return None
    if tally.num_open > _LARGEST_OPEN_SHARE * sum(sample.counts):
        return None
    values = _read(chunks, tally.proof)
    if values is None:
        return None
    nothing = Units("none")
    return Numbers(sample, forms, {}, frozenset(), nothing, tally, True, values=values)


def _read(chunks: list[pa.Array], mark: Mark | None) -> np.ndarray | None:
    values: np.ndarray | None = None
    begin = 0
    for cells in chunks:
        found = _cast(cells, mark)
        if found is None:
            return None
        numbers = found.to_numpy(zero_copy_only=False)
        if values is None:
            values = np.empty(sum(map(len, chunks)), numbers.dtype)
        elif numbers.dtype.kind == "f" and values.dtype.kind != "f":
            values = values.astype(np.float64)  # whole numbers, of which some are missing
        values[begin : begin + len(numbers)] = numbers
        begin += len(numbers)
    return values


def _cast(cells: pa.Array, mark: Mark | None) -> pa.Array | None:
    if mark == ",":
        _, data = buffers_of(cells)
        content = data.tobytes()
        if b"." in content:
            return None
        cells = pa.Array.from_buffers(
            cells.type,
            len(cells),
            [*_validity_and_offsets(cells), pa.py_buffer(content.translate(_COMMA_TO_POINT))],
        )
    try:
        found = compute.cast(cells, pa.float64() if mark in MARKS else pa.int64())
    except pa.ArrowInvalid:
        return None
    if mark is None:
        if _has_padded(cells) or _is_long(found):
            return None
        if found.null_count:
            found = compute.cast(found, pa.float64())
    if pa.types.is_floating(found.type):
        values = found.to_numpy(zero_copy_only=False)
        if int((~np.isfinite(values)).sum()) != found.null_count:
            return None  # nan and inf are words, which are told
    return found


def _validity_and_offsets(cells: pa.Array) -> list[pa.Buffer | None]:
    offsets, _ = buffers_of(cells)
    validity = compute.is_valid(cells).buffers()[1] if cells.null_count else None
    return [validity, pa.py_buffer(np.ascontiguousarray(offsets))]


def _has_padded(cells: pa.Array) -> bool:
    """Whether a whole number has a zero before it."""
    offsets, data = buffers_of(cells)
    longer = np.diff(offsets) > 1
    firsts = data[offsets[:-1][longer]]
    return bool((firsts == _ZERO).any())


def _is_long(found: pa.Array) -> bool:
    ends = compute.min_max(found).as_py()
    return ends["max"] is not None and max(-ends["min"], ends["max"]) >= _LARGEST_PLAIN
