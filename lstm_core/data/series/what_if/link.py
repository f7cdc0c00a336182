"""Edits of what is known ahead, short enough to stand in an address."""

from __future__ import annotations

import base64
import binascii
import json
import math
import zlib

import numpy as np
import pandas as pd

from lstm_core.errors import DataError

MOST_LETTERS = 4_000
"""A longer address is cut short on its way by some programs."""

_MOST_BYTES = 1_000_000
"""What a short text may unpack to."""


def encode_edits(known: pd.DataFrame, edits: pd.DataFrame) -> str | None:
    """Return the cells that differ, as letters, digits, ``-`` and ``_``; empty where none does.

    None where they don't fit.

    Args:
        known: as ``editing.list_future`` gives it, of one series.
        edits: of the same rows and columns.
    """
    before, after = known.to_numpy(np.float64), edits.to_numpy(np.float64)
    differs = (before != after) & ~(np.isnan(before) & np.isnan(after))
    if not differs.any():
        return ""
    cells = [
        [int(row), int(column), None if math.isnan(after[row, column]) else after[row, column]]
        for row, column in zip(*np.nonzero(differs), strict=True)
    ]
    packed = zlib.compress(json.dumps(cells, separators=(",", ":")).encode(), 9)
    text = base64.urlsafe_b64encode(packed).rstrip(b"=").decode()
    return text if len(text) <= MOST_LETTERS else None


def decode_edits(known: pd.DataFrame, text: str) -> pd.DataFrame:
    """Return ``known`` with the cells changed that ``encode_edits`` wrote down.

    Raises:
        DataError: it is no such text, or was written for other rows and columns.
    """
    values = known.to_numpy(np.float64, copy=True)
    try:
        for row, column, value in _unpack(text):
            if not (0 <= row < values.shape[0] and 0 <= column < values.shape[1]):
                raise ValueError("another grid")
            values[row, column] = np.nan if value is None else float(value)
    except (ValueError, TypeError, OverflowError, RecursionError, zlib.error) as error:
        raise DataError(
            "The changed values in this address can't be read.",
            "They are left out: the address may have been cut short, or belong to another run.",
        ) from error
    if np.isinf(values).any():
        raise DataError("The changed values in this address are no numbers.", "They are left out.")
    return pd.DataFrame(values, known.index, known.columns)


def _unpack(text: str) -> list[tuple[int, int, float | None]]:
    if len(text) > MOST_LETTERS:
        raise ValueError("too long")
    try:
        packed = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError("not of these letters") from error
    unpacking = zlib.decompressobj()
    content = unpacking.decompress(packed, _MOST_BYTES)
    if unpacking.unconsumed_tail or not unpacking.eof:
        raise ValueError("too much, or not all of it")
    cells = json.loads(content)
    if not isinstance(cells, list):
        raise ValueError("no list")
    found: list[tuple[int, int, float | None]] = []
    for row, column, value in cells:
        if type(row) is not int or type(column) is not int or isinstance(value, str | bool):
            raise ValueError("no cell")
        found.append((row, column, value))
    return found
