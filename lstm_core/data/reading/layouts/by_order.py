"""Rows of several series that nothing but their order tells apart: always as many at each time."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from lstm_core.data.reading.table import SourceTable
from lstm_core.data.reading.telling import Remark
from lstm_core.data.reading.times import has_time_name
from lstm_core.spec.reading import ReadingPlan

BY_ORDER = "order at a time"
"""What the column is called that numbers the rows of each time, in a plan's ``keys``."""

_FEWEST_TIMES = 5
_MOST_ROWS = 50


def count_at_each(stamps: np.ndarray) -> int:
    """Return how many rows there are at each time, where it is the same number; else 0.

    Args:
        stamps: int64, ``(rows,)``; equal for equal times.
    """
    if len(stamps) < 2 * _FEWEST_TIMES:
        return 0
    _, sizes = np.unique(stamps, return_counts=True)
    is_even = len(sizes) >= _FEWEST_TIMES and 2 <= sizes[0] <= _MOST_ROWS
    return int(sizes[0]) if is_even and bool((sizes == sizes[0]).all()) else 0


def number_rows(table: SourceTable, plan: ReadingPlan) -> SourceTable:
    """Add the column that the plan tells series apart by, where it is the rows' order."""
    frame = table.frame
    if BY_ORDER not in (plan.keys or ()) or BY_ORDER in frame.columns:
        return table
    for name in sorted(map(str, frame.columns), key=lambda name: not has_time_name(name)):
        column = frame[name]
        if not pd.api.types.is_datetime64_any_dtype(column) and not has_time_name(name):
            continue
        number = count_at_each(pd.factorize(column)[0])
        if not number:
            continue
        place = (frame.groupby(name, sort=False).cumcount() + 1).astype("str")
        told = (
            f'The {number} rows of each "{name[:40]}" were taken to be {number} series, by their '
            "order in the file."
        )
        return replace(
            table,
            frame=frame.assign(**{BY_ORDER: place}),
            remarks=(*table.remarks, Remark("by_order", told)),
        )
    return table
