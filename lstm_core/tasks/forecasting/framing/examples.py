"""The examples that lie in each part of the data.

Every series is cut by its own length into train, validation and test, in this order. An
example belongs to a part when all ``horizon`` rows that it predicts lie there; its lookback may
reach back into the part before, as it would in use. A cutoff whose own row was filled is no
example: nobody stood there and knew that value, and the fill was drawn towards a later one; where
predictions are judged, it steps back to the last row before the gap. Nor is one with nothing but
filled rows behind it: there is nothing to learn or to judge.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from lstm_core.data.series.dataset import Dataset, Roles
from lstm_core.data.wording import list_names
from lstm_core.errors import DataError, suggest_name
from lstm_core.learning.feeds.windows import WindowFeed, WindowShape
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.forecasting.framing.calendar import (
    check_calendar,
    count_columns,
    derive_calendar,
    find_tried,
)
from lstm_core.tasks.forecasting.framing.categories import find_categories, list_levels
from lstm_core.tasks.forecasting.framing.cutting import (
    Cuts,
    count_needed_rows,
    count_rows_behind,
    cut_series,
    find_stretches,
    is_long_enough,
)
from lstm_core.tasks.forecasting.framing.earlier import check_season_ahead, tell_seasons
from lstm_core.tasks.forecasting.framing.gaps import reads_no_gap, step_back
from lstm_core.tasks.forecasting.framing.inputs.adding import (
    check_inputs,
    complete_roles,
    count_day_columns,
    count_needed,
    find_covariates,
)
from lstm_core.tasks.forecasting.framing.scaling import Scaler, keep_levels
from lstm_core.tasks.forecasting.framing.static import find_static_scales, scale_across

ONLY_SERIES = ""
"""The key of the transforms of a table without a series column."""


class EmptyFoldError(DataError):
    """A fold of the test part holds no window; fewer folds may."""


@dataclass(frozen=True)
class SeriesPart:
    """One series' place: in the dataset's rows, in the flat table, and its cuts."""

    name: str
    rows: slice
    first: int
    cuts: Cuts

    @property
    def num_rows(self) -> int:
        return int(self.rows.stop - self.rows.start)


@dataclass(frozen=True)
class Framing:
    """A dataset laid out for learning: the examples, and how to get back from them."""

    examples: WindowFeed
    parts: tuple[SeriesPart, ...]
    scalers: tuple[Scaler, ...]
    left_out: tuple[str, ...]

    def split_by_series(self, cutoffs: np.ndarray) -> list[np.ndarray]:
        """Split cutoffs of the flat table, in order, by the series that they lie in."""
        starts = [part.first for part in self.parts[1:]]
        return np.split(cutoffs, np.searchsorted(cutoffs, starts))


def frame_dataset(dataset: Dataset, spec: ExperimentSpec, fold: int | None = None) -> Framing:
    """Lay out a dataset; the spec is one that ``defaults.resolve_spec`` has filled in.

    Args:
        dataset: with all its inputs, as ``add_inputs`` leaves it.
        fold: with refit, the fold whose test windows are wanted, from 0.

    Raises:
        DataError: no series is long enough (says how many rows are needed), a fold holds no
            window, or a known-future covariate ends before the horizon does.
        SpecError: the times can't tell what is asked of the calendar.
    """
    parts, left_out = _find_parts(dataset, spec, fold)
    cutoffs = _find_cutoffs(dataset, parts, spec, fold)
    values = dataset.frame.to_numpy()
    fitted = [_fit_scaler(values, dataset, part, spec) for part in parts]
    scalers = scale_across(fitted, find_static_scales(dataset, spec))
    examples = _lay_out(dataset, parts, scalers, cutoffs, spec)
    return Framing(examples, tuple(parts), scalers, tuple(left_out))


def check_framing(dataset: Dataset, spec: ExperimentSpec) -> list[str]:
    """Raise what ``frame_dataset`` and a forecast would raise, without laying anything out.

    Returns:
        The names of series that are too short and would be left out.
    """
    _, horizon = spec.task.sizes
    check_calendar(dataset, spec)
    check_inputs(dataset, spec)
    check_season_ahead(spec)
    parts, left_out = _find_parts(dataset, spec, None)
    for fold in range(spec.task.num_folds or 1) if spec.task.refit else [None]:
        fold_parts = parts if fold is None else _find_parts(dataset, spec, fold)[0]
        cutoffs = _find_cutoffs(dataset, fold_parts, spec, fold)
    if not spec.task.refit:
        _check_stretches(parts, cutoffs["test"], spec)
    times = dataset.frame.index.get_level_values("time")
    for part in parts:
        dataset.frequency.times_after(times[part.rows.stop - 1], horizon)
        if dataset.roles.known_future_covariates:
            _future_values(dataset, part.name, horizon)
    return left_out


def use_known_future(dataset: Dataset, spec: ExperimentSpec) -> Dataset:
    """Turn known-future covariates that end too early into past ones, if the spec asks for it."""
    known = dataset.roles.known_future_covariates
    if not known or spec.data.missing_future == "refuse" or spec.task.horizon is None:
        return dataset
    if count_known_ahead(dataset) >= spec.task.horizon:
        return dataset
    return forget_future(dataset)


def forget_future(dataset: Dataset) -> Dataset:
    """Turn known-future covariates into past ones."""
    known = dataset.roles.known_future_covariates
    roles = replace(
        dataset.roles,
        past_covariates=dataset.roles.past_covariates + known,
        known_future_covariates=(),
    )
    return replace(dataset, roles=roles, future=dataset.future.iloc[:0, :0])


def forget_untold_future(dataset: Dataset, spec: ExperimentSpec, num_future: int) -> Dataset:
    """Keep known-future covariates only where a network was told some in its training.

    Args:
        num_future: columns that the network is told of the steps ahead, the calendar's among them.
    """
    told_anyway = count_columns(spec) + count_day_columns(spec)
    return dataset if num_future > told_anyway else forget_future(dataset)


def count_known_ahead(dataset: Dataset) -> int:
    """Rows that the known-future covariates go ahead, in the series where they are fewest."""
    counts = dataset.future.groupby(level="series").size()
    return int(counts.reindex(dataset.series_names, fill_value=0).min())


def number_folds(part: SeriesPart, cutoffs: np.ndarray, spec: ExperimentSpec) -> np.ndarray:
    """Return the fold, from 0, of cutoffs given as rows of a series without refit; ``(n,)``."""
    ends = [end for _, end in find_stretches(part.cuts, spec)]
    return np.searchsorted(np.asarray(ends), cutoffs + 1, side="right")


def frame_tail(
    dataset: Dataset, spec: ExperimentSpec, scalers: Mapping[str, Scaler], names: Sequence[str]
) -> Framing:
    """Lay out a dataset for a forecast beyond its last row, with transforms fitted before.

    Args:
        dataset: with all its inputs.
        names: the series as the network numbers them.

    Raises:
        DataError: a series is unknown to the transforms, or shorter than what is looked back on.
    """
    needed = count_needed(spec)
    padding = _padding(dataset, spec)
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
        if num_rows < needed:
            single = dataset.roles.series is None
            who = "The table" if single else list_names([name])
            raise DataError(
                f"{who} has {num_rows} rows, and the model looks back {needed}.",
                f"Bring at least {needed} rows{'' if single else ' of each series'}.",
            )
        nothing = Cuts(0, num_rows, num_rows, num_rows, num_rows, num_rows)
        parts.append(SeriesPart(name, rows, first, nothing))
        chosen.append(scalers[key])
        first += num_rows + padding
    cutoffs = {"forecast": [np.array([part.first + part.num_rows - 1]) for part in parts]}
    examples = _lay_out(dataset, parts, chosen, cutoffs, spec)
    single = dataset.roles.series is None
    numbers = np.array([list(names).index(ONLY_SERIES if single else part.name) for part in parts])
    examples = replace(
        examples,
        series=numbers[examples.series].astype(np.int32),
        shape=replace(examples.shape, num_series=len(names)),
    )
    return Framing(examples, tuple(parts), tuple(chosen), ())


def _padding(dataset: Dataset, spec: ExperimentSpec) -> int:
    """Rows behind each series in the flat table that hold what is known of its future."""
    task = spec.task
    is_told = dataset.roles.known_future_covariates or task.cycles or task.season_back
    return task.sizes[1] if is_told else 0


def _find_parts(
    dataset: Dataset, spec: ExperimentSpec, fold: int | None
) -> tuple[list[SeriesPart], list[str]]:
    """Place every series that is long enough; return also the names of those that are not."""
    lookback, horizon = spec.task.sizes
    padding = _padding(dataset, spec)
    parts: list[SeriesPart] = []
    left_out: list[str] = []
    longest = first = 0
    for name, rows in dataset.iterate_series():
        num_rows = rows.stop - rows.start
        longest = max(longest, num_rows)
        if not is_long_enough(num_rows, spec):
            left_out.append(name)
            continue
        parts.append(SeriesPart(name, rows, first, cut_series(num_rows, spec, fold)))
        first += num_rows + padding
    if not parts:
        behind = count_rows_behind(spec)
        reach = "a lookback" if behind == lookback else "an earlier season"
        raise DataError(
            f"There are too few rows: {longest}, and {reach} of {behind} with a horizon of "
            f"{horizon} needs at least {count_needed_rows(spec)}, to learn, to validate and to "
            "test.",
            f"Shorten {'the lookback' if behind == lookback else 'that season'} or the horizon, or "
            "bring more rows.",
        )
    return parts, left_out


def _find_cutoffs(
    dataset: Dataset, parts: Sequence[SeriesPart], spec: ExperimentSpec, fold: int | None
) -> dict[str, list[np.ndarray]]:
    """Return the cutoffs of each part of the data as rows of the flat table."""
    names = ("train", "validation", "test", "forecast")
    cutoffs: dict[str, list[np.ndarray]] = {name: [] for name in names}
    for part in parts:
        for name, local in _cutoffs(part, dataset.observed[part.rows], spec).items():
            cutoffs[name].append(local + part.first)
    for name, found in cutoffs.items():
        if not any(len(rows) for rows in found):
            if name == "test" and fold is not None:
                raise _fold_without_data(fold, spec)
            raise DataError(
                f"No window fits the {name} part: too many of its values are missing.",
                "Choose another column, a shorter horizon, or data with fewer gaps.",
            )
    return cutoffs


def _check_stretches(
    parts: Sequence[SeriesPart], tests: Sequence[np.ndarray], spec: ExperimentSpec
) -> None:
    """Raise when a stretch of the test part holds no window of any series."""
    found: set[int] = set()
    for part, test in zip(parts, tests, strict=True):
        counts = np.bincount(number_folds(part, test - part.first, spec))
        found.update(np.flatnonzero(counts).tolist())
    for fold in range(spec.task.num_folds or 1):
        if fold not in found:
            raise _fold_without_data(fold, spec)


def _fold_without_data(fold: int, spec: ExperimentSpec) -> EmptyFoldError:
    count = spec.task.num_folds or 1
    who = "The test part" if count == 1 else f"Fold {fold + 1} of {count}"
    fewer = "" if count == 1 else "fewer folds, "
    return EmptyFoldError(
        f"{who} holds no window of {spec.task.horizon} steps with known values.",
        f"Choose {fewer}a larger test part, a shorter horizon or a smaller stride.",
    )


def _cutoffs(part: SeriesPart, observed: np.ndarray, spec: ExperimentSpec) -> dict[str, np.ndarray]:
    """Return the cutoffs of each part as rows of this series."""
    lookback, horizon = spec.task.sizes
    cuts = part.cuts
    earliest = max(cuts.train_start + lookback, count_rows_behind(spec)) - 1
    known = np.asarray(observed.all(axis=1))  # (rows,)
    # (rows + 1,), how many lie before each row
    num_observed = np.append(0, np.cumsum(observed.any(axis=1)))
    test_stop = min(cuts.test_end - 1, part.num_rows - horizon)
    bounds = {
        "train": range(earliest, cuts.train_end - horizon),
        "validation": range(cuts.validation_start - 1, cuts.validation_end - horizon),
        "test": range(cuts.test_start - 1, test_stop, spec.task.stride or 1),
    }
    cutoffs = {}
    for name, found in bounds.items():
        rows = np.arange(found.start, found.stop, found.step)
        if name != "train":
            rows = step_back(rows, known, num_observed, earliest)
        is_followed = num_observed[rows + 1 + horizon] > num_observed[rows + 1]
        kept = known[rows] & is_followed
        if name == "train" and spec.data.fill == "drop":
            kept &= reads_no_gap(rows, known, lookback)
        cutoffs[name] = rows[kept]
    cutoffs["forecast"] = np.array([part.num_rows - 1])
    return cutoffs


def _lay_out(
    dataset: Dataset,
    parts: Sequence[SeriesPart],
    scalers: Sequence[Scaler],
    cutoffs: Mapping[str, Sequence[np.ndarray]],
    spec: ExperimentSpec,
) -> WindowFeed:
    """Put all series one after another, each followed by its future where there is one."""
    _, horizon = spec.task.sizes
    num_columns = len(dataset.roles.columns)
    num_targets = len(dataset.roles.targets)
    num_known = len(dataset.roles.known_future_covariates)
    num_calendar = count_columns(spec)
    num_rows = parts[-1].first + parts[-1].num_rows + _padding(dataset, spec)
    past = np.zeros((num_rows, num_columns + num_calendar), np.float32)
    weight = np.ones((num_rows, num_targets), bool)
    future = np.zeros((num_rows, num_known + num_calendar), np.float32)
    season = spec.task.season_back
    earlier = np.zeros((num_rows, 3 * num_targets if season else 0), np.float32)
    series = np.zeros(num_rows, np.int32)
    values = dataset.frame.to_numpy()
    for number, (part, scaler) in enumerate(zip(parts, scalers, strict=True)):
        flat = slice(part.first, part.first + part.num_rows)
        past[flat, :num_columns] = scaler.transform(values[part.rows])
        weight[flat] = dataset.observed[part.rows]
        series[part.first :] = number
        if num_known:
            future[flat, :num_known] = past[flat, num_columns - num_known : num_columns]
            known = _future_values(dataset, part.name, horizon)
            future[flat.stop : flat.stop + horizon, :num_known] = (
                known - scaler.offset[-num_known:]
            ) / scaler.scale[-num_known:]
        if num_calendar:
            calendar = derive_calendar(dataset, part.rows, spec)
            past[flat, num_columns:] = calendar[: part.num_rows]
            future[flat.start : flat.stop + horizon, num_known:] = calendar
        if season:
            told = slice(flat.start, flat.stop + horizon)
            earlier[told] = tell_seasons(past[told, :num_targets], season)
    joined = {name: np.concatenate(found).astype(np.int32) for name, found in cutoffs.items()}
    shape = _shape(dataset.roles, spec, len(parts))
    return WindowFeed(past, future, weight, series, joined, shape, earlier)


def shape_examples(dataset: Dataset, spec: ExperimentSpec) -> WindowShape:
    """Return the sizes of the examples that ``frame_dataset`` would lay out.

    Args:
        dataset: as ``use_known_future`` leaves it.
    """
    names = [name for name, _ in dataset.iterate_series()]
    num_series = len(names) - len(check_framing(dataset, spec))
    return _shape(complete_roles(dataset.roles, spec), spec, num_series)


def _shape(roles: Roles, spec: ExperimentSpec, num_series: int) -> WindowShape:
    lookback, horizon = spec.task.sizes
    num_calendar = count_columns(spec)
    categories, categories_ahead = find_categories(roles, spec)
    return WindowShape(
        lookback,
        1 if spec.task.strategy == "recursive" else horizon,
        len(roles.targets),
        len(roles.columns) + num_calendar,
        len(roles.known_future_covariates) + num_calendar,
        num_series,
        categories,
        categories_ahead,
        bool(spec.task.season_back),
        *find_covariates(roles, spec),
        tuple(len(roles.columns) + number for number in find_tried(spec)),
        tuple(len(roles.known_future_covariates) + number for number in find_tried(spec)),
    )


def _fit_scaler(
    values: np.ndarray, dataset: Dataset, part: SeriesPart, spec: ExperimentSpec
) -> Scaler:
    local = slice(part.cuts.train_start, part.cuts.train_end)
    rows = slice(part.rows.start + local.start, part.rows.start + local.stop)
    num_targets = dataset.observed.shape[1]
    seen = np.ones((local.stop - local.start, values.shape[1]), dtype=bool)
    seen[:, :num_targets] = dataset.observed[rows]
    task = spec.task
    scaler = Scaler.fit(
        values[rows],
        seen,
        task.scaling,
        task.transform or "none",
        num_targets,
        task.season or 1,
        task.floor,
        task.outliers,
        num_targets + len(dataset.roles.past_covariates),
    )
    levels = list_levels(dataset.roles, spec)
    if not levels:
        return scaler
    offset, scale = keep_levels(values[rows], scaler.offset, scaler.scale, levels)
    return replace(scaler, offset=offset, scale=scale)


def _future_values(dataset: Dataset, series: str, horizon: int) -> np.ndarray:
    """Return the known-future covariates after the last row, ``(horizon, covariates)``."""
    names = dataset.future.index.get_level_values("series")
    known: pd.DataFrame = dataset.future[names == series]
    if len(known) < horizon:
        columns = ", ".join(f'"{name}"' for name in dataset.roles.known_future_covariates)
        raise DataError(
            f"The known-future covariates {columns} are given for {len(known)} steps after the "
            f"last target value, and the horizon is {horizon}.",
            "Add rows with an empty target, shorten the horizon, or forecast without them.",
        )
    return known.to_numpy()[:horizon]
