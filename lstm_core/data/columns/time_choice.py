"""Which column is the time, when nobody said."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

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
_SECOND = 1_000_000_000
_ROW_ORDER_REMEDY = (
    "If the rows are in order and evenly spaced, let them be counted "
    f'(on the command line: --time "{ROW_ORDER}").'
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
    for is_told, name in product((True, False), by_name):
        parsed = _read_calendar(table, name, is_told=is_told)
        if parsed is None or frame[name].isna().mean() > _LARGEST_GAP:
            continue
        if not _is_constant(parsed.values):
            return *_find_finer(table, name, parsed, by_name), ()
        constant.append((name, parsed))
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


def _find_finer(
    table: SourceTable, name: str, parsed: ParsedTimes, names: Sequence[str]
) -> tuple[str, ParsedTimes]:
    """Return a column that says a year, month or day more exactly, where such a one repeats.

    As a label beside a column of years does.
    """
    given = parsed.values
    if given.is_unique or not (given.dropna() == given.dropna().dt.normalize()).all():
        return name, parsed
    months = given.dropna().dt.to_period("M").dt.start_time
    is_of_months = bool((months == given.dropna()).all())
    unit = "D" if not is_of_months else "Y" if (given.dropna().dt.month == 1).all() else "M"
    for other in names:
        if other == name or table.frame[other].isna().mean() > _LARGEST_GAP:
            continue
        finer = _read_calendar(table, other, is_told=True)
        if finer is None or finer.values.nunique() <= given.nunique():
            continue
        starts = finer.values.dt.to_period(unit).dt.start_time
        if (starts == given)[finer.values.notna()].all():
            return other, finer
    return name, parsed


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


def _read_calendar(table: SourceTable, name: str, *, is_told: bool) -> ParsedTimes | None:
    """Return a column's times where they are a calendar's.

    Args:
        is_told: whether its name, its place or how it is written has to say that these are times;
            else its numbers alone have to leave no doubt.
    """
    column = table.frame[name]
    if pd.api.types.is_bool_dtype(column):
        return None
    if pd.api.types.is_numeric_dtype(column):
        is_first = name == table.frame.columns[0]
        if not (_is_told(column, is_first=is_first) if is_told else _counts_from_1970(column)):
            return None
    elif not is_told or (
        # Of typed tables, text has been looked at already: it is certain not to be times.
        table.rows is not None and not pd.api.types.is_datetime64_any_dtype(column)
    ):
        return None
    parsed = parse_times(column)
    if parsed is None or not parsed.is_calendar:
        return None
    return parsed if is_told or _is_mostly_even(parsed.values) else None


def _is_told(numbers: pd.Series, *, is_first: bool) -> bool:
    """Whether numbers are called times, or written as no others are.

    Where the file names no column, numbers that rise are times before all others, or where they
    count from 1970.
    """
    meaning = meaning_of_numbers(numbers)
    if meaning in (None, "step"):
        return False
    if has_time_name(str(numbers.name)) or meaning in ("day", "compact"):
        return True  # eight digits and more are no days by chance
    if not says_nothing(numbers.name) or not numbers.is_monotonic_increasing:
        return False
    return (is_first or meaning == "epoch") and not _counts_by_one(numbers)


def _counts_by_one(column: pd.Series) -> bool:
    """Whether long numbers are ids one after another; years go on by one as well."""
    numbers = column.iloc[:_NUM_TRIED].dropna().to_numpy(np.float64)
    return len(numbers) > 1 and numbers[0] > _SMALLEST_LONG and bool((np.diff(numbers) == 1).all())


def _counts_from_1970(numbers: pd.Series) -> bool:
    """Whether numbers that nothing says to be times go up or down from 1970 throughout."""
    if names_id(str(numbers.name)) or len(numbers) < _FEWEST_UNNAMED or numbers.isna().any():
        return False
    steps = np.diff(numbers.iloc[:_NUM_TRIED].to_numpy(np.float64))
    is_one_way = bool((steps > 0).all() or (steps < 0).all())
    return is_one_way and meaning_of_numbers(numbers) == "epoch"


def _is_mostly_even(times: pd.Series) -> bool:
    """Whether most times are as far apart as others, and a second at least: an id counts by one."""
    if times.isna().any():
        return False
    distances = np.abs(np.diff(times.astype("int64")))
    usual = np.bincount(np.unique(distances, return_inverse=True)[1]).max()
    return bool(distances.min() >= _SECOND and usual >= len(distances) / 2)


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
