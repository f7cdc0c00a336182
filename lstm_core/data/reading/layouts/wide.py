"""A column for each time, a row for each series, or for each measure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from lstm_core.data.reading.layouts.headings import FEWEST_TIMES, read_counted, read_dates
from lstm_core.data.reading.layouts.melting import Cells, may_be_values, says_nothing, turn
from lstm_core.data.reading.layouts.summaries import find_total_rows, names_summary, sums_up
from lstm_core.data.reading.table import SourceTable
from lstm_core.data.reading.telling import Remark
from lstm_core.data.wording import count_words, list_names

_NO_NAME = "-"
_FEWEST_COUNTED, _FEWEST_BY_LETTER = 6, 12
"""Columns that count, such as ``day_1`` or ``d_1``: a few letters with numbers may be anything."""


def turn_wide(table: SourceTable, *, is_told: bool = False) -> SourceTable | None:
    """Return the table with a row for each time, or None where its columns are no times.

    Args:
        is_told: whether a person said that they are: then other times do not speak against it.
    """
    frame = table.frame
    found = _find_dates(frame, is_told=is_told) or _find_steps(frame, is_told=is_told)
    if found is None:
        return None
    columns, times, sentence = found
    rest = [name for name in frame.columns if name not in set(columns)]
    values = frame[columns].apply(pd.to_numeric, errors="coerce").to_numpy(np.float64)
    sums = [name for name in rest if _is_sum(frame[name], values)]
    kept = [name for name in rest if name not in sums and frame[name].notna().any()]
    remarks = [Remark("layout", sentence)]
    if sums:
        remarks.append(Remark("sums", f"Left out, being sums of the others: {list_names(sums)}."))
    labels = [frame[name] for name in kept if not pd.api.types.is_numeric_dtype(frame[name])]
    totals = find_total_rows(labels, values)
    if len(totals):
        told = (f'"{labels[0].iloc[row]}"'[:42] for row in totals[:3])
        remarks.append(
            Remark(
                "sums",
                f"{count_words(len(totals), 'row')} left out, being the sum of the others: "
                f"{', '.join(told)}.",
                table.find_lines(totals),
            )
        )
        table = _drop_rows(table, totals)
    table = _name_rows(table, kept)
    grid = np.broadcast_to(times, (len(table.frame), len(columns)))
    return turn(table, Cells(columns, grid, kept, "wide", tuple(remarks)))


def _find_dates(frame: pd.DataFrame, *, is_told: bool) -> tuple[list[str], np.ndarray, str] | None:
    candidates = [
        str(name) for name in frame.columns
        if not pd.api.types.is_datetime64_any_dtype(frame[name])
    ]  # fmt: skip
    fewest = 2 if is_told else FEWEST_TIMES
    dates = read_dates(candidates, fewest)
    if dates is None:
        return None
    columns = [str(name) for name in dates.index[dates.notna()]]
    texts = [name for name in columns if not may_be_values(frame[name])]
    columns = [
        name
        for name in columns
        if name not in texts or says_nothing(frame[name]) or _is_mostly_numbers(frame[name])
    ]
    if len(columns) < fewest or not (is_told or _is_table_of_times(frame, columns)):
        return None
    times = dates.loc[columns].astype("datetime64[ns]")
    if times.duplicated().any():
        return None
    sentence = (
        f"Columns are times: {count_words(len(columns), 'column')} from {columns[0]} to "
        f"{columns[-1]} were turned into rows."
    )
    return columns, times.to_numpy(), sentence


def _find_steps(frame: pd.DataFrame, *, is_told: bool) -> tuple[list[str], np.ndarray, str] | None:
    if len(read_counted([*frame.columns])[1]) < 2:
        return None
    first, columns = read_counted([name for name in frame.columns if may_be_values(frame[name])])
    if not columns:
        return None
    is_letter = not columns[0][1:2].isalpha()
    if len(columns) < (2 if is_told else _FEWEST_BY_LETTER if is_letter else _FEWEST_COUNTED):
        return None
    rest = frame.drop(columns=columns)
    labels = [name for name in rest.columns if not pd.api.types.is_float_dtype(rest[name])]
    is_named = bool(labels) and not rest[labels].duplicated().any()
    if not is_told and not (is_named and _is_table_of_times(frame, columns)):
        return None
    sentence = (
        f"Columns count steps: {count_words(len(columns), 'column')} from {columns[0]} to "
        f"{columns[-1]} were turned into rows, counted as they are there."
    )
    return columns, first + np.arange(len(columns)), sentence


def _is_table_of_times(frame: pd.DataFrame, columns: Sequence[str]) -> bool:
    """Whether nothing but these columns is the time, and they are what the table is about."""
    rest = [name for name in frame.columns if name not in set(columns)]
    others = [name for name in rest if pd.api.types.is_numeric_dtype(frame[name])]
    has_time = any(
        pd.api.types.is_datetime64_any_dtype(frame[name]) and frame[name].nunique() > 1
        for name in rest
    )
    return not has_time and len(columns) >= max(len(others), len(rest) / 2)


def _name_rows(table: SourceTable, kept: Sequence[str]) -> SourceTable:
    """Fill gaps in what names the rows where only names with gaps tell all of them apart.

    As with provinces of some countries, beside countries without any.
    """
    frame = table.frame
    texts = [name for name in kept if pd.api.types.is_string_dtype(frame[name])]
    gappy = [name for name in texts if frame[name].isna().any()]
    full = [name for name in kept if name not in gappy]
    if (
        not gappy
        or (full and not frame[full].duplicated().any())
        or frame[texts].duplicated().any()
    ):
        return table
    return replace(table, frame=frame.fillna(dict.fromkeys(gappy, _NO_NAME)))


def _is_mostly_numbers(column: pd.Series) -> bool:
    given = column.dropna()
    return bool(len(given)) and bool(pd.to_numeric(given, errors="coerce").notna().mean() >= 0.5)


def _is_sum(column: pd.Series, values: np.ndarray) -> bool:
    if not pd.api.types.is_numeric_dtype(column):
        return False
    return sums_up(column, values) or names_summary(str(column.name))


def _drop_rows(table: SourceTable, rows: np.ndarray) -> SourceTable:
    kept = np.setdiff1d(np.arange(len(table.frame)), rows)
    beside = table.rows
    if beside is not None and len(beside.lines) == len(table.frame):
        beside = replace(beside, lines=beside.lines[kept])
    return replace(
        table,
        frame=table.frame.iloc[kept].reset_index(drop=True),
        spelt={
            name: cells.iloc[kept].reset_index(drop=True) for name, cells in table.spelt.items()
        },
        rows=beside,
    )
