"""What the columns of a table are by their values, once times and series are known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from lstm_core.data.columns.derived import MOST_LEVELS, read_flag, read_levels
from lstm_core.data.columns.words import names_id, names_place
from lstm_core.data.reading.times import ParsedTimes, parse_times

Kind = Literal[
    "number", "flag", "category", "time", "constant", "counter", "calendar", "id", "static",
    "place", "attribute", "text", "empty",
]  # fmt: skip

_NUM_COMPARED_ROWS = 2_000
_NUM_TIME_CELLS = 1_000
_NEARLY_ALL = 0.95
_LOWEST_PLACE, _HIGHEST_PLACE = -500, 9_000
"""Degrees, or metres of height."""
_FEWEST_COUNTED = 6
"""Rows; fewer may rise evenly by chance, unless they begin as counting does."""


@dataclass(frozen=True)
class Layout:
    """The rows of a table in order of series and time.

    Attributes:
        order: int64, ``(rows,)``; the table's rows that have a series and a time, in this order.
        starts: int64, ``(series,)``; where each series begins in ``order``.
        times: ``datetime64[ns]`` of ``order`` where times are a calendar's, else None.
        repeats: bool, ``(rows,)`` of ``order``; whether a row has the series and the time of the
            one before it.
    """

    order: np.ndarray
    starts: np.ndarray
    times: pd.DatetimeIndex | None
    repeats: np.ndarray

    @classmethod
    def of(cls, frame: pd.DataFrame, times: ParsedTimes | None, names: pd.Series | None) -> Layout:
        """Lay out the rows; without times they are in order already."""
        codes = np.zeros(len(frame), dtype=np.int64)
        if names is not None:
            codes = pd.factorize(names)[0]
        stamps: np.ndarray = np.arange(len(frame))
        has_time = np.ones(len(frame), dtype=bool)
        if times is not None:
            has_time = times.values.notna().to_numpy()
            filled = times.values.fillna(times.values[has_time].iloc[0])
            stamps = filled.astype("int64").to_numpy()
        kept = np.flatnonzero(has_time & (codes >= 0))
        order = kept[np.lexsort((stamps[kept], codes[kept]))]
        is_new = np.diff(codes[order], prepend=-1) != 0
        starts = np.flatnonzero(is_new)
        repeats = (np.diff(stamps[order], prepend=0) == 0) & ~is_new
        calendar = None
        if times is not None and times.is_calendar:
            calendar = pd.DatetimeIndex(stamps[order].astype("datetime64[ns]"))
        return cls(order, starts, calendar, repeats)

    def sort(self, values: np.ndarray) -> np.ndarray:
        """Return values of the table's rows, ``(table's rows,)``, in this order."""
        is_sorted = len(self.order) == len(values) and bool((np.diff(self.order) == 1).all())
        return values if is_sorted else values[self.order]

    @property
    def is_followed(self) -> np.ndarray:
        """Whether the next row is of the same series; ``(rows - 1,)``."""
        followed = np.ones(max(0, len(self.order) - 1), dtype=bool)
        followed[self.starts[1:] - 1] = False
        return followed

    @property
    def falls(self) -> bool:
        """Whether the table begins with the latest row."""
        return len(self.order) > 0 and bool(self.order[0] > self.order[self.ends[0] - 1])

    @property
    def ends(self) -> np.ndarray:
        return np.append(self.starts[1:], len(self.order))


def find_kinds(
    frame: pd.DataFrame,
    layout: Layout,
    spelt: Mapping[str, pd.Series],
    *,
    is_typed: bool = False,
    most_levels: int = MOST_LEVELS,
) -> dict[str, Kind]:
    """Say of each column what it is.

    Args:
        spelt: columns whose numbers were written with zeros before them: names of things.
        most_levels: a column of more texts is no category.
        is_typed: whether text has been looked at already: it is certain not to be times then.
    """
    return {
        str(name): "id"
        if name in spelt
        else _find_kind(frame[name], layout, most_levels, is_typed=is_typed)
        for name in frame.columns
    }


def stands_still(values: np.ndarray, layout: Layout) -> float:
    """Return the share of rows that repeat the value before, zeros aside.

    What is set, such as a price, stands still; what comes out of it does not. Nothing at all is
    repeated often where little is sold, so it has no say.
    """
    ordered = values[layout.order]
    known = layout.is_followed & ~np.isnan(ordered[1:]) & ~np.isnan(ordered[:-1])
    if not known.any():
        return 0.0
    repeats = (ordered[1:] == ordered[:-1]) & (ordered[1:] != 0)
    return float(repeats[known].mean())


def _find_kind(column: pd.Series, layout: Layout, most_levels: int, *, is_typed: bool) -> Kind:
    if column.isna().all():
        return "empty"
    if pd.api.types.is_datetime64_any_dtype(column):
        return "time"
    flag = read_flag(column)
    if flag is not None:
        if flag.nunique() < 2:
            return "constant"
        return "static" if _is_static(flag.to_numpy()[layout.order], layout) else "flag"
    if not pd.api.types.is_numeric_dtype(column):
        return _find_text_kind(column, layout, most_levels, is_typed=is_typed)
    numbers = column.to_numpy(dtype=np.float64, na_value=np.nan)
    low, high = np.nanmin(numbers), np.nanmax(numbers)
    some = numbers[:_NUM_COMPARED_ROWS]
    is_whole = all(_are_whole(each) for each in (some, numbers)) and np.isfinite([low, high]).all()
    is_flag = all(_are_one_of(each, low, high) for each in (some, numbers))
    if not is_whole and _are_years(layout.sort(numbers), layout.times):
        return "time"
    if not (is_whole or is_flag) and len(layout.starts) < 2:
        return "place" if _is_place(column, low, high) else "number"
    values = layout.sort(numbers)
    known = ~np.isnan(values)
    if not known.any():
        return "empty"
    low, high = values[known].min(), values[known].max()
    if low == high:
        return "constant"
    if _are_one_of(values, low, high):
        return "static" if _is_static(values, layout) else "flag"
    if _is_place(column, low, high):
        return "place"
    if not _are_whole(values) or not np.isfinite([low, high]).all():
        return "static" if _is_static(values, layout) else "number"
    if _is_counter(values, layout):
        return "counter"
    if layout.times is not None and _is_calendar(values, layout.times):
        return "calendar"
    if names_id(str(column.name)):
        return "id"
    return "static" if _is_static(values, layout) else "number"


def _are_whole(values: np.ndarray) -> bool:
    return bool(((values == np.floor(values)) | np.isnan(values)).all())


def _are_one_of(values: np.ndarray, low: float, high: float) -> bool:
    return bool(((values == low) | (values == high) | np.isnan(values)).all())


def _is_place(column: pd.Series, low: float, high: float) -> bool:
    return names_place(str(column.name)) and low >= _LOWEST_PLACE and high <= _HIGHEST_PLACE


def _find_text_kind(column: pd.Series, layout: Layout, most_levels: int, *, is_typed: bool) -> Kind:
    given = column.dropna()
    some = given.iloc[:_NUM_TIME_CELLS]
    if some.nunique() == 1 and given.nunique() == 1:
        return "constant"
    if not is_typed and parse_times(some) is not None:
        return "time"
    if read_levels(column, most_levels) is None:
        return "text"
    codes = pd.factorize(column)[0][layout.order].astype(np.float64)
    codes[codes < 0] = np.nan
    return "static" if _is_static(codes, layout) else "category"


def _is_static(values: np.ndarray, layout: Layout) -> bool:
    """Whether a column, in the layout's order, is one and the same in each of several series."""
    if len(layout.starts) < 2:
        return False
    changes = (values[1:] != values[:-1]) & ~np.isnan(values[1:]) & ~np.isnan(values[:-1])
    return not (changes & layout.is_followed).any()


