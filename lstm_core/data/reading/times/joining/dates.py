"""Columns of whole days that a clock may stand beside."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from lstm_core.data.reading.table import SourceTable
from lstm_core.data.reading.times.forms.composing import DAY_NANOS, NOTHING, days_of
from lstm_core.data.reading.times.joining.found import count_distinct
from lstm_core.data.reading.times.names import has_time_name
from lstm_core.data.reading.times.numbers import meaning_of_numbers
from lstm_core.data.reading.times.parsed import DateOrder
from lstm_core.data.reading.times.parsing import looks_like_times, parse_times
from lstm_core.spec.reading import ReadingPlan

_SAMPLE_ROWS = 300
_ORDER_ITEM = "data.reading.date_order"


@dataclass(frozen=True)
class Days:
    """A column of dates without a clock.

    Attributes:
        times: int64 nanoseconds of midnights, ``(rows,)``; ``NOTHING`` for none.
        open_order: what comes first, where the dates themselves do not prove it; None where they
            do, or the order is plain.
    """

    times: np.ndarray
    open_order: DateOrder | None = None

    @property
    def repeats(self) -> bool:
        return count_distinct(self.times) < int((self.times != NOTHING).sum())

    def swapped(self) -> np.ndarray | None:
        """Return the dates with the day for the month; None where that is no date."""
        given = self.times != NOTHING
        days = pd.DatetimeIndex(np.where(given, self.times, 0).astype("datetime64[ns]"))
        counted, exist = days_of(
            days.year.to_numpy(dtype=np.int64),
            days.day.to_numpy(dtype=np.int64),
            days.month.to_numpy(dtype=np.int64),
        )
        if not exist[given].all():
            return None
        return np.where(given, counted * DAY_NANOS, NOTHING)


def read_dates(table: SourceTable, name: str, plan: ReadingPlan) -> Days | None:
    """Return the dates of a column; None where it holds none, or clocks as well."""
    column = table.frame[name]
    order: DateOrder | None = None
    for question in table.questions:
        if question.item == _ORDER_ITEM and f'"{name[:40]}"' in question.sentence:
            order = question.choices[0].value
    if not pd.api.types.is_datetime64_any_dtype(column):
        if pd.api.types.is_numeric_dtype(column):
            if not has_time_name(name) or meaning_of_numbers(column) not in ("day", "digits"):
                return None
        elif not looks_like_times(column.dropna().head(_SAMPLE_ROWS)):
            return None
        parsed = parse_times(column, plan)
        if parsed is None or not parsed.is_calendar:
            return None
        column, order = parsed.values, parsed.date_order if parsed.questions else None
    elif getattr(column.dtype, "tz", None) is not None:
        return None
    times = column.dt.as_unit("ns").astype("int64").to_numpy()
    given = times[times != NOTHING]
    if not len(given) or (given % DAY_NANOS != 0).any():
        return None
    return Days(times, order)
