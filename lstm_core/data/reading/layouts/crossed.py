"""A time in two parts: one down the side, one across the top, such as years and months."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from lstm_core.data.columns.words import names_id
from lstm_core.data.reading.layouts.headings import (
    FEWEST_TIMES,
    Unit,
    read_month,
    read_parts,
    read_years,
)
from lstm_core.data.reading.layouts.melting import Cells, may_be_values, turn
from lstm_core.data.reading.table import SourceTable
from lstm_core.data.reading.telling import Choice, Question, Remark
from lstm_core.data.reading.times import has_time_name, says_nothing
from lstm_core.data.wording import count_words, list_names

LAYOUT_ITEM = "data.reading.layout"

_EARLIEST_YEAR, _LATEST_YEAR = 1600, 2200
_HOUR = 3_600_000_000_000
_UNITS_OF_YEARS: tuple[Unit, ...] = ("month", "quarter", "week")
_BARE: dict[str, Unit] = {"year": "month", "month": "day", "day": "hour"}
"""What plain numbers across the top are, by what rows are."""
_NAMES: dict[Unit, str] = {
    "month": "months", "quarter": "quarters", "week": "weeks", "day": "days", "hour": "hours",
}  # fmt: skip


def turn_crossed(table: SourceTable) -> SourceTable | None:
    """Return the table with a row for each time, or None where it is no such table."""
    return _turn_parts(table) or _turn_years(table) or _turn_unnamed(table)


def _turn_unnamed(table: SourceTable) -> SourceTable | None:
    """Rows are years, and twelve columns without names, or one more, follow: months, and a sum.

    That is asked.
    """
    frame = table.frame
    names = [str(name) for name in frame.columns]
    if len(names) not in (13, 14) or not all(map(says_nothing, names)):
        return None
    years, months = frame.iloc[:, 0], names[1:13]
    is_year = len(frame) >= FEWEST_TIMES and _holds_years(years, frame) and years.notna().all()
    if not is_year or not (years.diff().dropna().abs() == 1).all():
        return None
    if not all(may_be_values(frame[name]) for name in months):
        return None
    times = _add(_read_side(years)[0], "month", np.arange(12))
    words = "rows are years, columns months"
    turned = _turn(table, names[0], months, times, words)
    return replace(turned, questions=(*turned.questions, _ask_layout(frame, months)))


def _ask_layout(frame: pd.DataFrame, months: Sequence[str]) -> Question:
    year = int(frame.iloc[:, 0].to_numpy()[0])
    first = frame[months[0]].to_numpy()[0]
    return Question(
        LAYOUT_ITEM,
        "The columns have no names. Are they the months of each year?",
        (
            Choice("year_month", "Months", f"{first:,.10g} is of January {year}"),
            Choice("long", "Something else", f"{first:,.10g} is of {year}"),
        ),
    )


def _turn_parts(table: SourceTable) -> SourceTable | None:
    """Rows are years, months or days; columns are what these consist of."""
    frame = table.frame
    names = [str(name) for name in frame.columns]
    if all(read_parts(names, bare) is None for bare in _BARE.values()):
        return None
    values = [name for name in names if may_be_values(frame[name])]
    for side in _list_sides(frame):
        column = frame[side]
        if column.isna().all():
            continue
        starts, kind = _read_side(column)
        found = read_parts([name for name in values if name != side], _BARE[kind])
        if found is None:
            continue
        unit, parts = found
        if (unit in _UNITS_OF_YEARS) != (kind == "year") or (unit == "day") != (kind == "month"):
            continue
        times = _add(starts, unit, np.array(list(parts.values())))
        words = f"rows are {kind}s, columns {_NAMES[unit]}"
        return _turn(table, side, list(parts), times, words)
    return None


def _turn_years(table: SourceTable) -> SourceTable | None:
    """Rows are months, quarters or weeks, columns are years."""
    frame = table.frame
    years = read_years([str(name) for name in frame.columns])
    years = {name: year for name, year in years.items() if may_be_values(frame[name])}
    if len(years) < FEWEST_TIMES - 1:
        return None
    for side in frame.columns:
        if side in years:
            continue
        found = _read_parts_down(frame[side])
        if found is None:
            continue
        unit, parts = found
        first = np.array([np.datetime64(f"{year}-01-01", "ns") for year in years.values()])
        times = np.stack([_add(first, unit, np.array([part]))[:, 0] for part in parts])
        words = f"rows are {_NAMES[unit]}, columns years"
        return _turn(table, str(side), list(years), times, words)
    return None


def _turn(
    table: SourceTable, side: str, columns: list[str], times: np.ndarray, words: str
) -> SourceTable:
    frame = table.frame
    rest = [str(name) for name in frame.columns if name != side and name not in set(columns)]
    kept = [name for name in rest if _names_rows(frame[name], table)]
    left = [name for name in rest if name not in kept and frame[name].notna().any()]
    remarks = [
        Remark(
            "layout",
            f"A time in two parts: {words}; {count_words(len(columns), 'column')} from "
            f"{columns[0]} to {columns[-1]} were turned into rows.",
        )
    ]
    if left:
        remarks.append(
            Remark("sums", f"Left out, being beside the {columns[0]} to {columns[-1]}: "
                   f"{list_names(left)}.")
        )  # fmt: skip
    return turn(table, Cells(columns, times, kept, "year_month", tuple(remarks)))


def _names_rows(column: pd.Series, table: SourceTable) -> bool:
    """Whether a column says which series a row is of."""
    name = str(column.name)
    if column.isna().all() or pd.api.types.is_datetime64_any_dtype(column):
        return False
    if not pd.api.types.is_numeric_dtype(column):
        return bool(column.notna().all())
    if name in table.spelt or names_id(name):
        return True
    is_whole = bool(column.notna().all()) and bool((column % 1 == 0).all())
    return is_whole and 2 <= column.nunique() <= len(column) // 2


def _list_sides(frame: pd.DataFrame) -> list[str]:
    """Return the columns that may be the part down the side: dates before years."""
    dates = [
        str(name) for name in frame.columns if pd.api.types.is_datetime64_any_dtype(frame[name])
    ]
    years = [str(name) for name in frame.columns if _holds_years(frame[name], frame)]
    return sorted(dates, key=lambda name: not has_time_name(name)) + years


def _holds_years(column: pd.Series, frame: pd.DataFrame) -> bool:
    if not pd.api.types.is_numeric_dtype(column) or pd.api.types.is_bool_dtype(column):
        return False
    values = column.to_numpy(np.float64, na_value=np.nan)  # of thousands of columns, quickly
    given = values[~np.isnan(values)]
    if len(given) < len(values) - 1 or not len(given) or (given % 1 != 0).any():
        return False
    is_year = bool(((given >= _EARLIEST_YEAR) & (given <= _LATEST_YEAR)).all())
    is_named = has_time_name(str(column.name)) or column.name == frame.columns[0]
    return is_year and (is_named or bool((np.diff(given) == 1).all()))


def _read_side(column: pd.Series) -> tuple[np.ndarray, str]:
    """Return when each row begins, and whether rows are years, months or days."""
    if pd.api.types.is_numeric_dtype(column):
        years = column.astype("Int64").astype("str").mask(column.isna())
        return pd.to_datetime(years, format="%Y").to_numpy("datetime64[ns]"), "year"
    given = column.dropna()
    starts = column.to_numpy("datetime64[ns]")
    if (given.dt.day != 1).any() or (given != given.dt.normalize()).any():
        return starts, "day"
    if len(given) == 1:
        return starts, "day"
    return starts, "year" if (given.dt.month == 1).all() else "month"


def _read_parts_down(column: pd.Series) -> tuple[Unit, Sequence[int]] | None:
    """Return which part of a year each row is; None where the column does not say it."""
    if column.isna().any():
        return None
    name = str(column.name)
    if not pd.api.types.is_numeric_dtype(column):
        if pd.api.types.is_datetime64_any_dtype(column):
            return None
        texts = column.astype("str")
        months = [read_month(text) for text in texts]
        if None not in months and len(set(months)) == 12:
            return "month", [month for month in months if month is not None]
        quarters = texts.str.extract(r"(?i)^(?:q|quarter|quartal)\s?([1-4])$")[0]
        if quarters.notna().all() and quarters.nunique() == 4:
            return "quarter", [int(quarter) - 1 for quarter in quarters]
        weeks = texts.str.extract(r"(?i)^(?:w|wk|week|kw|woche)\s?(\d{1,2})$")[0]
        if weeks.notna().all() and weeks.nunique() in (52, 53):
            return "week", [int(week) - 1 for week in weeks]
        return None
    if not has_time_name(name) or (column % 1 != 0).any():
        return None
    numbers = sorted(column.unique())
    for unit, whole in (("month", (12,)), ("quarter", (4,)), ("week", (52, 53))):
        if len(numbers) in whole and numbers == list(range(1, len(numbers) + 1)):
            return unit, [int(number) - 1 for number in column]  # type: ignore[return-value]
    return None


def _add(starts: np.ndarray, unit: Unit, parts: np.ndarray) -> np.ndarray:
    """Return ``datetime64[ns]``, ``(starts, parts)``; NaT for a time that there is not."""
    none = np.isnat(starts)[:, None]
    filled = np.where(np.isnat(starts), np.datetime64(0, "ns"), starts)
    if unit == "hour":
        steps = np.round(parts * _HOUR).astype(np.int64).astype("timedelta64[ns]")
        days = filled.astype("datetime64[D]").astype("datetime64[ns]")
        times = days[:, None] + steps
    elif unit == "day":
        months = filled.astype("datetime64[M]")
        days = months.astype("datetime64[D]")[:, None] + parts.astype(np.int64)
        is_in = days.astype("datetime64[M]") == months[:, None]
        times = np.where(is_in, days, np.datetime64("NaT", "D")).astype("datetime64[ns]")
    elif unit == "week":
        years = filled.astype("datetime64[Y]")
        times = _find_week(years)[:, None] + 7 * parts.astype(np.int64)
        is_in = times < _find_week(years + 1)[:, None]
        times = np.where(is_in, times, np.datetime64("NaT", "D")).astype("datetime64[ns]")
    else:
        length = {"month": 1, "quarter": 3}[unit]
        months = filled.astype("datetime64[Y]").astype("datetime64[M]")
        times = (months[:, None] + length * parts.astype(np.int64)).astype("datetime64[ns]")
    return np.where(none, np.datetime64("NaT", "ns"), times)


def _find_week(years: np.ndarray) -> np.ndarray:
    """Return the Monday of each year's first week, the one that the 4th of January is in."""
    fourth = years.astype("datetime64[D]") + 3
    weekdays = (fourth.astype(np.int64) + 3) % 7  # 1970-01-01 is a Thursday; 0 is Monday
    return fourth - weekdays
