"""From the shapes of a column to its numbers, with whole columns at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as compute

from lstm_core.data.reading.values.numbers.shapes import Shapes, buffers_of
from lstm_core.data.reading.values.numbers.written import Mark, Reading, Written

_DIGITS = b"0123456789"
_MOST_WHOLE_DIGITS = 18
_NOTHING = pa.scalar("", pa.large_string())


def read_numbers(
    shapes: Shapes,
    written: Sequence[Written | None],
    mark: Mark,
    powers: Mapping[str, int] | None = None,
    factors: Mapping[str, float] | None = None,
) -> np.ndarray:
    """Return the numbers of the cells: int64 where all are whole, else float64, ``(cells,)``.

    Args:
        written: of each shape; None where it is no number: NaN.
        mark: the decimals' in cells that may be read both ways.
        powers: by what stands after a number: the power of ten that it stands for.
        factors: the same where it is none of ten.
    """
    powers, factors = powers or {}, factors or {}
    readings = [None if form is None else read_with(form, mark) for form in written]
    finite = np.array([form is not None and not form.is_infinite for form in written] + [False])
    cells, codes = shapes.cells, shapes.codes
    is_given = finite[codes]
    if not is_given.all() and (is_given != (codes >= 0)).any():
        cells = compute.if_else(pa.array(is_given), cells, None)
    negative = np.array([form is not None and form.is_negative for form in written] + [False])
    if not _are_plain(shapes.texts, written, readings):
        cells = _write_plainly(cells, codes, is_given, written, readings)
    else:
        negative[:] = False  # the sign stands in the text that is read
    tens = [f"e{powers[form.after]}" if form and powers.get(form.after) else "" for form in written]
    if any(tens):
        cells = compute.binary_join_element_wise(cells, _pick(tens, codes), _NOTHING)
    is_whole = is_given.all() and not any(tens) and not factors and _are_whole(written, readings)
    values = _cast(cells, pa.int64() if is_whole else pa.float64())
    if negative.any():
        values = values * np.where(negative, -1, 1)[codes]
    if factors:
        scale = [factors.get(form.after, 1.0) if form else 1.0 for form in written]
        values = values * np.array([*scale, 1.0])[codes]
    return _put_infinite(values, codes, written)


def read_with(form: Written, mark: Mark) -> Reading | None:
    """Return how a shape is read with a decimal mark, or with the other where only that will do."""
    if form.is_infinite:
        return None
    return form.readings.get(mark) or next(iter(form.readings.values()))


def _are_plain(
    texts: Sequence[str], written: Sequence[Written | None], readings: Sequence[Reading | None]
) -> bool:
    """Whether the cells can be read as they stand: ``-12.5``, ``1e5``."""
    for text, form, reading in zip(texts, written, readings, strict=True):
        if form is None or reading is None:
            continue
        has_comma = reading.decimal_at >= 0 and form.body[reading.decimal_at] != "."
        start = 1 if form.is_negative else 0
        if reading.thousands or has_comma or form.start != start or form.end != len(text.encode()):
            return False
        if form.is_negative and text[0] != "-":
            return False
        if form.has_exponent and "d" in text.lower():
            return False
    return True


def _are_whole(written: Sequence[Written | None], readings: Sequence[Reading | None]) -> bool:
    for form, reading in zip(written, readings, strict=True):
        if form is None:
            continue
        if reading is None or reading.decimal_at >= 0 or form.has_exponent:
            return False
        if form.num_digits > _MOST_WHOLE_DIGITS + 1:
            return False
    return True


def _write_plainly(
    cells: pa.Array,
    codes: np.ndarray,
    is_given: np.ndarray,
    written: Sequence[Written | None],
    readings: Sequence[Reading | None],
) -> pa.Array:
    """Return the cells' digits and exponents, with a decimal point, without signs and units."""
    forms = [
        (form, reading)
        for form, reading in zip(written, readings, strict=True)
        if form is not None and reading is not None
    ]
    sizes = [0 if reading is None else _size(form, reading) for form, reading in
             zip(written, readings, strict=True)]  # fmt: skip
    lengths = np.array([*sizes, 0], dtype=np.int64)[codes]
    offsets = np.zeros(len(codes) + 1, dtype=np.int64)
    np.cumsum(lengths, out=offsets[1:])
    mark = _find_only_mark(forms)
    data = None
    if mark is not None:
        _, content = buffers_of(cells)
        kept = _DIGITS + mark
        table = bytes.maketrans(mark, b"." * len(mark))
        rest = bytes(sign for sign in range(256) if sign not in kept)
        data = content.tobytes().translate(table, rest)
    if data is None or len(data) != offsets[-1]:
        data = _cut_out(cells, codes, is_given, written, readings).tobytes()
    validity = None if is_given.all() else pa.array(is_given).buffers()[1]
    return pa.Array.from_buffers(
        pa.large_string(), len(codes), [validity, pa.py_buffer(offsets), pa.py_buffer(data)]
    )


