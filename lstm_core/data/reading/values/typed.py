"""Columns that come with a type of their own, from Parquet or a workbook."""

from __future__ import annotations

import pandas as pd

from lstm_core.data.reading.times import parse_times


def is_text(column: pd.Series) -> bool:
    """Whether a column still has to be read."""
    return isinstance(column.dtype, pd.StringDtype) or column.dtype == "object"


def normalise(column: pd.Series) -> pd.Series:
    """Return a typed column as int64, float64, bool, ``datetime64[ns]`` without a zone, or text."""
    types = pd.api.types
    if types.is_bool_dtype(column):
        return column.astype("bool" if not column.isna().any() else "float64")
    if types.is_datetime64_any_dtype(column):
        parsed = parse_times(column)
        return column.dt.as_unit("ns") if parsed is None else parsed.values
    if types.is_timedelta64_dtype(column):
        return column.dt.total_seconds()
    if types.is_integer_dtype(column) and not column.isna().any():
        largest = column.max() if len(column) else 0
        return column.astype("int64" if largest < 2**63 else "float64")
    if types.is_numeric_dtype(column) and not types.is_complex_dtype(column):
        return column.astype("float64")
    return column.astype("str")
