"""Large content as SHA-256, of its values alone: not of how a library lays them out in a file."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable

import numpy as np
import pandas as pd


def digest_arrays(arrays: Iterable[np.ndarray]) -> str:
    """Return the SHA-256 of arrays, their order, shapes and types included."""
    digest = hashlib.sha256()
    for array in arrays:
        digest.update(f"{array.dtype.name}{array.shape}".encode())
        digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()


def digest_weights(content: bytes) -> str:
    """Return the SHA-256 of the arrays of an ``.npz``, in their order there."""
    with np.load(io.BytesIO(content), allow_pickle=False) as stored:
        return digest_arrays([stored[name] for name in stored.files])


def digest_table(table: pd.DataFrame) -> str:
    """Return the SHA-256 of a table's values, column by column; names count, the index does not."""
    digest = hashlib.sha256()
    for name in table.columns:
        digest.update(f"{name}\0".encode())
        digest.update(_encode(table[name]))
    return digest.hexdigest()


def _encode(column: pd.Series) -> bytes:
    if pd.api.types.is_datetime64_any_dtype(column):
        column = column.astype("datetime64[ns]").astype("int64")
    if pd.api.types.is_bool_dtype(column) or pd.api.types.is_integer_dtype(column):
        return column.to_numpy("int64").tobytes()
    if pd.api.types.is_float_dtype(column):
        values = column.to_numpy("float64").copy()
        values[np.isnan(values)] = np.nan  # there are many ways to write it
        return values.tobytes()
    return "\0".join(map(str, column)).encode()
