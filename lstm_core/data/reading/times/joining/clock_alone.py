"""Tables whose only times are clocks without a date."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from lstm_core.data.reading.table import SourceTable
from lstm_core.data.reading.telling import Remark
from lstm_core.data.reading.times.composing import DAY_NANOS, NANOS, NOTHING
from lstm_core.data.reading.times.joining.clocks import read_clock
from lstm_core.data.reading.times.names import has_time_name
from lstm_core.data.reading.times.numbers import meaning_of_numbers
from lstm_core.data.reading.times.parsing import looks_like_times
from lstm_core.spec.reading import ReadingPlan

_EVEN_SHARE = 0.9
_FEWEST_ROWS = 4
_SAMPLE_ROWS = 300


def count_clocks(table: SourceTable, plan: ReadingPlan) -> SourceTable:
    """Return the table with clocks that no date stands beside as counted steps.

    What counts is how many of the usual distance lie between the first row and each other,
    midnights passed over; no day is made up. Clocks at uneven distances stay as they are.
    """
    frame = table.frame
    if any(_holds_times(frame[name]) for name in frame.columns):
        return table
    for name in frame.columns:
        if not pd.api.types.is_string_dtype(frame[name]):
            continue
        clock = read_clock(frame[name])
        if clock is None or not clock.is_text:
            continue
        steps = _count(clock.times)
        if steps is None:
            continue
        counted, minutes = steps
        told = (
            f'"{str(name)[:40]}" says the time of the day and no day: rows were counted in steps '
            f"of {minutes:g} minutes, past midnight too."
        )
        kept = frame.copy()
        kept[name] = pd.Series(counted, frame.index, dtype="int64")
        return replace(table, frame=kept, remarks=(*table.remarks, Remark("clock_alone", told)))
    return table


def _holds_times(column: pd.Series) -> bool:
    if pd.api.types.is_datetime64_any_dtype(column):
        return True
    if pd.api.types.is_bool_dtype(column):
        return False
    if pd.api.types.is_numeric_dtype(column):
        meaning = meaning_of_numbers(column)
        return has_time_name(str(column.name)) and meaning not in (None, "step")
    return looks_like_times(column.dropna().head(_SAMPLE_ROWS))


def _count(times: np.ndarray) -> tuple[np.ndarray, float] | None:
    """Return steps since the first row and a step's minutes; None where steps are uneven."""
    if len(times) < _FEWEST_ROWS or (times == NOTHING).any():
        return None
    distances = np.diff(times) % DAY_NANOS
    usual, counts = np.unique(distances, return_counts=True)
    step = int(usual[counts.argmax()])
    if step == 0 or counts.max() < _EVEN_SHARE * len(distances) or (distances % step != 0).any():
        return None
    counted = np.concatenate([[0], np.cumsum(distances // step)])
    return counted, step / (60 * NANOS)
