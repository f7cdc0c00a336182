"""Parquet and Arrow (Feather): columns that come with their types."""

from __future__ import annotations

import json
import re
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.feather
import pyarrow.parquet

from lstm_core.data.reading.rows.body.names import name_columns
from lstm_core.data.reading.rows.containers.cells import show, show_frame, type_values
from lstm_core.data.reading.table import Rows
from lstm_core.errors import DataError
from lstm_core.spec.reading import ReadingPlan

_MOST_BYTES = 2_000_000_000
_MOST_COLUMNS = 20_000
_MOST_VALUES = 200_000_000
_FAULTS = (
    pa.ArrowException,
    OSError,
    ValueError,
    KeyError,
    TypeError,
    OverflowError,
    NotImplementedError,
)
"""What damaged files make the libraries raise; of the last, times beyond the calendar."""
_FIRST_FEATHER = b"FEA1"
"""Its reader doesn't check what it reads: a damaged file would end the process."""
_NO_NAME = re.compile(r"__index_level_\d+__$")


def read_columnar(content: bytes, name: str, plan: ReadingPlan, *, parquet: bool) -> Rows:
    """Return the rows; an index that pandas kept is a column like the others.

    Raises:
        DataError: the file is damaged or too large.
    """
    try:
        return _read(content, name, plan, parquet=parquet)
    except DataError:
        raise
    except _FAULTS as error:
        kind = "Parquet" if parquet else "Arrow"
        raise DataError(
            f'The {kind} file "{name[:80]}" is damaged, or of a form that is not read.',
            "Write it again, or save the table as CSV.",
        ) from error


def _read(content: bytes, name: str, plan: ReadingPlan, *, parquet: bool) -> Rows:
    table = _open(content, name, parquet=parquet)
    frame = _put_index_first(table).to_pandas(ignore_metadata=True)
    names = ["" if _NO_NAME.match(str(column)) else str(column) for column in frame.columns]
    kept = _leave_numbering_out(frame, names)
    given, remarks = name_columns([names[at] for at in kept], len(kept))
    frame = pd.DataFrame(
        {name: _simplify(frame.iloc[:, at]) for name, at in zip(given, kept, strict=True)}
    )
    if frame.empty:
        raise DataError(f'The file "{name[:80]}" holds no rows.', "Choose one with rows.")
    return Rows(
        frame,
        np.arange(1, len(frame) + 1, dtype=np.int64),
        plan,
        head=show_frame(frame),
        remarks=tuple(remarks),
    )


def _open(content: bytes, name: str, *, parquet: bool) -> pa.Table:
    buffer = pa.BufferReader(content)
    if content.startswith(_FIRST_FEATHER):
        raise DataError(
            f'The file "{name[:80]}" is in the first version of Feather, which is not read.',
            "Write it again in the second version, or save the table as CSV.",
        )
    if not parquet:
        table = pyarrow.feather.read_table(buffer, memory_map=False)
        table.validate(full=True)  # damaged offsets would end the process where they are used
        if table.nbytes > _MOST_BYTES or table.num_columns > _MOST_COLUMNS:
            raise _refuse_size(name)
        return table
    opened = pyarrow.parquet.ParquetFile(buffer)
    about = opened.metadata
    size = sum(about.row_group(at).total_byte_size for at in range(about.num_row_groups))
    if size > _MOST_BYTES or about.num_columns > _MOST_COLUMNS:
        raise _refuse_size(name)
    if about.num_rows * max(about.num_columns, 1) > _MOST_VALUES:
        raise _refuse_size(name)
    return opened.read()


def _refuse_size(name: str) -> DataError:
    return DataError(
        f'The table "{name[:80]}" is larger than what is read here.',
        f"Keep at most {_MOST_COLUMNS:,} columns and {_MOST_BYTES // 1_000_000:,} MB.",
    )


def _put_index_first(table: pa.Table) -> pa.Table:
    """Put what pandas kept as an index back before the other columns."""
    about = json.loads((table.schema.metadata or {}).get(b"pandas", b"{}"))
    index = [name for name in about.get("index_columns", []) if name in table.column_names]
    return table.select([*index, *(name for name in table.column_names if name not in index)])


def _leave_numbering_out(frame: pd.DataFrame, names: list[str]) -> list[int]:
    """Return the places of columns but for an index without a name that numbers the rows."""
    kept = []
    for at, name in enumerate(names):
        column = frame.iloc[:, at]
        is_numbering = (
            not name
            and column.dtype.kind in "iu"
            and bool((column.to_numpy() == np.arange(len(column))).all())
        )
        if not is_numbering:
            kept.append(at)
    return kept or list(range(len(names)))


def _simplify(column: pd.Series) -> pd.Series:
    """Make text of what is neither a number, a time, a bool nor text."""
    kind = column.dtype
    if isinstance(kind, pd.CategoricalDtype):
        return _simplify(column.astype(column.cat.categories.dtype))
    if isinstance(kind, pd.DatetimeTZDtype):
        return column
    if kind.kind == "M":
        try:
            return column.astype("datetime64[ns]")
        except (pd.errors.OutOfBoundsDatetime, OverflowError):
            return column.astype("str")
    if kind.kind in "iufb":
        return column.astype(np.float64) if str(kind) == "float16" else column
    if pd.api.types.is_string_dtype(kind) and not pd.api.types.is_object_dtype(kind):
        return column.astype("str")
    values = [_to_plain(value) for value in column]
    typed = type_values(values)
    if typed is not None:
        return typed
    return pd.Series([None if value is None else show(value) for value in values], dtype="str")


def _to_plain(value: Any) -> Any:
    if value is None or value is pd.NaT or (isinstance(value, float) and value != value):
        return None
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, np.ndarray | list | dict | tuple):
        inner = value.tolist() if isinstance(value, np.ndarray) else value
        return json.dumps(inner, default=str, ensure_ascii=False)[:1_000]
    if type(value).__name__ == "Decimal":
        return float(value)
    return value
