"""A dataset with the columns that a spec asks for beside those of the table.

They stand in the dataset like any others, past covariates behind the table's, and what is known
ahead behind what the table knows: whatever works from a dataset, an exported script among it,
finds them there. None of them is fitted, and each row follows from its time and from rows up to it.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from lstm_core.data.columns.derived import is_part_of
from lstm_core.data.series.dataset import Dataset, Roles
from lstm_core.errors import SpecError, suggest_name
from lstm_core.spec import ExperimentSpec
from lstm_core.spec.tasks.forecasting import ForecastingSpec
from lstm_core.tasks.forecasting.framing.inputs.days import (
    check_country,
    check_exchange,
    list_times_ahead,
    mark_holidays,
    mark_trading_days,
    name_holidays,
)
from lstm_core.tasks.forecasting.framing.inputs.past import count_reach, derive_past, name_past
from lstm_core.tasks.forecasting.framing.inputs.products import (
    list_products,
    multiply,
    name_product,
)

MOST_COLUMNS = 300
"""Of all inputs together, where some are added."""

_LONGEST_SPACING_IN_DAYS = 4.0
"""Rows further apart, as weeks are, say nothing of single days; business days may skip a few."""

_DAY_IN_NANOSECONDS = 86_400 * 10**9
_ROWS_LOOKED_AT = 25


def check_inputs(dataset: Dataset, spec: ExperimentSpec) -> None:
    """Refuse inputs that can't be made of this dataset.

    Args:
        dataset: without them.

    Raises:
        SpecError: a country, an exchange or a column is unknown, rows are no days, a lag is longer
            than the series, or what would have to be observed is predicted step by step.
    """
    task = spec.task
    _check_days(dataset, task)
    unknown = [name for name in task.products if name not in dataset.roles.columns]
    if unknown:
        raise SpecError(
            f'There is no input "{unknown[0]}" to multiply.'
            + suggest_name(unknown[0], dataset.roles.columns),
            "Choose targets and covariates that are used.",
        )
    if task.strategy == "recursive" and _reads_targets(dataset.roles, task):
        raise SpecError(
            "One step after another and inputs made of the target's past don't go together: they "
            "would stand still while the predictions go on.",
            'Choose "direct" as the strategy, or leave them out.',
        )
    longest = max(rows.stop - rows.start for _, rows in dataset.iterate_series())
    lookback, _ = task.sizes
    if count_reach(task) and lookback + count_reach(task) >= longest:
        raise SpecError(
            f"Inputs reach {count_reach(task):,} rows back beyond the lookback, and there are "
            f"{longest:,} rows.",
            "Choose shorter lags and windows, or a shorter lookback.",
        )
    count = len(complete_roles(dataset.roles, spec).columns)
    if count > MOST_COLUMNS and count > len(dataset.roles.columns):
        raise SpecError(
            f"With what is added, there would be {count:,} inputs, and at most {MOST_COLUMNS} are "
            "taken.",
            "Ask for fewer lags, windows, statistics or products.",
        )


def complete_roles(roles: Roles, spec: ExperimentSpec) -> Roles:
    """Return the roles with the columns that ``add_inputs`` adds."""
    past, ahead = _list_names(roles, spec.task)
    if not past and not ahead:
        return roles
    return replace(
        roles,
        past_covariates=roles.past_covariates + past,
        known_future_covariates=roles.known_future_covariates + ahead,
    )


def list_covariates(roles: Roles, spec: ExperimentSpec) -> tuple[str, ...]:
    """Name the table's covariates, without what describes a series.

    Args:
        roles: of a dataset without added inputs.
    """
    given = (*roles.past_covariates, *roles.known_future_covariates)
    return tuple(name for name in given if not _describes(name, spec))


def find_covariates(roles: Roles, spec: ExperimentSpec) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Find the inputs that hold the table's covariates, or products with them.

    Args:
        roles: of a dataset with all its inputs.

    Returns:
        Their numbers among ``roles.columns``, and among the known-future covariates.
    """
    past, ahead = _list_names(roles, spec.task)
    num_past, num_known = len(roles.past_covariates), len(roles.known_future_covariates)
    given = replace(
        roles,
        past_covariates=roles.past_covariates[: num_past - len(past)],
        known_future_covariates=roles.known_future_covariates[: num_known - len(ahead)],
    )
    covariates = {*list_covariates(given, spec)}
    products = _split_products(given, spec.task)

    def find(names: tuple[str, ...], made: list[tuple[str, ...]]) -> list[int]:
        """Find them among names of which the last ones were made of several."""
        own = [number for number, name in enumerate(names) if name in covariates]
        first = len(names) - len(made)
        return own + [first + at for at, each in enumerate(made) if covariates & {*each}]

    known = find(roles.known_future_covariates, products[1])
    first = len(roles.targets)
    back = [first + number for number in find(roles.past_covariates, products[0])]
    return (*back, *(first + num_past + number for number in known)), tuple(known)


