"""Years, months, days and hours in columns without names, as old formats of weather write them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from lstm_core.data.reading.table import SourceTable
from lstm_core.data.reading.times.forms.composing import NOTHING, days_of
from lstm_core.data.reading.times.joining.parts import read_days, read_months, read_years
from lstm_core.data.reading.times.names import says_nothing

_FEWEST_DAYS = 3
_FEWEST_MONTHS = 12


def name_parts(table: SourceTable) -> tuple[SourceTable, dict[str, str]] | None:
    """Return the table with such columns called by what they hold, and their own names by those.

    None where there are none. Three side by side have to make days that exist and follow each
    other; hours beside them have to follow each other too.
    """
    frame = table.frame
    names = [str(name) for name in frame.columns]
    for start in range(len(names) - 2):
        part = names[start : start + 3]
        if not all(says_nothing(name) for name in part):
            continue
        days = _read_days(*(frame[name] for name in part))
        if days is None:
            if not _are_months(frame[part[0]], frame[part[1]]):
                continue
            return _rename(table, {part[0]: "year", part[1]: "month"})
        named = dict(zip(part, ("year", "month", "day"), strict=True))
        beside = names[start + 3] if start + 3 < len(names) else None
        if beside is not None and says_nothing(beside) and _are_hours(frame[beside], days):
            named[beside] = "hour"
        return _rename(table, named)
    return None


def _rename(table: SourceTable, named: dict[str, str]) -> tuple[SourceTable, dict[str, str]] | None:
    if set(named.values()) & {str(name) for name in table.frame.columns}:
        return None
    spelt = {named.get(name, name): cells for name, cells in table.spelt.items()}
    renamed = replace(table, frame=table.frame.rename(columns=named), spelt=spelt)
    return renamed, {said: name for name, said in named.items()}


def _are_months(year: pd.Series, month: pd.Series) -> bool:
    """Whether two columns count months, one after the other."""
    years, months = read_years(year.rename("year")), read_months(month.rename("month"))
    if years is None or months is None or years.min() < 0 or months.min() < 0:
        return False
    return len(years) > _FEWEST_MONTHS and bool((np.diff(years * 12 + months) == 1).all())


def _read_days(year: pd.Series, month: pd.Series, day: pd.Series) -> np.ndarray | None:
    years, months = read_years(year.rename("year")), read_months(month.rename("month"))
    if years is None or months is None or years.min() < 0:
        return None
    in_month = read_days(day.rename("day"))
    if in_month is None or (months == NOTHING).any() or (in_month == NOTHING).any():
        return None
    days, exist = days_of(years, months, in_month)
    steps = np.diff(days)
    goes_on = bool((steps >= 0).all() or (steps <= 0).all())
    return days if exist.all() and goes_on and len(np.unique(days)) >= _FEWEST_DAYS else None


def _are_hours(column: pd.Series, days: np.ndarray) -> bool:
    if pd.api.types.is_bool_dtype(column) or pd.api.types.is_datetime64_any_dtype(column):
        return False
    hours = pd.to_numeric(column, errors="coerce").to_numpy(dtype=np.float64, na_value=np.nan)
    if not ((hours >= 0) & (hours <= 24) & (hours % 1 == 0)).all():
        return False
    steps = np.diff(days * 24 + hours)
    return bool((np.diff(days) == 0).any()) and bool((steps > 0).all() or (steps < 0).all())
