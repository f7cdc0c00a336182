"""Cells that stand across a table, each under the time that its column is, put into rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from lstm_core.data.reading.table import SourceTable
from lstm_core.data.reading.telling import Remark
from lstm_core.data.wording import count_words, list_names
from lstm_core.spec.reading import TableLayout

TIME, VALUE, ROW = "time", "value", "row"
"""What the new columns are called; ``ROW`` numbers rows that nothing else tells apart."""

_MOST_WORDS = 3
_NO_WORD = "(none)"


@dataclass(frozen=True)
class Cells:
    """Cells of a table that are values of times.

    Attributes:
        columns: of the table, ``(columns,)``.
        times: ``datetime64[ns]`` or int64, ``(rows, columns)``; NaT where there is no such time,
            as on the 30th of February.
        kept: the columns that say what a row is about; they are repeated.
        layout: what the table's layout was.
        remarks: what is to be told of it.
    """

    columns: Sequence[str]
    times: np.ndarray
    kept: Sequence[str]
    layout: TableLayout
    remarks: tuple[Remark, ...] = ()


def may_be_values(column: pd.Series) -> bool:
    """Whether cells can be values: numbers, nothing at all, or text that is mostly numbers."""
    if pd.api.types.is_bool_dtype(column) or pd.api.types.is_datetime64_any_dtype(column):
        return False
    return pd.api.types.is_numeric_dtype(column) or bool(column.isna().all())


def says_nothing(column: pd.Series) -> bool:
    """Whether all that stands in a column of text are signs, such as the two dots of an office."""
    return not any(letter.isalnum() for text in column.dropna().unique() for letter in str(text))


def turn(table: SourceTable, cells: Cells) -> SourceTable:
    """Return the table with a row for each time: the kept columns, ``time`` and ``value``.

    The rows of one row of the source follow each other. Cells without a time are left out.
    """
    frame = table.frame
    values, words = _read_values(frame, cells.columns)
    remarks = [*cells.remarks]
    has_time = np.ones(cells.times.shape, dtype=bool)
    if np.issubdtype(cells.times.dtype, np.datetime64):
        has_time = ~np.isnat(cells.times)
    num_lost = int((~has_time & ~np.isnan(values)).sum())
    if num_lost:
        remarks.append(
            Remark(
                "no_such_time",
                f"{count_words(num_lost, 'value')} left out that stand at a time that there is "
                "not, such as the 30th of February.",
            )
        )
    if words:
        remarks.append(_tell_words(words, table))
    kept = has_time.ravel()
    sources = np.repeat(np.arange(len(frame)), len(cells.columns))[kept]
    names = [name for name in cells.kept if name in frame.columns]
    about = {name: _fill_words(frame[name]).take(sources).reset_index(drop=True) for name in names}
    if not about and len(frame) > 1 and cells.layout == "wide":
        about[ROW] = pd.Series(sources + 1).astype("str")
    long = pd.DataFrame(about, index=pd.RangeIndex(len(sources)))
    long[_name_freely(TIME, long.columns)] = cells.times.ravel()[kept]
    long[_name_freely(VALUE, long.columns)] = values.ravel()[kept]
    spelt = {
        name: table.spelt[name].take(sources).reset_index(drop=True)
        for name in names
        if name in table.spelt
    }
    rows = table.rows
    if rows is not None and len(rows.lines) == len(frame):
        rows = replace(rows, lines=rows.lines[sources])
    return replace(
        table,
        frame=long,
        spelt=spelt,
        rows=rows,
        remarks=(*table.remarks, *remarks),
        plan=table.plan.fill(layout=cells.layout),
    )


def _fill_words(column: pd.Series) -> pd.Series:
    """Put a word where some series have none, so that it can tell them apart: a province."""
    is_some = pd.api.types.is_string_dtype(column) and column.isna().any() and column.notna().any()
    return column.fillna(_NO_WORD) if is_some else column


def _read_values(
    frame: pd.DataFrame, columns: Sequence[str]
) -> tuple[np.ndarray, Mapping[int, list[str]]]:
    """Return float64, ``(rows, columns)``, and the words that are no numbers, by row."""
    values = np.empty((len(frame), len(columns)))
    words: dict[int, list[str]] = {}
    for number, name in enumerate(columns):
        column = frame[name]
        if pd.api.types.is_numeric_dtype(column):
            values[:, number] = column.to_numpy(np.float64, na_value=np.nan)
            continue
        read = pd.to_numeric(column, errors="coerce")
        values[:, number] = read.to_numpy(np.float64, na_value=np.nan)
        for row in np.flatnonzero((read.isna() & column.notna()).to_numpy()):
            words.setdefault(int(row), []).append(str(column.iloc[row]))
    return values, words


def _tell_words(words: Mapping[int, list[str]], table: SourceTable) -> Remark:
    found = [word for each in words.values() for word in each]
    shown = list_names(list(dict.fromkeys(found))[:_MOST_WORDS])
    return Remark(
        "missing_words",
        f"{count_words(len(found), 'cell')} without a number taken as missing, such as {shown}.",
        table.find_lines(list(words)),
    )


def _name_freely(name: str, taken: pd.Index) -> str:
    number, free = 1, name
    while free in taken:
        number, free = number + 1, f"{name} {number + 1}"
    return free
