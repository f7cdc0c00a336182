"""ISO 8601 as programs write it, which Arrow reads at once."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lstm_core.data.reading.times.forms.cells import bytes_of
from lstm_core.data.reading.times.forms.composing import NANOS, NOTHING
from lstm_core.data.reading.times.forms.words import offset_of

_PLAIN = re.compile(
    r"\d{4}-\d\d-\d\d"
    r"(?:[ T]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?P<zone>Z|[+-]\d\d(?P<mark>:?)\d\d)?)?"
)
_ZERO = ord("0")


@dataclass(frozen=True)
class PlainTimes:
    """Times as they are written.

    Attributes:
        times: int64 nanoseconds since 1970, ``(rows,)``; ``NOTHING`` for an empty cell.
        zones: int64, ``(rows,)``; places in ``words``, 0 for none.
        words: the zones as they are written, the first one empty.
    """

    times: np.ndarray
    zones: np.ndarray
    words: list[str]


def read_plain_iso(array: pa.Array, cells: list[str]) -> PlainTimes | None:
    """Return the times of a column; all of them have a zone, or none has.

    None where a cell is of another form, such as 24:00: the patient way reads it then.
    """
    found = [_PLAIN.fullmatch(cell) for cell in cells]
    kinds = {_kind_of(match["zone"]) for match in found if match is not None}
    if len(kinds) != 1 or not all(found):
        return None
    (kind,) = kinds
    try:
        cast = pc.cast(array, pa.timestamp("ns", None if kind == "" else "UTC"))
    except pa.ArrowInvalid:
        return None
    times = pc.fill_null(cast.view(pa.int64()), NOTHING).to_numpy(zero_copy_only=False)
    if kind in ("", "Z"):
        zones = (times != NOTHING).astype(np.int64) * len(kind)
        return PlainTimes(times, zones, ["", kind])
    minutes = _read_offsets(array, times != NOTHING, kind)
    if minutes is None:
        return None
    used = np.unique(minutes[times != NOTHING])
    words = ["", *(_write_offset(int(offset), kind) for offset in used)]
    if any(offset_of(word) is None for word in words[1:]):
        return None
    zones = np.where(times == NOTHING, 0, np.searchsorted(used, minutes) + 1)
    local = np.where(times == NOTHING, NOTHING, times + minutes.astype(np.int64) * 60 * NANOS)
    return PlainTimes(local, zones, words)


def _kind_of(zone: str | None) -> str:
    return re.sub(r"\d", "0", zone or "").replace("-", "+")


def _read_offsets(array: pa.Array, is_given: np.ndarray, kind: str) -> np.ndarray | None:
    """Return minutes from UTC, int16, ``(rows,)``; None where a cell ends with another zone."""
    offsets, data = bytes_of(array)
    places = offsets[1:][is_given] - len(kind)
    signs = [data[places + number] for number in range(len(kind))]
    is_minus = signs[0] == ord("-")
    fits = is_minus | (signs[0] == ord("+"))
    digits = []
    for sign, wanted in zip(signs[1:], kind[1:], strict=True):
        if wanted == ":":
            fits &= sign == ord(":")
        else:
            digit = sign - np.uint8(_ZERO)  # what is less is more than nine then
            fits &= digit <= 9
            digits.append(digit.astype(np.int16))
    if not fits.all():
        return None
    minutes = (digits[0] * 10 + digits[1]) * 60 + digits[2] * 10 + digits[3]
    found = np.zeros(len(array), np.int16)
    found[is_given] = np.where(is_minus, -minutes, minutes)
    return found


def _write_offset(minutes: int, kind: str) -> str:
    hours, rest = divmod(abs(minutes), 60)
    mark = ":" if ":" in kind else ""
    return f"{'-' if minutes < 0 else '+'}{hours:02}{mark}{rest:02}"