def _find_only_mark(forms: Sequence[tuple[Written, Reading]]) -> bytes | None:
    """Return the one byte beside digits that matters in all cells; None where places matter.

    Nothing but digits and that byte has then to be kept, wherever it stands.
    """
    decimals = {form.body[reading.decimal_at] for form, reading in forms if reading.decimal_at >= 0}
    if len(decimals) > 1 or any(form.has_exponent for form, _ in forms):
        return None
    for form, reading in forms:
        beside = form.before + form.after
        if any(sign.isdigit() or sign in decimals or ord(sign) < 32 for sign in beside):
            return None
        if reading.thousands in decimals and reading.thousands:
            return None
    return "".join(decimals).encode()


def _size(form: Written | None, reading: Reading) -> int:
    """Return how many bytes of a cell are kept."""
    assert form is not None
    exponent = form.end - form.start - len(form.body)
    return form.num_digits + (reading.decimal_at >= 0) + exponent


def _cut_out(
    cells: pa.Array,
    codes: np.ndarray,
    is_given: np.ndarray,
    written: Sequence[Written | None],
    readings: Sequence[Reading | None],
) -> np.ndarray:
    """Return the bytes that are kept, found by their places in each cell's shape."""
    offsets, content = buffers_of(cells)
    begins = offsets[:-1][is_given]
    of = codes[is_given]
    starts = np.array([form.start if form else 0 for form in written], dtype=np.int64)
    ends = np.array([form.end if form else 0 for form in written], dtype=np.int64)
    change = np.zeros(len(content) + 1, dtype=np.int8)
    change[begins + starts[of]] += 1
    change[begins + ends[of]] -= 1
    kept = np.cumsum(change[:-1], dtype=np.int8).astype(bool)
    is_mark = np.zeros(256, dtype=bool)
    is_mark[[ord(sign) for sign in ".,' "]] = True
    kept &= ~is_mark[content]
    decimals = np.array(
        [
            form.start + reading.decimal_at if form and reading and reading.decimal_at >= 0 else -1
            for form, reading in zip(written, readings, strict=True)
        ],
        dtype=np.int64,
    )
    has_decimals = decimals[of] >= 0
    places = (begins + decimals[of])[has_decimals]
    content = content.copy()
    content[(content == ord("d")) | (content == ord("D"))] = ord("e")  # as Fortran writes it
    content[places] = ord(".")
    kept[places] = True
    return content[kept]


def _pick(texts: Sequence[str], codes: np.ndarray) -> pa.Array:
    choices = pa.array([*texts, ""], type=pa.large_string())
    return choices.take(pa.array(np.where(codes < 0, len(texts), codes)))


def _cast(cells: pa.Array, kind: pa.DataType) -> np.ndarray:
    try:
        return compute.cast(cells, kind).to_numpy(zero_copy_only=False)
    except pa.ArrowInvalid:
        pass
    if kind != pa.float64():
        return _cast(cells, pa.float64())
    texts = cells.to_pylist()  # what only Python reads, such as 1e999
    return np.array([np.nan if text is None else float(text) for text in texts], dtype=np.float64)


def _put_infinite(
    values: np.ndarray, codes: np.ndarray, written: Sequence[Written | None]
) -> np.ndarray:
    infinite = [
        (-np.inf if form.is_negative else np.inf) if form and form.is_infinite else 0.0
        for form in written
    ]
    if not any(infinite):
        return values
    put = np.array([*infinite, 0.0])[codes]
    return np.where(put != 0, put, values)
