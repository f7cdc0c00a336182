"""Cells that come with a type: how they are shown, and columns of one type."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

_NUM_SHOWN = 50
_LONGEST_SHOWN = 500


def show(cell: object) -> str:
    """Write a cell as a sheet shows it."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        if cell != cell:
            return ""
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, dt.datetime):
        is_day = cell.time() == dt.time() and cell.tzinfo is None
        return cell.date().isoformat() if is_day else cell.isoformat(sep=" ")
    if isinstance(cell, dt.timedelta):
        seconds = round(cell.total_seconds())
        return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return str(cell)


def type_values(values: Sequence[Any]) -> pd.Series | None:
    """Return cells of one type as a column of it; None for text and for mixed ones."""
    kinds = {type(value) for value in values if value is not None and value != ""}
    whole = len(values) > 0 and all(value is not None and value != "" for value in values)
    if not kinds:
        return None
    if kinds <= {int, float}:
        numbers = np.array(
            [np.nan if value is None or value == "" else value for value in values], dtype=float
        )
        is_whole = whole and bool(np.isfinite(numbers).all() and (numbers % 1 == 0).all())
        is_exact = is_whole and bool((np.abs(numbers) < 2**53).all())
        return pd.Series(numbers.astype(np.int64) if is_exact else numbers)
    if kinds == {bool} and whole:
        return pd.Series(values, dtype=bool)
    if kinds <= {dt.date, dt.datetime}:
        moments = [None if value == "" else value for value in values]
        if any(isinstance(value, dt.datetime) and value.tzinfo for value in moments):
            return None
        try:
            return pd.Series(pd.to_datetime(pd.Series(moments, dtype=object))).astype(
                "datetime64[ns]"
            )
        except (ValueError, OverflowError, pd.errors.OutOfBoundsDatetime):
            return None
    return None


def show_frame(frame: pd.DataFrame) -> tuple[str, ...]:
    """Write the first rows with tabs between cells, below their names."""
    lines = ["\t".join(str(column) for column in frame.columns)]
    for row in frame.head(_NUM_SHOWN - 1).astype(object).itertuples(index=False):
        lines.append("\t".join("" if cell is pd.NaT else show(cell) for cell in row))
    return tuple(" ".join(line.split("\n"))[:_LONGEST_SHOWN] for line in lines)
