"""Chronological parts, and the examples that lie in each.

Every series is cut by its own length into train, validation and test, in this order. An
example belongs to a part when all ``horizon`` rows that it predicts lie there; its lookback may
reach back into the part before, as it would in use. A cutoff whose own row was filled is no
example: nobody stood there and knew that value, and the fill was drawn towards a later one. Nor
is one with nothing but filled rows behind it: there is nothing to learn or to judge.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lstm_core.data.dataset import Dataset
from lstm_core.errors import DataError, suggest_name
from lstm_core.spec import ForecastSpec
from lstm_core.tasks.base import Examples, ExampleShape
from lstm_core.tasks.forecasting.scaling import Scaler

ONLY_SERIES = ""
"""The key of the transforms of a table without a series column."""


@dataclass(frozen=True)
class SeriesPart:
    """One series' place: in the dataset's rows, in the flat table, and its two cuts.

    ``train_end`` and ``validation_end`` count rows of this series; the test part begins at
    ``validation_end``.
    """

    name: str
    rows: slice
    first: int
    train_end: int
    validation_end: int

    @property
    def num_rows(self) -> int:
        return int(self.rows.stop - self.rows.start)


@dataclass(frozen=True)
class Framing:
    """A dataset laid out for learning: the examples, and how to get back from them."""

    examples: Examples
    parts: tuple[SeriesPart, ...]
    scalers: tuple[Scaler, ...]
    left_out: tuple[str, ...]


def count_needed_rows(spec: ForecastSpec) -> int:
    """The fewest rows of a series: one window to learn from, one to validate, one to test."""
    assert spec.lookback is not None
    assert spec.horizon is not None
    fewest = most = spec.lookback + 3 * spec.horizon
    while not is_long_enough(most, spec):
        most *= 2
    lengths = range(fewest, most + 1)
    return lengths[bisect_left(lengths, True, key=lambda length: is_long_enough(length, spec))]


def is_long_enough(num_rows: int, spec: ForecastSpec) -> bool:
    """Whether the training part of a series of this length holds a window."""
    assert spec.lookback is not None
    assert spec.horizon is not None
    return cut_series(num_rows, spec)[0] >= spec.lookback + spec.horizon


def cut_series(num_rows: int, spec: ForecastSpec) -> tuple[int, int]:
    """Return where train and validation end; each later part holds at least one horizon.

    Rounded at the cuts, not part by part: otherwise one more row could shorten the training part.
    """
    assert spec.horizon is not None
    test = max(num_rows * spec.test_fraction, spec.horizon)
    validation = max(num_rows * spec.validation_fraction, spec.horizon)
    return num_rows - int(test + validation + 0.5), num_rows - int(test + 0.5)


def frame_dataset(dataset: Dataset, spec: ForecastSpec) -> Framing:
    """Lay out a dataset; ``spec.lookback`` and ``spec.horizon`` are set.

    Raises:
        DataError: no series is long enough (says how many rows are needed), or a known-future
            covariate ends before the horizon does.
    """
    lookback, horizon = spec.sizes
    parts, left_out = _find_parts(dataset, spec)
    cutoffs = _find_cutoffs(dataset, parts, lookback, horizon)
    values = dataset.frame.to_numpy()
    scalers = tuple(_fit_scaler(values, dataset.observed, part, spec) for part in parts)
    examples = _lay_out(dataset, parts, scalers, cutoffs, lookback, horizon)
    return Framing(examples, tuple(parts), scalers, tuple(left_out))


def check_framing(dataset: Dataset, spec: ForecastSpec) -> list[str]:
    """Raise what ``frame_dataset`` and a forecast would raise, without laying anything out.

    Returns:
        The names of series that are too short and would be left out.
    """
    lookback, horizon = spec.sizes
    parts, left_out = _find_parts(dataset, spec)
    _find_cutoffs(dataset, parts, lookback, horizon)
    times = dataset.frame.index.get_level_values("time")
    for part in parts:
        dataset.frequency.times_after(times[part.rows.stop - 1], horizon)
        if dataset.roles.known_future_covariates:
            _future_values(dataset, part.name, horizon)
    return left_out


def _find_parts(dataset: Dataset, spec: ForecastSpec) -> tuple[list[SeriesPart], list[str]]:
    """Place every series that is long enough; return also the names of those that are not."""
    lookback, horizon = spec.sizes
    padding = horizon if dataset.roles.known_future_covariates else 0

    parts: list[SeriesPart] = []
    left_out: list[str] = []
    longest = first = 0
    for name, rows in dataset.iterate_series():
        num_rows = rows.stop - rows.start
        longest = max(longest, num_rows)
        if not is_long_enough(num_rows, spec):
            left_out.append(name)
            continue
        train_end, validation_end = cut_series(num_rows, spec)
        parts.append(SeriesPart(name, rows, first, train_end, validation_end))
        first += num_rows + padding
    if not parts:
        raise DataError(
            f"There are too few rows: {longest}, and a lookback of {lookback} with a horizon of "
            f"{horizon} needs at least {count_needed_rows(spec)}, to learn, to validate and to "
            "test.",
            "Shorten the lookback or the horizon, or bring more rows.",
        )
    return parts, left_out


def _find_cutoffs(
    dataset: Dataset, parts: Sequence[SeriesPart], lookback: int, horizon: int
) -> dict[str, list[np.ndarray]]:
    """Return the cutoffs of each part of the data as rows of the flat table."""
    cutoffs: dict[str, list[np.ndarray]] = {
        name: [] for name in ("train", "validation", "test", "forecast")
    }
    for part in parts:
        for name, local in _cutoffs(part, dataset.observed[part.rows], lookback, horizon).items():
            cutoffs[name].append(local + part.first)
    for name, found in cutoffs.items():
        if not any(len(rows) for rows in found):
            raise DataError(
                f"No window fits the {name} part: too many of its values are missing.",
                "Choose another column, a shorter horizon, or data with fewer gaps.",
            )
    return cutoffs


def frame_tail(dataset: Dataset, spec: ForecastSpec, scalers: Mapping[str, Scaler]) -> Framing:
    """Lay out a dataset for a forecast beyond its last row, with transforms fitted before.

    Raises:
        DataError: a series is unknown to the transforms, or shorter than the lookback.
    """
    lookback, horizon = spec.sizes
    padding = horizon if dataset.roles.known_future_covariates else 0
    parts: list[SeriesPart] = []
    chosen: list[Scaler] = []
    first = 0
    for name, rows in dataset.iterate_series():
        key = name if dataset.roles.series is not None else ONLY_SERIES
        num_rows = rows.stop - rows.start
        if key not in scalers:
            raise DataError(
                f'The model was not trained on a series called "{name}".'
                + suggest_name(name, scalers),
                "Leave its rows out, or train a new run with it.",
            )
        if num_rows < lookback:
            raise DataError(
                f'"{name}" has {num_rows} rows, and the model looks back {lookback}.',
                f"Bring at least {lookback} rows of each series.",
            )
        parts.append(SeriesPart(name, rows, first, num_rows, num_rows))
        chosen.append(scalers[key])
        first += num_rows + padding
    cutoffs = {"forecast": [np.array([part.first + part.num_rows - 1]) for part in parts]}
    examples = _lay_out(dataset, parts, chosen, cutoffs, lookback, horizon)
    return Framing(examples, tuple(parts), tuple(chosen), ())


def _lay_out(
    dataset: Dataset,
    parts: Sequence[SeriesPart],
    scalers: Sequence[Scaler],
    cutoffs: Mapping[str, Sequence[np.ndarray]],
    lookback: int,
    horizon: int,
) -> Examples:
    """Put all series one after another, each followed by its future where there is one."""
    num_columns = len(dataset.roles.columns)
    num_targets = len(dataset.roles.targets)
    num_future = len(dataset.roles.known_future_covariates)
    num_rows = parts[-1].first + parts[-1].num_rows + (horizon if num_future else 0)
    past = np.zeros((num_rows, num_columns), np.float32)
    weight = np.zeros((num_rows, num_targets), np.float32)
    future = np.zeros((num_rows, num_future), np.float32)
    values = dataset.frame.to_numpy()
    for part, scaler in zip(parts, scalers, strict=True):
        flat = slice(part.first, part.first + part.num_rows)
        past[flat] = scaler.transform(values[part.rows])
        weight[flat] = dataset.observed[part.rows]
        if num_future:
            future[flat] = past[flat, -num_future:]
            known = _future_values(dataset, part.name, horizon)
            future[flat.stop : flat.stop + horizon] = (
                known - scaler.offset[-num_future:]
            ) / scaler.scale[-num_future:]
    joined = {name: np.concatenate(found).astype(np.int32) for name, found in cutoffs.items()}
    shape = ExampleShape(lookback, horizon, num_targets, num_columns, num_future)
    return Examples(past, future, weight, joined, shape)


def _fit_scaler(
    values: np.ndarray, observed: np.ndarray, part: SeriesPart, spec: ForecastSpec
) -> Scaler:
    rows = slice(part.rows.start, part.rows.start + part.train_end)
    seen = np.ones((part.train_end, values.shape[1]), dtype=bool)
    seen[:, : observed.shape[1]] = observed[rows]
    return Scaler.fit(values[rows], seen, spec.scaling)


def _cutoffs(
    part: SeriesPart, observed: np.ndarray, lookback: int, horizon: int
) -> dict[str, np.ndarray]:
    """Return the cutoffs of each part as rows of this series."""
    known = np.asarray(observed.all(axis=1))  # (rows,)
    # (rows + 1,), how many lie before each row
    num_observed = np.append(0, np.cumsum(observed.any(axis=1)))
    bounds = {
        "train": (lookback - 1, part.train_end - horizon),
        "validation": (part.train_end - 1, part.validation_end - horizon),
        "test": (part.validation_end - 1, part.num_rows - horizon),
    }
    cutoffs = {}
    for name, (first, stop) in bounds.items():
        rows = np.arange(first, stop)
        is_followed = num_observed[rows + 1 + horizon] > num_observed[rows + 1]
        cutoffs[name] = rows[known[rows] & is_followed]
    cutoffs["forecast"] = np.array([part.num_rows - 1])
    return cutoffs


def _future_values(dataset: Dataset, series: str, horizon: int) -> np.ndarray:
    """Return the known-future covariates after the last row, ``(horizon, covariates)``."""
    names = dataset.future.index.get_level_values("series")
    known: pd.DataFrame = dataset.future[names == series]
    if len(known) < horizon:
        columns = ", ".join(f'"{name}"' for name in dataset.roles.known_future_covariates)
        raise DataError(
            f"The known-future covariates {columns} are given for {len(known)} steps after the "
            f"last target value, and the horizon is {horizon}.",
            "Add rows with an empty target, shorten the horizon, or use them as past covariates.",
        )
    return known.to_numpy()[:horizon]
