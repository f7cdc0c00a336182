"""A dataset with fewer covariates, where the table that it came from is not at hand."""

from __future__ import annotations

from dataclasses import replace

from lstm_core.data.columns.derived import is_part_of
from lstm_core.data.series.dataset import Dataset
from lstm_core.spec import SeriesDataSpec


def keep_covariates(dataset: Dataset, spec: SeriesDataSpec) -> Dataset:
    """Return the dataset without the covariates that the spec does not name.

    The rows stay: where a covariate's gaps had cost some, they don't come back.
    """
    roles = dataset.roles
    past = spec.past_covariates
    wanted = None if past is None else (*past, *spec.static)
    kept = replace(
        roles,
        past_covariates=_keep(roles.past_covariates, wanted),
        known_future_covariates=_keep(roles.known_future_covariates, spec.known_future_covariates),
    )
    if kept == roles:
        return dataset
    future = dataset.future[list(kept.known_future_covariates)]
    return replace(
        dataset,
        roles=kept,
        frame=dataset.frame[list(kept.columns)],
        future=future if kept.known_future_covariates else future.iloc[:0],
    )


def _keep(names: tuple[str, ...], wanted: tuple[str, ...] | None) -> tuple[str, ...]:
    """Keep what is named itself or as the column whose levels it is; all where nothing is said."""
    if wanted is None:
        return names
    return tuple(name for name in names if any(is_part_of(name, each) for each in wanted))