def _is_counter(values: np.ndarray, layout: Layout) -> bool:
    """Whether whole numbers go up, or down, by the same step from row to row."""
    if len(values) < _FEWEST_COUNTED and values.min() not in (0, 1):
        return False
    distances = np.diff(values)
    by_table = np.diff(values[np.argsort(layout.order)])  # as the rows stand in the file
    return any(
        len(found) > 1 and found[0] != 0 and bool((found == found[0]).all())
        for found in (distances[layout.is_followed], by_table)
    )


def _are_years(values: np.ndarray, times: pd.DatetimeIndex | None) -> bool:
    """Whether a column says the times again as years with fractions, such as 2019.042."""
    if times is None or len(values) < _FEWEST_COUNTED:
        return False
    some = slice(None, None, max(1, len(values) // _NUM_COMPARED_ROWS))
    seen, at = values[some], times[some]
    return not np.isnan(seen).any() and bool((np.floor(seen) == at.year).all())


def _is_calendar(values: np.ndarray, times: pd.DatetimeIndex) -> bool:
    """Whether a column repeats what the times say: the month, the weekday, the hour."""
    known = np.flatnonzero(~np.isnan(values))
    some = known[:: max(1, len(known) // _NUM_COMPARED_ROWS)]
    seen, at = values[some], times[some]
    if seen.min() < 0 or seen.max() > 2_300:
        return False
    parts = (
        at.year, at.quarter, at.month, at.day, at.day_of_year, at.hour, at.minute,
        at.day_of_week, at.day_of_week + 1, (at.day_of_week + 1) % 7, (at.day_of_week + 1) % 7 + 1,
        at.isocalendar().week, at.hour + 1,
    )  # fmt: skip
    return any(float((seen == np.asarray(part)).mean()) >= _NEARLY_ALL for part in parts)
