"""Columns that hold one part of a date: its year, month, day, quarter or week."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import pandas as pd

from lstm_core.data.reading.times.forms.composing import NOTHING, pick_century
from lstm_core.data.reading.times.forms.words import month_of
from lstm_core.data.reading.times.names import names_quarter, names_week, names_year, spaced

_NEARLY_ALL = 0.95
_MOST = 0.9  # a thirteenth month stands for the year in some tables
_MOST_WORDS = 60
_NUM_SAMPLE_CELLS = 40
_NAMES_MONTH = re.compile(
    r"month|monat|\bmois\b|\bmes\b|\bmese\b|\bm[eê]s\b|maand|m[åa]ned|månad|miesi[aą]c|месяц|kuukausi"
    r"|\bay\b|\bmm\b|\bmon\b|\bmo\b|^月|月份|\b월\b",
    re.IGNORECASE,
)
_NAMES_PERIOD = re.compile(
    r"^\W*(?:(?:posting|fiscal|accounting|buchungs)[ -]?)?per(?:iode?|íodo)?\W*$", re.IGNORECASE
)
_MOST_QUARTERS = 6
"""A period above it is a month of a year."""
_NAMES_DAY = re.compile(
    r"^\s*(?:day|days|tag|jour|d[ií]a|giorno|dag|dzie[nń]|день|g[uü]n|p[aä]iv[aä]|dd|dy|mday|dom|日|일"
    r"|day ?(?:of ?(?:the ?)?month)|d)\s*$",
    re.IGNORECASE,
)
_NAMES_DAY_OF_YEAR = re.compile(
    r"\bdoy\b|\byday\b|day of (?:the )?year|julian|\bjday\b", re.IGNORECASE
)
_MONTH = re.compile(r"M(0?[1-9]|1[0-2])")
_QUARTER = re.compile(
    r"(?:Q|K|T|Quarter|Quartal|Trim\.?|Qtr)?\s?0?([1-4])\.?\s?(?:Q|Quartal)?", re.IGNORECASE
)
_WEEK = re.compile(r"(?:W|KW|CW|Week|Woche|S|Uge|v)?\s?(\d{1,2})", re.IGNORECASE)


def read_years(column: pd.Series) -> np.ndarray | None:
    """Return years, int64 ``(rows,)``, of a column that is called so; None when it is none."""
    if not names_year(column.name):
        return None
    if pd.api.types.is_datetime64_any_dtype(column):
        starts = column.dt.normalize() == column.dt.to_period("Y").dt.start_time
        years = column.dt.year.to_numpy(dtype=np.float64, na_value=np.nan)
        return _as_whole(years, 1500, 2250) if (starts | column.isna()).all() else None
    numbers = _to_numbers(column)
    if np.nanmax(numbers, initial=0) < 100:
        numbers = pick_century(numbers)
    return _as_whole(numbers, 1500, 2250)


def read_months(column: pd.Series) -> np.ndarray | None:
    """Return months from 1 to 12: names of months in any column, numbers in one called so."""
    if pd.api.types.is_numeric_dtype(column):
        return _read_numbered_months(column)
    if not pd.api.types.is_string_dtype(column):
        return None
    named = _translate(column, month_of)
    if named is None:
        named = _translate(column, lambda word: _number_in(_MONTH, word))
    return _read_numbered_months(column) if named is None else named


def _read_numbered_months(column: pd.Series) -> np.ndarray | None:
    is_named = _names_month(column.name)
    if not is_named and not _NAMES_PERIOD.search(spaced(column.name)):
        return None
    months = _as_whole(_to_numbers(column), 1, 12)
    return months if is_named or (months is not None and months.max() > _MOST_QUARTERS) else None


def read_quarters(column: pd.Series) -> np.ndarray | None:
    """Return quarters from 1 to 4."""
    if pd.api.types.is_numeric_dtype(column):
        return _as_whole(_to_numbers(column), 1, 4) if names_quarter(column.name) else None
    if not pd.api.types.is_string_dtype(column):
        return None
    is_named = names_quarter(column.name)
    return _translate(
        column, lambda word: _number_in(_QUARTER, word) if is_named or word[0] in "Qq" else 0
    )


def read_weeks(column: pd.Series) -> np.ndarray | None:
    """Return ISO weeks from 1 to 53, of a column that is called so."""
    if not names_week(column.name) or re.search(r"day|tag", str(column.name), re.IGNORECASE):
        return None
    if pd.api.types.is_numeric_dtype(column):
        return _as_whole(_to_numbers(column), 1, 53)
    if not pd.api.types.is_string_dtype(column):
        return None
    return _translate(column, lambda word: _number_in(_WEEK, word))


def read_days(column: pd.Series) -> np.ndarray | None:
    """Return days of the month, of a column that is called so."""
    if not _NAMES_DAY.search(spaced(column.name)):
        return None
    return _as_whole(_to_numbers(column), 1, 31)


def read_days_of_year(column: pd.Series) -> np.ndarray | None:
    """Return days from 1 to 366, of a column that is called so."""
    name = spaced(column.name)
    if not (_NAMES_DAY_OF_YEAR.search(name) or _NAMES_DAY.search(name)):
        return None
    return _as_whole(_to_numbers(column), 1, 366)


def _names_month(name: object) -> bool:
    return bool(_NAMES_MONTH.search(spaced(name)))


def _to_numbers(column: pd.Series) -> np.ndarray:
    if pd.api.types.is_bool_dtype(column) or pd.api.types.is_datetime64_any_dtype(column):
        return np.full(len(column), np.nan)
    return pd.to_numeric(column, errors="coerce").to_numpy(dtype=np.float64, na_value=np.nan)


def _as_whole(numbers: np.ndarray, low: int, high: int) -> np.ndarray | None:
    fits = (numbers >= low) & (numbers <= high)
    fits &= np.where(fits, numbers, 0) % 1 == 0
    if not len(numbers) or fits.mean() < _NEARLY_ALL:
        return None
    return np.where(fits, np.where(fits, numbers, 0), NOTHING).astype(np.int64)


def _translate(column: pd.Series, meaning: Callable[[str], int]) -> np.ndarray | None:
    few = column.dropna().head(_NUM_SAMPLE_CELLS)
    if not len(few) or 2 * sum(meaning(str(word).strip() or " ") > 0 for word in few) < len(few):
        return None
    codes, words = pd.factorize(column)
    if not len(words) or len(words) > _MOST_WORDS:
        return None
    numbers = np.array([*(meaning(str(word).strip() or " ") for word in words), 0], dtype=np.int64)
    found = numbers[codes]
    if (found > 0).mean() < _MOST:
        return None
    return np.where(found > 0, found, NOTHING)


def _number_in(pattern: re.Pattern[str], word: str) -> int:
    found = pattern.fullmatch(word)
    return int(found[1]) if found is not None else 0
