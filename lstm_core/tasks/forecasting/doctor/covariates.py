"""What is wrong with a covariate: it gives the answer away."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from lstm_core.data.series.dataset import Dataset
from lstm_core.judging.diagnosis import Diagnosis, Fix, say_steps
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.forecasting.framing.cutting import cut_series, is_long_enough

GIVEN_AWAY = 0.95
"""Correlation of changes from which on a column is too good to be true: nothing that is honestly
known beforehand explains nine tenths of what will change."""

LEAD_ADVANTAGE = 0.02
"""How much better than at the same time a past covariate follows a later value; two slow columns
that go side by side follow each other's next values nearly as well."""

FEWEST_ROWS = 30
"""Fewer show high correlations by chance."""

MOST_LEADS = 48
MOST_ROWS = 100_000
MOST_SERIES = 50
"""What is looked at: steps ahead, training rows of all series together, and series."""

_LEAST_VARIANCE = 1e-8
"""Share of a column's variance that has to be left once its season is taken off."""


def find_leaking_covariate(dataset: Dataset, spec: ExperimentSpec) -> Diagnosis | None:
    """Look whether a covariate equals, but for a scale, what is to be predicted.

    A past covariate may follow the target at the same time: it is known no later. A column that
    is known ahead of time may not.
    """
    roles = dataset.roles
    covariates = roles.past_covariates + roles.known_future_covariates
    if not covariates:
        return None
    found = _correlate(dataset, spec)  # (leads, covariates, targets)
    if found is None:
        return None
    later = np.where(found > found[0] + LEAD_ADVANTAGE, found, 0.0)
    later[0, len(roles.past_covariates) :] = found[0, len(roles.past_covariates) :]
    leads = later.argmax(axis=0)  # (covariates, targets)
    best = later.max(axis=0)
    leaking = [
        number for number in range(len(covariates)) if best[number].max(initial=0.0) >= GIVEN_AWAY
    ]
    if not leaking:
        return None
    worst = max(leaking, key=lambda number: float(best[number].max()))
    target = int(best[worst].argmax())
    lead = int(leads[worst, target])
    when = "at the same time" if lead == 0 else f"{say_steps(lead)} later"
    beside = f", against {found[0, worst, target]:.2f} at the same time" if lead else ""
    others = f" So do {len(leaking) - 1} other columns." if len(leaking) > 2 else ""
    if len(leaking) == 2:
        others = " So does another column."
    return Diagnosis(
        "leaking_covariate",
        "A column gives the answer away",
        f'The changes of "{covariates[worst]}" are those of "{roles.targets[target]}" {when}: '
        f"their correlation in the training part is {best[worst, target]:.3f}{beside}.{others}",
        "Ask when such a value is really known. If it is written down afterwards, it will be "
        "missing in use, and all errors shown here are too small: leave it out.",
        _leave_out(spec, {covariates[number] for number in leaking}),
    )


def _leave_out(spec: ExperimentSpec, names: set[str]) -> Fix:
    """Return the fix without these columns, whichever role the spec gives them."""
    changes = {}
    for role in ("past_covariates", "known_future_covariates"):
        given = getattr(spec.data, role) or ()
        kept = [name for name in given if name not in names]
        if len(kept) < len(given):
            changes[f"data.{role}"] = kept
    count = len(names)
    return Fix("Leave the column out" if count == 1 else f"Leave {count} columns out", changes)


def _correlate(dataset: Dataset, spec: ExperimentSpec) -> np.ndarray | None:
    """Correlate changes of covariates with those of targets at the same time and later.

    Returns:
        ``(leads, covariates, targets)`` of absolute correlations over the training rows, lead 0
        first; None with too few rows.
    """
    _, horizon = spec.task.sizes
    num_leads = min(horizon, MOST_LEADS) + 1
    num_targets = len(dataset.roles.targets)
    total: np.ndarray | None = None
    for changes in _list_changes(dataset, spec, num_leads):
        targets, covariates = changes[:, :num_targets], changes[:, num_targets:]
        products = np.stack(
            [covariates[: len(covariates) - lead].T @ targets[lead:] for lead in range(num_leads)]
        )
        powers = np.stack(
            [
                np.outer(
                    (covariates[: len(covariates) - lead] ** 2).sum(axis=0),
                    (targets[lead:] ** 2).sum(axis=0),
                )
                for lead in range(num_leads)
            ]
        )
        found = np.abs(products) / np.sqrt(np.where(powers > 0, powers, np.inf))
        weighted = np.stack([found * len(changes), np.full_like(found, len(changes))])
        total = weighted if total is None else total + weighted
    return None if total is None else total[0] / total[1]


def _list_changes(dataset: Dataset, spec: ExperimentSpec, num_leads: int) -> Iterator[np.ndarray]:
    """Yield for each series the changes of its columns, ``(rows, columns)``, season taken off.

    Levels that drift together are alike at every lead, and so are seasons; changes are not. A
    change to or from a filled target is 0, as is a column with nothing but a season.
    """
    values = dataset.frame.to_numpy()
    season = spec.task.season or 1
    num_targets = dataset.observed.shape[1]
    series = [
        rows for _, rows in dataset.iterate_series() if is_long_enough(rows.stop - rows.start, spec)
    ]
    series = series[:: max(1, -(-len(series) // MOST_SERIES))]
    for rows in series:
        end = rows.start + cut_series(rows.stop - rows.start, spec).train_end
        used = slice(max(rows.start, end - MOST_ROWS // len(series)), end)
        changes = np.diff(values[used], axis=0)
        if len(changes) < FEWEST_ROWS + num_leads:
            continue
        before = changes.var(axis=0)
        observed = dataset.observed[used]
        known = np.ones(changes.shape, bool)
        known[:, :num_targets] = observed[1:] & observed[:-1]
        changes -= _average_phases(changes, known, season)
        changes[~known] = 0.0
        changes[:, changes.var(axis=0) <= _LEAST_VARIANCE * before] = 0.0
        yield changes


def _average_phases(values: np.ndarray, known: np.ndarray, season: int) -> np.ndarray:
    """Return for each of ``(rows, columns)`` the mean of what is known at its place in a season."""
    num_rows, num_columns = values.shape
    phases = np.arange(num_rows) % season
    totals, counts = np.zeros((season, num_columns)), np.zeros((season, num_columns))
    np.add.at(totals, phases, np.where(known, values, 0.0))
    np.add.at(counts, phases, known)
    return (totals / np.maximum(counts, 1))[phases]
