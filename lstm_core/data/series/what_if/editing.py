"""What if: other values of what is known ahead of time, in the steps that are forecast.

A table of such values has the form of ``Dataset.future``: one float64 column for each known-future
covariate, and an index with the levels ``series`` and ``time``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pandas as pd

from lstm_core.data.columns.derived import read_column, read_series_names
from lstm_core.data.columns.validation import LARGEST_VALUE, check_column_names
from lstm_core.data.reading.table import SourceTable
from lstm_core.data.reading.times import parse_times
from lstm_core.data.series.dataset import SINGLE_SERIES, Dataset, drop_unused_series
from lstm_core.data.wording import list_names
from lstm_core.errors import DataError
from lstm_core.spec import ROW_ORDER, SeriesDataSpec


def list_future(dataset: Dataset, horizon: int) -> pd.DataFrame:
    """Return the known-future covariates in the ``horizon`` steps after each series' last row.

    What the dataset does not know is NaN.

    Raises:
        DataError: no covariate is known ahead of time.
    """
    names = list(dataset.roles.known_future_covariates)
    if not names:
        raise DataError(
            "Nothing is known ahead of time here, so there is nothing to change.",
            "Train a run with known-future covariates, such as holidays or planned prices.",
        )
    index = index_horizon(dataset, horizon)
    if dataset.future.empty:  # its index may have lost the kind of its times
        return pd.DataFrame(np.nan, index, pd.Index(names, dtype="str"))
    return dataset.future[names].astype(np.float64).reindex(index)


def edit_future(dataset: Dataset, horizon: int, edits: pd.DataFrame) -> Dataset:
    """Return the dataset with another future of ``horizon`` steps.

    Args:
        dataset: at least one covariate is known ahead of time.
        horizon: steps that are forecast.
        edits: rows of ``list_future`` with other values; rows that are left out stay as they are.

    Raises:
        DataError: a row is none of the steps that are forecast, or given twice; a value is no
            finite number; a value that is needed is known from nowhere.
    """
    future = list_future(dataset, horizon)
    if edits.index.has_duplicates:
        row = edits.index[edits.index.duplicated()][0]
        raise DataError(f"{_say_row(row)} is given twice.", "Keep one of the two rows.")
    unknown = ~edits.index.isin(future.index)
    if unknown.any():
        raise _refuse_row(edits.index[unknown][0], future.index)
    values = edits[future.columns].apply(pd.to_numeric, errors="coerce").astype(np.float64)
    _check_values(values)
    future.loc[values.index] = values
    _check_values(future)
    return replace(dataset, future=future)


def keep_series(dataset: Dataset, names: Iterable[str]) -> Dataset:
    """Return the dataset with these series alone; a table of one series stays as it is."""
    if dataset.roles.series is None:
        return dataset
    wanted = list(names)
    history, ahead = (_belongs(frame, wanted) for frame in (dataset.frame, dataset.future))
    return replace(
        dataset,
        frame=drop_unused_series(dataset.frame[history]),
        observed=dataset.observed[history],
        future=drop_unused_series(dataset.future[ahead]),
    )


def read_edits(table: SourceTable, dataset: Dataset) -> pd.DataFrame:
    """Read edits from a table with the dataset's time, series and known-future columns.

    Other columns are left aside. Where the dataset's rows were counted, so are these: the first
    of each series is the first step that is forecast.

    Raises:
        DataError: a column is missing, or a time can't be read.
    """
    roles, frame = dataset.roles, table.frame
    covariates = roles.known_future_covariates
    check_column_names(
        frame,
        SeriesDataSpec(time=roles.time, series=roles.series, known_future_covariates=covariates),
    )
    if roles.series is None:
        series = pd.Series(SINGLE_SERIES, frame.index, dtype="str")
    else:
        series = read_series_names(frame, roles.series, table.spelt)
    index = pd.MultiIndex.from_arrays(
        [pd.Index(series), _read_times(frame, series, dataset)], names=["series", "time"]
    )
    columns = {name: read_column(frame, name).to_numpy() for name in covariates}
    return pd.DataFrame(columns, index)


def index_horizon(dataset: Dataset, horizon: int) -> pd.MultiIndex:
    """Return series and time of the ``horizon`` steps after each series' last row."""
    times = dataset.frame.index.get_level_values("time")
    following = [
        pd.MultiIndex.from_product(
            [
                pd.Index([name], dtype="str"),
                dataset.frequency.times_after(times[rows.stop - 1], horizon),
            ],
            names=["series", "time"],
        )
        for name, rows in dataset.iterate_series()
    ]
    joined = following[0].append(following[1:])
    assert isinstance(joined, pd.MultiIndex)
    return joined


def _read_times(frame: pd.DataFrame, series: pd.Series, dataset: Dataset) -> pd.Index:
    """Return each row's time as the dataset counts."""
    if dataset.roles.time == ROW_ORDER:
        times = dataset.frame.index.get_level_values("time")
        last = {name: times[rows.stop - 1] for name, rows in dataset.iterate_series()}
        step = dataset.frequency.step or 1
        place = series.groupby(series).cumcount() + 1
        return pd.Index(series.map(last).fillna(0).astype(np.int64) + step * place)
    column = frame[dataset.roles.time]
    parsed = parse_times(column)
    if parsed is None or parsed.values.isna().any():
        raise DataError(
            f'The column "{dataset.roles.time}" holds cells that can\'t be read as times.',
            "Write times like 2024-03-31 14:00, one in each row.",
        )
    return pd.Index(parsed.values if parsed.is_calendar else parsed.values.astype(np.int64))


def _check_values(values: pd.DataFrame) -> None:
    bad = ~(values.abs() <= LARGEST_VALUE)  # NaN among them
    if not bad.to_numpy().any():
        return
    rows, columns = np.nonzero(bad.to_numpy())
    name = str(values.columns[columns[0]])
    raise DataError(
        f'{_say_row(values.index[rows[0]])} has no usable number for "{name}".',
        "Give a number; what is known ahead of time must be known in every step.",
    )


def _refuse_row(row: tuple[str, object], expected: pd.Index) -> DataError:
    series, _ = row
    names = expected.unique("series")
    if series not in names:
        return DataError(
            f'There is no series "{series}" in the forecast.',
            f"There are {list_names(list(names))}.",
        )
    own = expected[expected.get_level_values("series") == series]
    return DataError(
        f"{_say_row(row)} is not forecast.",
        f"The steps that are go from {_say_time(own[0][1])} to {_say_time(own[-1][1])}.",
    )


def _say_row(row: tuple[str, object]) -> str:
    series, time = row
    return _say_time(time) if series == SINGLE_SERIES else f'{_say_time(time)} of "{series}"'


def _say_time(time: object) -> str:
    """Whole days without a clock; steps by their number."""
    return str(time).removesuffix(" 00:00:00") if isinstance(time, pd.Timestamp) else f"Step {time}"


def _belongs(frame: pd.DataFrame, names: list[str]) -> np.ndarray:
    """Return whether each row is of one of these series; ``(rows,)``."""
    assert isinstance(frame.index, pd.MultiIndex)
    is_wanted = frame.index.levels[0].isin(names)  # a million rows have few names
    return np.asarray(is_wanted[frame.index.codes[0]])
