"""Which column is the time, when nobody said."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lstm_core.data.columns.words import names_id
from lstm_core.data.reading.table import SourceTable
from lstm_core.data.reading.telling import Remark
from lstm_core.data.reading.times import (
    ParsedTimes,
    has_time_name,
    meaning_of_numbers,
    parse_times,
    says_nothing,
)
from lstm_core.errors import DataError
from lstm_core.spec import ROW_ORDER, SeriesDataSpec

_LARGEST_GAP = 0.5
"""Share of the cells of a column of times that may be empty."""
_FEWEST_UNNAMED = 10
"""Rows of which numbers that nobody called times may be taken for some."""
_NUM_TRIED = 1_000
_SMALLEST_LONG = 1e8  # above which a number is no date without marks either
_CERTAIN = ("epoch", "compact", "day")
_SECOND = 1_000_000_000
_ROW_ORDER_REMEDY = (
    "If the rows are in order and evenly spaced, choose that they are counted "
    f'(in the page "rows are in order", on the command line --time "{ROW_ORDER}").'
)


def choose_time(
    table: SourceTable, spec: SeriesDataSpec
) -> tuple[str | None, ParsedTimes | None, tuple[Remark, ...]]:
    """Return the time column, its parsed times, and what is to be told of that.

    ``(None, None)`` stands for the order of the rows. Calendar times go before counted steps,
    columns named like times before others, the left before the right; one that is the same in every
    row is none. Where nothing looks or is called like a time, and no text names each
    row, the rows are counted.

    Raises:
        DataError: the named column holds no times, one that is called like times can't be read,
            or all rows have the same time.
    """
    frame = table.frame
    if spec.time == ROW_ORDER:
        return None, None, ()
    if spec.time is not None:
        parsed = parse_times(frame[spec.time])
        if parsed is None:
            raise DataError(
                f'The column "{spec.time}" can\'t be read as times, such as '
                f'"{_example(frame[spec.time])}".',
                f"Choose another time column, or write times like 2024-03-31 14:00. "
                f"{_ROW_ORDER_REMEDY}",
            )
        return spec.time, parsed, ()
    taken = {*spec.targets, *spec.covariates, spec.series, *(spec.reading.keys or ())}
    names = [str(name) for name in frame.columns if name not in taken]
    by_name = sorted(names, key=lambda name: not has_time_name(name))
    constant: list[tuple[str, ParsedTimes]] = []
    for name in by_name:
        is_first = name == frame.columns[0]
        parsed = _read_calendar(frame[name], is_typed=table.rows is not None, is_first=is_first)
        if parsed is None or frame[name].isna().mean() > _LARGEST_GAP:
            continue
        if not _is_constant(parsed.values):
            return name, parsed, ()
        constant.append((name, parsed))
    for name in by_name:
        parsed = _read_unnamed(frame[name])
        if parsed is not None:
            return name, parsed, ()
    for name in by_name:
        if _may_be_steps(frame, name):
            return name, parse_times(frame[name]), ()
    if constant:
        name, parsed = constant[0]
        raise DataError(
            f'"{name[:40]}", the only column of times, has the same time in every row.',
            f"Choose a file with one row for each point in time. {_ROW_ORDER_REMEDY}",
        )
    _refuse_unread(frame, names)
    return None, None, (
        Remark(
            "row_order",
            "No column holds times: the rows are taken to be in order and evenly spaced, and are "
            "counted from 0.",
        ),
    )  # fmt: skip


def _refuse_unread(frame: pd.DataFrame, names: list[str]) -> None:
    """Refuse to count rows where times are written in an unknown way, or rows are things."""
    texts = [name for name in names if not pd.api.types.is_numeric_dtype(frame[name])]
    called = [name for name in texts if has_time_name(name) and frame[name].notna().any()]
    if called:
        raise DataError(
            f"No column can be read as times. "
            f'"{called[0][:40]}" is called so, but holds "{_example(frame[called[0]])}".',
            f"Write times like 2024-03-31 14:00. {_ROW_ORDER_REMEDY}",
        )
    naming = [name for name in texts if frame[name].notna().any() and frame[name].is_unique]
    if naming or len(texts) == len(names):
        raise DataError("No column can be read as times.", _ROW_ORDER_REMEDY)


def _is_constant(times: pd.Series) -> bool:
    given = times.dropna()
    return given.empty or bool((given == given.iloc[0]).all())


def _example(column: pd.Series) -> str:
    given = column.dropna()
    return str(given.iloc[0])[:40] if len(given) else "an empty cell"


def _read_calendar(
    column: pd.Series, *, is_typed: bool, is_first: bool = False
) -> ParsedTimes | None:
    """Return a column's times where they are a calendar's.

    Args:
        is_typed: whether text has been looked at already: it is certain not to be times then.
        is_first: whether it stands before all others: numbers that rise are times there where the
            file names no column.
    """
    if pd.api.types.is_bool_dtype(column):
        return None
    if pd.api.types.is_numeric_dtype(column):
        is_named = has_time_name(str(column.name))
        meaning = meaning_of_numbers(column)
        is_named |= meaning in ("day", "compact")  # eight digits and more are no days by chance
        if says_nothing(column.name) and column.is_monotonic_increasing:
            is_named |= (is_first or meaning == "epoch") and not _counts_by_one(column)
        if not is_named or meaning in (None, "step"):
            return None
    elif is_typed and not pd.api.types.is_datetime64_any_dtype(column):
        return None
    parsed = parse_times(column)
    return parsed if parsed is not None and parsed.is_calendar else None


def _counts_by_one(column: pd.Series) -> bool:
    """Whether long numbers are ids one after another; years go on by one as well."""
    numbers = column.iloc[:_NUM_TRIED].dropna().to_numpy(np.float64)
    return len(numbers) > 1 and numbers[0] > _SMALLEST_LONG and bool((np.diff(numbers) == 1).all())


def _read_unnamed(column: pd.Series) -> ParsedTimes | None:
    """Return the times of a column that is not called so, where its numbers leave no doubt.

    They count from 1970, go up or down throughout, and most of them are as far apart as others, by
    a second at least: an id counts by one. Eight digits and more that all are dates are none by
    chance, in whatever order they stand.
    """
    if (
        not pd.api.types.is_numeric_dtype(column)
        or pd.api.types.is_bool_dtype(column)
        or names_id(str(column.name))
        or len(column) < _FEWEST_UNNAMED
        or column.isna().any()
    ):
        return None
    if meaning_of_numbers(column) in ("day", "compact"):
        parsed = parse_times(column)
        is_whole = parsed is not None and parsed.is_calendar and not parsed.values.isna().any()
        return parsed if is_whole and column.nunique() >= _FEWEST_UNNAMED else None
    steps = np.diff(column.iloc[:_NUM_TRIED].to_numpy(np.float64))
    if not ((steps > 0).all() or (steps < 0).all()) or meaning_of_numbers(column) not in _CERTAIN:
        return None
    parsed = parse_times(column)
    if parsed is None or not parsed.is_calendar or parsed.values.isna().any():
        return None
    distances = np.abs(np.diff(parsed.values.astype("int64")))
    usual = np.bincount(np.unique(distances, return_inverse=True)[1]).max()
    is_even = distances.min() >= _SECOND and usual >= len(distances) / 2
    return parsed if is_even else None


def _may_be_steps(frame: pd.DataFrame, name: str) -> bool:
    """Whether whole numbers count rows: named like a time, or the first column, evenly rising."""
    column = frame[name]
    if (
        pd.api.types.is_bool_dtype(column)
        or not pd.api.types.is_numeric_dtype(column)
        or column.isna().any()
    ):
        return False
    if meaning_of_numbers(column) != "step":
        return False
    others = [
        other
        for other in frame.columns
        if other != name and pd.api.types.is_numeric_dtype(frame[other])
    ]
    if not others:
        return False
    if has_time_name(str(name)):
        return True
    distances = np.diff(column.to_numpy(dtype=np.int64))
    is_even = len(distances) > 0 and distances[0] > 0 and bool((distances == distances[0]).all())
    return name == frame.columns[0] and is_even