def _describes(name: str, spec: ExperimentSpec) -> bool:
    return any(is_part_of(name, each) for each in spec.data.static)


def count_needed(spec: ExperimentSpec) -> int:
    """Return how many rows a forecast is made of: the window, and what its inputs reach back."""
    lookback, _ = spec.task.sizes
    return max(lookback + count_reach(spec.task), spec.task.season_back)


def count_day_columns(spec: ExperimentSpec) -> int:
    """Return how many columns are known ahead of every table, from the days alone."""
    return len(_name_days(spec.task))


def add_inputs(dataset: Dataset, spec: ExperimentSpec) -> Dataset:
    """Return the dataset with the inputs that the spec asks for; itself where that is none.

    Args:
        dataset: without them, as ``use_known_future`` leaves it; ``check_inputs`` has seen it, or
            the one that the model was trained on.
    """
    roles = complete_roles(dataset.roles, spec)
    if roles is dataset.roles:
        return dataset
    num_past = len(roles.targets) + len(dataset.roles.past_covariates)
    given = dataset.frame.to_numpy()
    past = _make_past(dataset, spec)
    frame = pd.DataFrame(
        np.concatenate(
            [
                given[:, :num_past],
                past,
                given[:, num_past:],
                _make_ahead(dataset.frame, dataset.roles, spec.task),
            ],
            axis=1,
        ),
        dataset.frame.index,
        pd.Index(roles.columns, dtype="str"),
    )
    return replace(dataset, frame=frame, future=_extend_future(dataset, roles, spec), roles=roles)


def _extend_future(dataset: Dataset, roles: Roles, spec: ExperimentSpec) -> pd.DataFrame:
    """Return what is known ahead, as far as the table knows it, or as far as is forecast."""
    names = roles.known_future_covariates
    if len(names) == len(dataset.roles.known_future_covariates):
        return dataset.future
    future = dataset.future
    if not dataset.roles.known_future_covariates:
        _, horizon = spec.task.sizes
        future = pd.DataFrame(index=_index_ahead(dataset, horizon, spec.task.exchange))
    added = _make_ahead(future, dataset.roles, spec.task)
    values = np.concatenate([future.to_numpy(np.float64).reshape(len(future), -1), added], axis=1)
    return pd.DataFrame(values, future.index, pd.Index(names, dtype="str"))


def _index_ahead(dataset: Dataset, horizon: int, exchange: str) -> pd.MultiIndex:
    """Return series and time of the steps that are forecast."""
    ahead = {
        name: list_times_ahead(dataset, name, rows.stop - 1, horizon, exchange)
        for name, rows in dataset.iterate_series()
    }
    return pd.MultiIndex.from_arrays(
        [
            pd.Index(np.repeat(list(ahead), horizon), dtype="str"),
            pd.Index(np.concatenate([times.to_numpy() for times in ahead.values()])),
        ],
        names=["series", "time"],
    )


