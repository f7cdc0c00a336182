"""Small datasets for tests of whatever works from a ``Dataset``."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from lstm_core.data.series.dataset import SINGLE_SERIES, Dataset, Roles
from lstm_core.data.series.spacing.frequency import Frequency

DAILY = Frequency("D")
NUMBERED = Frequency(step=1)


def make_dataset(
    series: np.ndarray | Mapping[str, np.ndarray],
    *,
    observed: np.ndarray | None = None,
    num_targets: int = 1,
    future: Mapping[str, np.ndarray] | None = None,
    frequency: Frequency = DAILY,
    first: str = "2024-01-01",
) -> Dataset:
    """Make a dataset from arrays.

    Args:
        series: one array for a table without a series column, or one for each name; ``(rows,)``
            or ``(rows, columns)`` with targets first and known-future covariates last.
        observed: ``(rows, num_targets)`` of all series together; everything when left out.
        num_targets: how many of the columns are targets.
        future: for each name, ``(steps, covariates)`` after the last row; its width says how
            many of the columns are known ahead of time. The rest are past covariates.
        frequency: the spacing.
        first: the first time of every series of the calendar; numbered rows begin at 0.
    """
    tables = series if isinstance(series, Mapping) else {SINGLE_SERIES: series}
    tables = {
        name: np.asarray(table, float).reshape(len(table), -1) for name, table in tables.items()
    }
    num_columns = next(iter(tables.values())).shape[1]
    num_future = next(iter(future.values())).shape[1] if future else 0
    names = [f"y{number}" for number in range(num_targets)]
    past = [f"x{number}" for number in range(num_columns - num_targets - num_future)]
    known = [f"k{number}" for number in range(num_future)]
    lengths = {name: len(table) for name, table in tables.items()}
    frame = pd.DataFrame(
        np.concatenate(list(tables.values())),
        columns=[*names, *past, *known],
        index=_make_index(lengths, {}, frequency, first),
    )
    ahead = {name: len(table) for name, table in (future or {}).items()}
    return Dataset(
        frame=frame,
        observed=np.ones((len(frame), num_targets), bool) if observed is None else observed,
        future=pd.DataFrame(
            np.concatenate(list(future.values())) if future else np.zeros((0, 0)),
            columns=known,
            index=_make_index(ahead, lengths, frequency, first),
        ),
        roles=Roles(
            time="time",
            targets=tuple(names),
            past_covariates=tuple(past),
            known_future_covariates=tuple(known),
            series="name" if isinstance(series, Mapping) else None,
        ),
        frequency=frequency,
        source="csv",
        name="made up",
    )


def make_sine(num_rows: int, period: int = 12, noise: float = 0.05, seed: int = 0) -> np.ndarray:
    """A wave with a little noise, ``(rows,)``."""
    generator = np.random.default_rng(seed)
    return np.sin(2 * np.pi * np.arange(num_rows) / period) + generator.normal(0, noise, num_rows)


def _make_index(
    lengths: Mapping[str, int], skipped: Mapping[str, int], frequency: Frequency, first: str
) -> pd.MultiIndex:
    names: list[str] = []
    times: list[object] = []
    for name, length in lengths.items():
        skip = skipped.get(name, 0)
        grid: pd.Index
        if frequency.is_calendar:
            grid = pd.date_range(first, periods=skip + length, freq=frequency.alias).as_unit("ns")
        else:
            assert frequency.step is not None
            grid = pd.RangeIndex(0, (skip + length) * frequency.step, frequency.step)
        names += [name] * length
        times += list(grid[skip:])
    index = pd.Index(times) if times else pd.DatetimeIndex([])
    if frequency.is_calendar:
        index = pd.DatetimeIndex(times).as_unit("ns")
    return pd.MultiIndex.from_arrays(
        [pd.Index(names, dtype="str"), index], names=["series", "time"]
    )
