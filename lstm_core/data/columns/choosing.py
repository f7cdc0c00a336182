"""Which column is the time, and which tells series apart, when nobody said."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd

from lstm_core.data.columns.derived import join_names, read_flag
from lstm_core.data.reading.times import ParsedTimes, has_time_name, meaning_of_numbers, parse_times
from lstm_core.errors import DataError
from lstm_core.spec import ROW_ORDER, SeriesDataSpec

_FEW_REPEATS = 0.05
"""Share of repeated times that is averaged away without looking for several series."""
_MANY_REPEATS = 0.4
"""Two series in one file repeat half of the times."""
_MOST_TRIED_TOGETHER = 8
_ROW_ORDER_REMEDY = (
    "If the rows are in order and evenly spaced, choose that they are counted "
    f'(in the page "rows are in order", on the command line --time "{ROW_ORDER}").'
)


def choose_time(frame: pd.DataFrame, spec: SeriesDataSpec) -> tuple[str | None, ParsedTimes | None]:
    """Return the time column and its parsed times; ``(None, None)`` for the order of the rows.

    Calendar times go before counted steps, columns named like times before others, the left
    before the right.

    Raises:
        DataError: the named column holds no times, or no column does.
    """
    if spec.time == ROW_ORDER:
        return None, None
    if spec.time is not None:
        parsed = parse_times(frame[spec.time])
        if parsed is None:
            raise DataError(
                f'The column "{spec.time}" can\'t be read as times, such as '
                f'"{_example(frame[spec.time])}".',
                f"Choose another time column, or write times like 2024-03-31 14:00. "
                f"{_ROW_ORDER_REMEDY}",
            )
        return spec.time, parsed
    taken = {*spec.targets, *spec.covariates, spec.series}
    names = [name for name in frame.columns if name not in taken]
    for name in sorted(names, key=lambda name: not has_time_name(name)):
        if _may_be_calendar(frame[name]):
            parsed = parse_times(frame[name])
            if parsed is not None and parsed.is_calendar:
                return name, parsed
    for name in sorted(names, key=lambda name: not has_time_name(name)):
        if _may_be_steps(frame, name):
            return name, parse_times(frame[name])
    raise DataError("No column can be read as times.", _ROW_ORDER_REMEDY)


def choose_series(
    frame: pd.DataFrame, spec: SeriesDataSpec, time: str | None, times: ParsedTimes | None
) -> str | None:
    """Return the column that tells several series apart, or None for a single one.

    It is looked for only where many times repeat: then it is the column without gaps, of text
    before numbers, that leaves no time twice in a series.

    Raises:
        DataError: times repeat massively and no column tells the rows apart.
    """
    if spec.series is not None or times is None:
        return spec.series
    if _share_repeated(times.values) < _FEW_REPEATS:
        return None
    is_first = ~frame.duplicated().to_numpy()
    distinct, stamps = frame[is_first], times.values[is_first]
    repeats = _share_repeated(stamps)
    if repeats < _FEW_REPEATS:
        return None
    roles = {time, *spec.targets, *spec.covariates}
    candidates = [name for name in frame.columns if name not in roles]
    numbers = [name for name in candidates if _is_number(frame[name])]
    if not spec.targets and len(numbers) == 1:
        candidates.remove(numbers[0])  # the only column that can be the target
    text_first = sorted(
        candidates,
        key=lambda name: (pd.api.types.is_numeric_dtype(frame[name]), frame[name].nunique()),
    )
    for name in text_first:
        if _tells_apart(distinct[name], stamps):
            return str(name)
    together = _find_together(distinct, text_first, stamps)
    if together:
        return join_names(together)
    if repeats > _MANY_REPEATS:
        raise DataError(
            f'The same times occur again and again in "{time}" ({repeats:.0%} of the rows), and '
            "no column tells the rows apart.",
            "Choose the column that names each row's series, or keep one series in the file. "
            "Where date and hour stand in two columns, join them into one.",
        )
    return None


def _example(column: pd.Series) -> str:
    given = column.dropna()
    return str(given.iloc[0])[:40] if len(given) else "an empty cell"


def _is_number(column: pd.Series) -> bool:
    return bool(pd.api.types.is_numeric_dtype(column))


def _share_repeated(stamps: pd.Series) -> float:
    return float(stamps.dropna().duplicated().mean()) if len(stamps) else 0.0


def _may_be_calendar(column: pd.Series) -> bool:
    """Whether parsing is worth its time: text, or numbers whose name speaks of time."""
    if not _is_number(column):
        return True
    return has_time_name(str(column.name)) and meaning_of_numbers(column) not in (None, "step")


def _may_be_steps(frame: pd.DataFrame, name: str) -> bool:
    """Whether whole numbers count rows: named like a time, or the first column, evenly rising."""
    column = frame[name]
    if pd.api.types.is_bool_dtype(column) or not _is_number(column) or column.isna().any():
        return False
    if meaning_of_numbers(column) != "step":
        return False
    others = [other for other in frame.columns if other != name and _is_number(frame[other])]
    if not others:
        return False
    if has_time_name(str(name)):
        return True
    distances = np.diff(column.to_numpy(dtype=np.int64))
    is_even = len(distances) > 0 and distances[0] > 0 and bool((distances == distances[0]).all())
    return name == frame.columns[0] and is_even


def _find_together(frame: pd.DataFrame, names: list[str], stamps: pd.Series) -> tuple[str, ...]:
    """Return the two or three columns that only together leave no time twice in a series."""
    names = [
        name for name in names if _may_name_series(frame[name]) and read_flag(frame[name]) is None
    ][:_MOST_TRIED_TOGETHER]
    for count in (2, 3):
        for together in combinations(names, count):
            numbers = frame.groupby(list(together), sort=False).ngroup()
            if _tells_apart(numbers, stamps):
                return tuple(map(str, together))
    return ()


def _tells_apart(column: pd.Series, stamps: pd.Series) -> bool:
    if not _may_name_series(column):
        return False
    if not 2 <= column.nunique() <= len(column) // 2:
        return False
    pairs = pd.DataFrame({"series": column, "time": stamps}).dropna()
    return float(pairs.duplicated().mean()) < _FEW_REPEATS


def _may_name_series(column: pd.Series) -> bool:
    """Whether a column has a name for every row: no gaps, no fractions, no part of a time."""
    if column.isna().any():
        return False
    if _is_number(column) and has_time_name(str(column.name)):
        return False
    return not (pd.api.types.is_float_dtype(column) and bool((column % 1 != 0).any()))