def _list_names(roles: Roles, task: ForecastingSpec) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Name what is added, told apart from the table's own columns and from each other."""
    past = [name for target in roles.targets for name in name_past(target, task)]
    past += [f"{target} was observed" for target in roles.targets if task.mask]
    past += [name_product(each) for each in _split_products(roles, task)[0]]
    ahead = [*_name_days(task)]
    ahead += [name_product(each) for each in _split_products(roles, task)[1]]
    taken = {*roles.columns, roles.time, roles.series}
    named: list[str] = []
    for name in [*past, *ahead]:
        while name in taken:
            name += " (added)"
        taken.add(name)
        named.append(name)
    return tuple(named[: len(past)]), tuple(named[len(past) :])


def _reads_targets(roles: Roles, task: ForecastingSpec) -> bool:
    """Whether an input is made of the targets' own past."""
    return bool(name_past("", task)) or bool({*task.products} & {*roles.targets})


def _name_days(task: ForecastingSpec) -> tuple[str, ...]:
    names: tuple[str, ...] = ()
    if task.holidays:
        names += name_holidays(task.holidays, with_neighbours=task.holiday_neighbours)
    if task.exchange:
        names += (f"trading day ({task.exchange})",)
    return names


def _split_products(
    roles: Roles, task: ForecastingSpec
) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """Return products with something that is not known ahead, and those of what is."""
    products = list_products(task.products, task.degree) if task.products else []
    known = set(roles.known_future_covariates)
    is_ahead = [set(factors) <= known for factors in products]
    return (
        [each for each, ahead in zip(products, is_ahead, strict=True) if not ahead],
        [each for each, ahead in zip(products, is_ahead, strict=True) if ahead],
    )


def _make_past(dataset: Dataset, spec: ExperimentSpec) -> np.ndarray:
    """Return the added past covariates, ``(rows, columns)``, in the order of their names."""
    values, task, roles = dataset.frame.to_numpy(), spec.task, dataset.roles
    own = [
        np.concatenate(
            [derive_past(values[rows, number], task) for _, rows in dataset.iterate_series()]
        )
        for number in range(len(roles.targets))
    ]
    masks = dataset.observed.astype(np.float64) if task.mask else np.zeros((len(values), 0))
    products = [
        multiply([values[:, roles.columns.index(name)] for name in factors])[:, None]
        for factors in _split_products(roles, task)[0]
    ]
    return np.concatenate([*own, masks, *products], axis=1)


def _make_ahead(frame: pd.DataFrame, roles: Roles, task: ForecastingSpec) -> np.ndarray:
    """Return what is known of rows that may lie ahead, ``(rows, columns)``.

    Args:
        frame: the rows, with what the table knows ahead of them.
    """
    columns: list[np.ndarray] = []
    if _name_days(task):
        times = pd.DatetimeIndex(frame.index.get_level_values("time"))
        if task.holidays:
            columns.append(
                mark_holidays(times, task.holidays, with_neighbours=task.holiday_neighbours)
            )
        if task.exchange:
            columns.append(mark_trading_days(times, task.exchange)[:, None])
    columns += [
        multiply([frame[name].to_numpy(np.float64) for name in factors])[:, None]
        for factors in _split_products(roles, task)[1]
    ]
    return np.concatenate(columns, axis=1) if columns else np.zeros((len(frame), 0))


def _check_days(dataset: Dataset, task: ForecastingSpec) -> None:
    if not _name_days(task):
        return
    if not tells_days(dataset):
        raise SpecError(
            "Rows are no days here"
            + (f" ({dataset.frequency.label.lower()})" if dataset.frequency.is_calendar else "")
            + ", so holidays and trading days say nothing of them.",
            "Leave them out.",
        )
    if task.holidays:
        check_country(task.holidays)
    if task.exchange:
        check_exchange(task.exchange)


def tells_days(dataset: Dataset) -> bool:
    """Whether each row is a day or a part of one."""
    if not dataset.frequency.is_calendar:
        return False
    times = dataset.frame.index.get_level_values("time")[:_ROWS_LOOKED_AT].to_numpy()
    apart = float(np.median(np.diff(times.astype(np.int64))))
    return apart < _LONGEST_SPACING_IN_DAYS * _DAY_IN_NANOSECONDS
