"""From a table with roles to a ``Dataset``: sorted, regular, without holes, and all of it told.

Rows that would need an invented value are left out; gaps between observed ones are filled.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from lstm_core.data.columns.derived import is_part_of, read_column, read_series_names
from lstm_core.data.columns.repeats import ITEM as REPEATS
from lstm_core.data.columns.roles import RoleChoice, choose_roles, expand_covariates
from lstm_core.data.reading.table import SourceTable
from lstm_core.data.reading.telling import Question
from lstm_core.data.reading.times import parse_times
from lstm_core.data.series.building.extent import Extent, find_extent, tell_extent
from lstm_core.data.series.building.gaps import fill_gaps, tell_gaps
from lstm_core.data.series.building.regular import RegularRows, make_regular, sort_rows
from lstm_core.data.series.building.resampling import (
    choose_aggregates,
    read_resample_alias,
    resample_rows,
)
from lstm_core.data.series.building.uniting import list_ways
from lstm_core.data.series.dataset import SINGLE_SERIES, Dataset, Roles
from lstm_core.data.series.spacing.frequency import Frequency
from lstm_core.data.wording import count_words, list_names
from lstm_core.errors import DataError
from lstm_core.spec import ROW_ORDER, SeriesDataSpec
from lstm_core.spec.reading import Repeats

_SMALLEST_OBSERVED_SHARE = 0.4


def build_dataset(
    table: SourceTable, spec: SeriesDataSpec, choice: RoleChoice | None = None
) -> Dataset:
    """Return the validated dataset; what ``spec`` leaves open is read from the table.

    Args:
        choice: what ``choose_roles`` said of the two, where that is known already.

    Raises:
        DataError: the columns can't play their parts (see ``choose_roles``), the rows are too
            irregular or too sparse for any grid, or no series has two usable rows.
    """
    choice = choice or choose_roles(table, spec)
    spec = choice.spec
    assert spec.time is not None
    roles = Roles(
        time=spec.time,
        targets=spec.targets,
        past_covariates=expand_covariates(
            table.frame, (*(spec.past_covariates or ()), *spec.static), spec.levels
        ),
        known_future_covariates=expand_covariates(
            table.frame, spec.known_future_covariates or (), spec.levels
        ),
        series=spec.series,
    )
    notes = [*table.notes, *choice.notes, *_tell_levels(table.frame, spec)]
    codes, names = _read_series(table, roles, notes)
    codes, times, is_calendar = _read_times(table.frame, roles, codes, notes)
    codes[choice.left_out] = -1
    columns = [read_column(table.frame, name) for name in roles.columns]
    values = np.column_stack([each.to_numpy(np.float64, na_value=np.nan) for each in columns])
    for number, name in enumerate(roles.columns):
        if any(is_part_of(name, each) for each in spec.static):
            values[:, number] = _read_static(values[:, number], codes, names, name)
    ways = list_ways(roles, spec.reading.repeats)
    rows = sort_rows(codes, times, values, ways, notes)
    questions: list[Question] = []
    unsaid = roles if spec.reading.repeats is None else None
    rows, frequency = make_regular(
        rows, _find_own_spacing(spec), is_calendar, ways, notes, questions, unsaid
    )
    if spec.resample is not None:
        aggregates = choose_aggregates(rows.values, roles, spec.aggregate)
        rows, frequency = resample_rows(rows, frequency, spec.resample, aggregates, roles, notes)
    extent = find_extent(rows, roles)
    _refuse_sparse(rows, extent, roles, frequency)
    left_out = [names[code] for code in rows.codes[rows.starts[extent.is_left_out]]]
    if left_out:
        notes.append(f"Left out for having fewer than two usable rows: {list_names(left_out)}.")
    notes.extend(tell_extent(extent, roles))
    filled = fill_gaps(rows.values, rows.starts, roles, spec.fill, frequency)
    notes.extend(tell_gaps(rows.values, extent, roles, spec.fill))

    history, future = extent.in_history, extent.in_future
    names_of_columns = pd.Index(roles.columns, dtype="str")
    num_past = len(columns) - len(roles.known_future_covariates)
    return Dataset(
        frame=pd.DataFrame(
            filled[history], _make_index(rows, history, names, is_calendar), names_of_columns
        ),
        observed=~np.isnan(rows.values[history, : len(roles.targets)]),
        future=pd.DataFrame(
            filled[future, num_past:],
            _make_index(rows, future, names, is_calendar),
            names_of_columns[num_past:],
        ),
        roles=roles,
        frequency=frequency,
        source=spec.source,
        name=table.name,
        notes=tuple(notes),
        repeats=spec.reading.repeats or _find_way(questions),
        questions=tuple(questions),
    )


def _tell_levels(frame: pd.DataFrame, spec: SeriesDataSpec) -> list[str]:
    """Say of which texts the most frequent ones alone are inputs."""
    notes = []
    for name in spec.covariates:
        if name not in frame.columns:
            continue
        columns = expand_covariates(frame, [name], spec.levels)
        if columns == (name,):
            continue
        count = frame[name].dropna().astype("str").str.strip().nunique()
        if count > max(2, len(columns)):
            notes.append(
                f"{list_names([name])} holds {count:,} different texts: the {len(columns)} most "
                "frequent are inputs, and all others are one."
            )
    return notes


def _find_own_spacing(spec: SeriesDataSpec) -> str | None:
    """Return the spacing that the rows are said to have; a filled-in spec says the longer one."""
    if spec.resample is not None and spec.frequency == read_resample_alias(spec.resample):
        return None
    return spec.frequency


def _find_way(questions: Sequence[Question]) -> Repeats | None:
    """Return what was made of rows that fell on the same step, where that is asked about."""
    asked = (question for question in questions if question.item == REPEATS)
    return next((question.choices[0].value for question in asked), None)


def _read_series(
    table: SourceTable, roles: Roles, notes: list[str]
) -> tuple[np.ndarray, list[str]]:
    """Return each row's number of series, -1 for none, and the names in order."""
    if roles.series is None:
        return np.zeros(len(table.frame), dtype=np.int64), [SINGLE_SERIES]
    column = read_series_names(table.frame, roles.series, table.spelt)
    missing = column.isna()
    if missing.any():
        notes.append(f"{count_words(int(missing.sum()), 'row')} without a series left out.")
    codes, names = pd.factorize(column, sort=True)
    return codes.astype(np.int64), [str(name) for name in names]


