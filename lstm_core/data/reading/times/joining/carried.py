"""Years and dates that are written once and hold for the rows below, as reports write them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from lstm_core.data.reading.table import SourceTable
from lstm_core.data.reading.telling import Remark
from lstm_core.data.reading.times.forms.words import month_of
from lstm_core.data.reading.times.names import has_time_name

_LARGEST_SHARE = 0.6
"""Of cells that are given, of which the others are taken to go on; dates left out are fewer."""
_FEWEST = 2
_FEWEST_BELOW = 2
_NUM_BESIDE = 3
_YEAR = r"(?:1[6-9]|2[01])\d\d"


def carry_down(table: SourceTable) -> SourceTable:
    """Return the table with times put beside each row that they hold for.

    A column called a time, given in the first row and then every few rows, none of them twice in
    turn, while the next column is given in every row. Years on lines of their own, between names
    of months, are put before these.
    """
    return _carry_years(_carry_columns(table))


def _carry_columns(table: SourceTable) -> SourceTable:
    frame, carried = table.frame, []
    for at, name in enumerate(frame.columns[:_NUM_BESIDE]):
        column = frame.iloc[:, at]
        given = column.notna().to_numpy()
        is_called = has_time_name(str(name)) and at + 1 < len(frame.columns)
        if not is_called or not len(given) or not given[0] or given.sum() < _FEWEST:
            continue
        if given.mean() > _LARGEST_SHARE or frame.iloc[:, at + 1].isna().any():
            continue
        turns = column[given].to_numpy()
        if (turns[1:] == turns[:-1]).any():
            continue
        frame = frame.assign(**{str(name): column.ffill()})
        carried.append(str(name))
    if not carried:
        return table
    listed = ", ".join(f'"{name[:40]}"' for name in carried)
    told = f"Empty cells of {listed} were read as what stands above them."
    return replace(table, frame=frame, remarks=(*table.remarks, Remark("carried_down", told)))


def _carry_years(table: SourceTable) -> SourceTable:
    frame = table.frame
    if not len(frame.columns) or not pd.api.types.is_string_dtype(frame.iloc[:, 0]):
        return table
    name = str(frame.columns[0])
    if not frame[name].head(1).astype("str").str.strip().str.fullmatch(_YEAR).any():
        return table
    cells = frame[name].astype("str").str.strip()
    is_year = cells.str.fullmatch(_YEAR).to_numpy(dtype=bool)
    words = cells[~is_year]
    if is_year.sum() < _FEWEST or len(words) < _FEWEST_BELOW * is_year.sum():
        return table
    known = {word: month_of(word) for word in words.unique()}
    if not all(known.values()) or not frame[is_year].iloc[:, 1:].isna().all(axis=None):
        return table
    years = cells.where(pd.Series(is_year, cells.index)).ffill()
    whole = (years + "-" + cells.map(known).map("{:02.0f}".format, na_action="ignore"))[~is_year]
    kept = np.flatnonzero(~is_year)
    times = pd.to_datetime(whole, format="%Y-%m").astype("datetime64[ns]")
    rows = table.rows
    if rows is not None and len(rows.lines) == len(frame):
        rows = replace(rows, lines=rows.lines[kept])
    told = f"{int(is_year.sum())} lines that hold a year alone were put before the months below."
    return replace(
        table,
        frame=frame.assign(**{name: times}).iloc[kept].reset_index(drop=True),
        spelt={
            each: cells.iloc[kept].reset_index(drop=True) for each, cells in table.spelt.items()
        },
        rows=rows,
        remarks=(*table.remarks, Remark("carried_down", told)),
    )
