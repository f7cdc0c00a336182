"""Columns of text that are numbers in disguise: thousands separators, words for "missing"."""

from __future__ import annotations

import re

import pandas as pd

_EXPONENT = r"(?:[eE][+-]?\d+)?"
POINT_NUMBER = re.compile(
    rf"[+-]?(?:\d+\.?\d*|[1-9]\d{{0,2}}(?:[, '\u00a0\u202f]\d{{3}})+(?:\.\d*)?|\.\d+){_EXPONENT}"
)
"""``1234.5``, ``1,234.5``, ``1 234.5``."""
COMMA_NUMBER = re.compile(
    rf"[+-]?(?:\d+,?\d*|[1-9]\d{{0,2}}(?:[. '\u00a0\u202f]\d{{3}})+(?:,\d*)?|,\d+){_EXPONENT}"
)
"""``1234,5``, ``1.234,5``, ``1 234,5``."""

MISSING_WORDS = frozenset(
    {"", "na", "n/a", "#n/a", "nan", "null", "none", "nil", "-", "--", ".", "?", "missing"}
)
_CURRENCY = r"(?:US\$|R\$|[$€£¥₹₽₩%]|USD|EUR|GBP|CHF|JPY|kr|zł)"
_UNIT_OR_BRACKET = re.compile(rf"{_CURRENCY}|^\(", re.IGNORECASE)
_WITH_UNIT = re.compile(
    rf"^(?P<bracket>\()?(?P<sign>[+-])?\s*(?P<before>{_CURRENCY})?\s*(?P<inner>[+-])?\s*"
    rf"(?P<number>[\d.,' \u00a0\u202f]*\d)\s*(?P<after>{_CURRENCY})?\s*\)?$",
    re.IGNORECASE,
)
_NUM_SAMPLE_CELLS = 200
_INFINITY = re.compile(r"[+-]?inf(inity)?", re.IGNORECASE)


def read_numbers(column: pd.Series, decimal: str) -> pd.Series | None:
    """Return the column as float64, or None where a cell is neither a number nor missing.

    One currency or a percent sign, the same in all cells, is left out; so is an accountant's way
    to write a negative number, ``(12.50)``.

    Args:
        column: text; missing cells are NaN or one of ``MISSING_WORDS``.
        decimal: the mark to prefer where a cell may be read both ways, such as ``1.234``.
    """
    cells = column.astype("str").str.strip()
    missing = column.isna() | cells.str.lower().isin(MISSING_WORDS)
    given = cells[~missing]
    if given.empty:
        return pd.Series(float("nan"), index=column.index)
    plain = pd.to_numeric(given, errors="coerce") if decimal == "." else None
    if plain is not None and plain.notna().all():
        return plain.astype("float64").reindex(column.index)
    given = _strip_unit(given)
    marks = (decimal, "," if decimal == "." else ".")
    for mark in marks:
        pattern = POINT_NUMBER if mark == "." else COMMA_NUMBER
        if all(_is_number(cell, pattern) for cell in given):
            values = [_to_float(cell, mark) for cell in given]
            return pd.Series(values, index=given.index, dtype="float64").reindex(column.index)
    return None


def _strip_unit(cells: pd.Series) -> pd.Series:
    """Return given cells without the unit that they share; as they are where they share none."""
    if not cells.iloc[:_NUM_SAMPLE_CELLS].str.contains(_UNIT_OR_BRACKET).any():
        return cells
    parts = cells.str.extract(_WITH_UNIT)
    units = pd.concat([parts["before"], parts["after"]]).dropna().str.upper().unique()
    if parts["number"].isna().any() or len(units) > 1:
        return cells
    is_negative = parts[["bracket", "sign", "inner"]].isin(["(", "-"]).any(axis=1)
    return parts["number"].where(~is_negative, "-" + parts["number"])


def _is_number(cell: str, pattern: re.Pattern[str]) -> bool:
    return bool(pattern.fullmatch(cell) or _INFINITY.fullmatch(cell))


def _to_float(cell: str, decimal: str) -> float:
    thousands = ",'" if decimal == "." else ".'"
    for mark in (*thousands, " ", "\u00a0", "\u202f"):
        cell = cell.replace(mark, "")
    return float(cell.replace(",", "."))
