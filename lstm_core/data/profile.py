"""A first look at a table: what its columns are, and what each is probably for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pandas as pd

from lstm_core.data.choosing import choose_series, choose_targets, choose_time
from lstm_core.data.dataset import SourceTable
from lstm_core.data.times import has_time_name, meaning_of_numbers, parse_times
from lstm_core.data.validation import check_column_names, check_covariate, check_target
from lstm_core.spec import ROW_ORDER, DataSpec

_NUM_SAMPLE_ROWS = 1_000

ColumnKind = Literal["number", "time", "text"]


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
        """The columns that may be targets or covariates."""
        return tuple(column.name for column in self.columns if column.kind == "number")


def profile_columns(table: SourceTable) -> TableProfile:
    """Say of each column whether it holds numbers, times or text, and what is missing."""
    frame = table.frame
    return TableProfile(
        num_rows=len(frame),
        columns=tuple(_profile_column(frame[name]) for name in frame.columns),
    )


def propose_roles(table: SourceTable, spec: DataSpec) -> DataSpec:
    """Return ``spec`` with a time column, targets and, where needed, a series column.

    What the spec names is kept and checked. Numeric columns without a role in the spec get none,
    because the profile can't know whether they are known ahead of time.

    Raises:
        DataError: a column is unknown or can't play its part, no column holds times, no column
            holds numbers, or times repeat and nothing tells the rows apart.
    """
    frame = table.frame
    check_column_names(frame, spec)
    time, times = choose_time(frame, spec)
    series = choose_series(frame, spec, time, times)
    taken = {
        *(name for name in (time, series) if name),
        *spec.past_covariates,
        *spec.known_future_covariates,
    }
    targets = spec.targets or choose_targets(frame, taken)
    for name in targets:
        check_target(frame[name])
    for name in spec.past_covariates + spec.known_future_covariates:
        check_covariate(frame[name])
    return DataSpec.model_validate(
        spec.model_dump() | {"time": time or ROW_ORDER, "series": series, "targets": targets}
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
    return "time" if len(sample) and parse_times(sample) is not None else "text"
