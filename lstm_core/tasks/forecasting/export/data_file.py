"""The table that a script reads: the cleaned, regular one, as CSV."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lstm_core.data.series.dataset import Dataset
from lstm_core.data.series.what_if.editing import index_horizon
from lstm_core.spec import ExperimentSpec
from lstm_core.tables import disarm, table_to_csv
from lstm_core.tasks.forecasting.framing.examples import use_known_future
from lstm_core.tasks.forecasting.framing.inputs.adding import add_inputs

DATA_FILE = "data.csv"


@dataclass(frozen=True)
class ColumnNames:
    """What the columns of the file are called: no two alike, none that a spreadsheet would run.

    Attributes:
        series: None where there is one series.
        columns: of the numbers, in the order of ``Roles.columns``.
        observed: for each target, whether its value was observed; empty where all were.
    """

    series: str | None
    time: str
    columns: tuple[str, ...]
    observed: tuple[str, ...]


def name_columns(dataset: Dataset) -> ColumnNames:
    roles = dataset.roles
    flags = [f"{target} observed" for target in roles.targets] if dataset.num_filled else []
    names = _tell_apart([roles.time, *roles.columns, *flags, roles.series or ""])
    time, *rest = names[:-1]
    count = len(roles.columns)
    series = None if roles.series is None else names[-1]
    return ColumnNames(series, time, tuple(rest[:count]), tuple(rest[count:]))


def has_rows_ahead(spec: ExperimentSpec, dataset: Dataset) -> bool:
    """Whether the file goes on behind the last target."""
    return len(dataset.future) > 0 or _goes_on(spec)


def _goes_on(spec: ExperimentSpec) -> bool:
    """Whether there is a row for each step of the forecast."""
    return bool(spec.task.cycles or spec.task.season_back)


def write_data(spec: ExperimentSpec, dataset: Dataset) -> bytes:
    """Return the table as CSV: rows as the run saw them, gaps filled, then what is known ahead.

    What the spec adds to the inputs stands in columns as well, but for the calendar and earlier
    seasons. Rows ahead of a series' last target hold its known-future covariates alone; where the
    network is told of one of these, there are as many as it forecasts.

    Args:
        spec: one that ``defaults.resolve_spec`` has filled in for this dataset.
    """
    dataset = add_inputs(use_known_future(dataset, spec), spec)
    names = name_columns(dataset)
    table = pd.DataFrame(dataset.frame.to_numpy(), columns=list(names.columns))
    for number, name in enumerate(names.observed):
        table[name] = dataset.observed[:, number].astype(np.int64)
    index = dataset.frame.index
    future = _list_ahead(spec, dataset)
    if len(future):
        num_known = future.shape[1]
        known = names.columns[len(names.columns) - num_known :]
        ahead = pd.DataFrame(future.to_numpy(), columns=list(known))
        table = pd.concat([table, ahead], ignore_index=True)
        index = index.append(future.index)
    table.insert(0, names.time, index.get_level_values("time"))
    if names.series is not None:
        spelt = pd.Series(_tell_apart(dataset.series_names), dataset.series_names)
        table.insert(0, names.series, spelt[index.get_level_values("series")].to_numpy())
    if len(future):
        # Each series' rows stay together: its future comes right behind its past.
        order = np.lexsort((np.arange(len(table)), _number_series(dataset, index)))
        table = table.iloc[order]
    return table_to_csv(table).encode()


def _list_ahead(spec: ExperimentSpec, dataset: Dataset) -> pd.DataFrame:
    """Return the known-future covariates of every row ahead; NaN where only its time is known."""
    if not _goes_on(spec):
        return dataset.future
    _, horizon = spec.task.sizes
    if spec.task.exchange and len(dataset.future):  # its days are there already
        return dataset.future
    index: pd.Index = index_horizon(dataset, horizon)
    if len(dataset.future):
        index = dataset.future.index.union(index)
    names = list(dataset.roles.known_future_covariates)
    return dataset.future.reindex(columns=names).reindex(index)


def _number_series(dataset: Dataset, index: pd.Index) -> np.ndarray:
    places = pd.Index(dataset.series_names)
    return places.get_indexer(index.get_level_values("series"))


def _tell_apart(names: Iterable[str]) -> list[str]:
    """Return the names as the file spells them, with a number behind one that comes again."""
    found: dict[str, None] = {}
    for name in names:
        spelt = disarm(name) or "unnamed"
        candidate, number = spelt, 1
        while candidate in found:
            number += 1
            candidate = f"{spelt} ({number})"
        found[candidate] = None
    return list(found)