def _read_static(
    values: np.ndarray, codes: np.ndarray, names: list[str], column: str
) -> np.ndarray:
    """Return what describes each row's series, where some rows of it say so; ``(rows,)``.

    Raises:
        DataError: it changes within a series.
    """
    kept = codes >= 0
    groups = pd.Series(values[kept]).groupby(codes[kept])
    changing = groups.nunique() > 1
    if changing.any():
        name = names[int(changing.index[changing][0])]
        whose = "the table" if names == [SINGLE_SERIES] else list_names([name])
        raise DataError(
            f'"{column}" describes no series: it changes within {whose}.',
            "Take it as a past covariate instead.",
        )
    filled = values.copy()
    filled[kept] = groups.transform("first")
    return filled


def _read_times(
    frame: pd.DataFrame, roles: Roles, codes: np.ndarray, notes: list[str]
) -> tuple[np.ndarray, np.ndarray, bool]:
    """Return codes, -1 where a row has no time, int64 times, and whether they are a calendar's."""
    if roles.time == ROW_ORDER:
        counted = pd.Series(codes).groupby(codes).cumcount()
        return codes, counted.to_numpy(dtype=np.int64), False
    parsed = parse_times(frame[roles.time])
    assert parsed is not None  # choose_roles has read it
    notes.extend(parsed.notes)
    missing = parsed.values.isna()  # of which choose_roles has told
    times = parsed.values.fillna(parsed.values[~missing].iloc[0]).astype("int64")
    return np.where(missing, -1, codes), times.to_numpy(), parsed.is_calendar


def _refuse_sparse(rows: RegularRows, extent: Extent, roles: Roles, frequency: Frequency) -> None:
    if not extent.in_history.any():
        raise DataError(
            "No series has two rows with a value in every column that is used.",
            "Choose columns with more values, or a file with more rows.",
        )
    targets = rows.values[extent.in_history, : len(roles.targets)]
    missing = np.isnan(targets).mean(axis=0)  # (targets,)
    worst = int(missing.argmax())
    if missing[worst] > 1 - _SMALLEST_OBSERVED_SHARE:
        raise DataError(
            f'With one row for each step ("{frequency.label}"), {missing[worst]:.0%} of the values '
            f'of "{roles.targets[worst]}" would be missing.',
            "Choose a wider spacing, fill the gaps in the file, or choose that the rows are in "
            f'order (--time "{ROW_ORDER}").',
        )


def _make_index(
    rows: RegularRows, chosen: np.ndarray, names: list[str], is_calendar: bool
) -> pd.MultiIndex:
    times: pd.Index = pd.Index(rows.times[chosen])
    if is_calendar:
        times = pd.DatetimeIndex(rows.times[chosen].astype("datetime64[ns]"))
    series = pd.Index(names, dtype="str").take(rows.codes[chosen])
    return pd.MultiIndex.from_arrays([series, times], names=["series", "time"])
