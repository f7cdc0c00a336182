"""A first look at a table: what its columns hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pandas as pd

from lstm_core.data.columns.derived import read_flag, read_levels, read_top_levels
from lstm_core.data.reading.table import SourceTable
from lstm_core.data.reading.times import has_time_name, meaning_of_numbers, parse_times

_NUM_SAMPLE_ROWS = 1_000

ColumnKind = Literal["number", "category", "time", "text"]


@dataclass(frozen=True)
class ColumnProfile:
    """One column; ``example`` is its first cell that is not missing, as text."""

    name: str
    kind: ColumnKind
    num_missing: int
    example: str


@dataclass(frozen=True)
class TableProfile:
    num_rows: int
    columns: tuple[ColumnProfile, ...]

    @property
    def numbers(self) -> tuple[str, ...]:
        """The columns that may be targets."""
        return tuple(column.name for column in self.columns if column.kind == "number")

    @property
    def covariates(self) -> tuple[str, ...]:
        """The columns that may be covariates: numbers, yes and no, and a few different texts."""
        kinds = ("number", "category")
        return tuple(column.name for column in self.columns if column.kind in kinds)


def profile_columns(table: SourceTable) -> TableProfile:
    """Say of each column whether it holds numbers, categories, times or text."""
    frame = table.frame
    return TableProfile(
        num_rows=len(frame),
        columns=tuple(_profile_column(frame[name]) for name in frame.columns),
    )


def _profile_column(column: pd.Series) -> ColumnProfile:
    given = column.dropna()
    example = str(given.iloc[0])[:80] if len(given) else ""
    return ColumnProfile(str(column.name), _find_kind(given), len(column) - len(given), example)


def _find_kind(given: pd.Series) -> ColumnKind:
    sample = given.iloc[:_NUM_SAMPLE_ROWS]
    if pd.api.types.is_numeric_dtype(sample):
        is_time = (
            not pd.api.types.is_bool_dtype(sample)
            and has_time_name(str(sample.name))
            and meaning_of_numbers(sample) not in (None, "step")
        )
        return "time" if is_time else "number"
    if len(sample) and parse_times(sample) is not None:
        return "time"
    is_category = read_flag(given) is not None or read_levels(given) is not None
    # Of many texts, those that come again may be inputs, where a person wants that.
    return "category" if is_category or len(read_top_levels(given, 2)) > 1 else "text"
