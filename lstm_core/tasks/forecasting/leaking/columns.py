"""Which columns of a table tell what is to be predicted, and how."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from lstm_core.data.series.dataset import Dataset, Roles
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.forecasting.framing.cutting import cut_series, is_long_enough
from lstm_core.tasks.forecasting.leaking.explaining import (
    FEWEST_ROWS,
    Told,
    measure_together,
    measure_told,
)
from lstm_core.tasks.forecasting.leaking.likeness import Likeness, measure_likeness

Way = Literal["later", "ahead", "same", "made", "copy", "holds", "direction", "together"]
"""How a column tells: rows up to the present tell the next value; rows beyond it, which are known
ahead, tell values before them; the row at the same time does; it is made of later values; it is a
copy with noise; the target is a part of it; it tells rise from fall; several columns do at the
same time, each for itself not."""

TELLS = 0.8
"""Share of what the target's own past leaves open, from which on rows before or behind a value
tell too much of it. A sister series that goes by the same level without noise tells up to half."""

TELLS_AT_ONCE = 0.97
"""The same of the row at the same time, where that is known ahead: temperature, a price or a
planned closing day may honestly decide nine tenths."""

IS_MADE = 0.95
"""Share of a column that follows from later values; of a lagged cause up to nine tenths do."""

COPY_TELLS, PART_TELLS = 0.5, 0.25
"""The same of a column that moves just as the target does: with its level, and always above it."""

DIRECTION_TELLS = 0.25

TELLS_TOGETHER = 0.99
"""The same of several columns: a total that is known ahead, less all its other parts. As many
honest causes explain more than one does."""

CALENDAR_REPEATS = 0.95
"""How often a column of few values is what it was a season ago, where it is the calendar's."""

MOST_TOGETHER = 24

MOST_SERIES = 5
MOST_PAIRS = 120
"""Regressions of a column and a target of one series: some seconds at the most."""


@dataclass(frozen=True)
class Leak:
    """A column that tells a target.

    Attributes:
        column, target: their names, hostile text.
        way: how.
        steps: how many steps later the target's value comes that a row of it tells; 0: at the
            same time, negative: so many earlier.
        share: of what the target's own past leaves open, or of the column.
    """

    column: str
    target: str
    way: Way
    steps: int
    share: float


def find_leaks(dataset: Dataset, spec: ExperimentSpec) -> list[Leak]:
    """Look at the training part for columns that tell a target: the clearest of each, in order.

    Args:
        dataset: known-future covariates that end too early made past ones, nothing added.
        spec: filled in for it.

    A past covariate may follow the target at the same time: it is known no later. A target that
    tells another one is found as well: its past is read like a covariate's.
    """
    if spec.model.comes_trained:  # it reads the past of each target alone
        return []
    roles = dataset.roles
    targets, num_past = roles.targets, len(roles.targets) + len(roles.past_covariates)
    columns = roles.columns
    pairs = [
        (own, other) for own in range(len(targets)) for other in range(len(columns)) if own != other
    ]
    series = _choose_series(dataset, spec, len(pairs))
    if not pairs or not series:
        return []
    lookback, horizon = spec.task.sizes
    values = dataset.frame.to_numpy()
    seasons = list_seasons(spec, dataset)
    found: dict[int, Leak] = {}
    for own, other in pairs[: MOST_PAIRS // len(series)]:
        ahead = horizon if other >= num_past else None
        leaks = []
        for rows in series:
            target, column = values[rows, own], values[rows, other]
            told = measure_told(
                target,
                column,
                dataset.observed[rows, own],
                seasons,
                furthest=lookback,
                ahead=ahead,
            )
            leaks.append(None if told is None else _judge(told, target, column, seasons, ahead))
        known = [leak for leak in leaks if leak is not None]
        if 2 * len(known) <= len(leaks):
            continue
        way, steps, share = sorted(known, key=lambda leak: leak[2])[len(known) // 2]
        if other not in found or found[other].share < share:
            found[other] = Leak(columns[other], targets[own], way, steps, share)
    if not found:
        found = _find_together(dataset, series, seasons)
    return sorted(found.values(), key=lambda leak: -leak.share)


def leave_out(roles: Roles, names: Sequence[str]) -> dict[str, list[str]]:
    """Return the settings without these columns, whichever role they have; targets stay."""
    changes = {}
    for role in ("past_covariates", "known_future_covariates"):
        given = getattr(roles, role)
        kept = [name for name in given if name not in names]
        if len(kept) < len(given):
            changes[f"data.{role}"] = kept
    return changes


def _find_together(
    dataset: Dataset, series: Sequence[slice], seasons: Sequence[int]
) -> dict[int, Leak]:
    """Look whether columns that are known ahead tell a target together, in the longest series."""
    roles = dataset.roles
    num_past = len(roles.targets) + len(roles.past_covariates)
    rows = series[0]
    values = dataset.frame.to_numpy()[rows]
    known = [
        column for column in range(num_past, len(roles.columns)) if not _is_flag(values[:, column])
    ][:MOST_TOGETHER]
    if len(known) < 2:
        return {}
    for own, target in enumerate(roles.targets):
        share, without = measure_together(
            values[:, own], values[:, known], dataset.observed[rows, own], seasons
        )
        if share >= TELLS_TOGETHER:
            return {
                column: Leak(roles.columns[column], target, "together", 0, share)
                for column, other in zip(known, without, strict=True)
                if other < TELLS_AT_ONCE
            }
    return {}


def _is_flag(values: np.ndarray) -> bool:
    """Whether it is two values at most: what was planned may decide all, such as closing days."""
    return len(np.unique(values)) <= 2


def list_seasons(spec: ExperimentSpec, dataset: Dataset) -> list[int]:
    """Return the seasons that a target may have: the one that was found, and weeks of its days."""
    season = spec.task.season or dataset.frequency.usual_season
    found = {season, dataset.frequency.usual_season}
    if dataset.frequency.is_within_days:
        found |= {7 * season for season in found}
    return sorted(season for season in found if season > 1)


def _choose_series(dataset: Dataset, spec: ExperimentSpec, num_pairs: int) -> list[slice]:
    """Return the training rows of the longest series, as many as can be looked at."""
    parts = []
    for _, rows in dataset.iterate_series():
        num_rows = rows.stop - rows.start
        if is_long_enough(num_rows, spec):
            cuts = cut_series(num_rows, spec)
            parts.append(slice(rows.start + cuts.train_start, rows.start + cuts.train_end))
    parts = [part for part in parts if part.stop - part.start >= FEWEST_ROWS]
    most = max(1, min(MOST_SERIES, MOST_PAIRS // max(num_pairs, 1)))
    return sorted(parts, key=lambda part: part.start - part.stop)[:most]


def _judge(
    told: Told,
    target: np.ndarray,
    column: np.ndarray,
    seasons: Sequence[int],
    ahead: int | None,
) -> tuple[Way, int, float] | None:
    """Return the way, the steps and the share of what tells too much; None: all is well."""
    if told.past >= TELLS:
        return "later", max(told.lag, 1), told.past
    if told.later >= TELLS:
        return "ahead", min(told.lag, 0), told.later
    if ahead is not None and told.same >= TELLS_AT_ONCE and not _is_flag(column):
        return "same", 0, told.same
    if told.made >= IS_MADE:
        return "made", max(told.lag, 1), told.made
    if told.most < min(COPY_TELLS, PART_TELLS, DIRECTION_TELLS):
        return None
    like: Likeness = measure_likeness(target, column, told.lag)
    share = max(told.past, told.same, told.later)
    if like.is_copy and share >= COPY_TELLS:
        return "copy", told.lag, share
    if like.holds and share >= PART_TELLS:
        return "holds", told.lag, share
    if like.tells_direction and share >= DIRECTION_TELLS and not _repeats(column, seasons):
        return "direction", told.lag, share
    return None


def _repeats(column: np.ndarray, seasons: Sequence[int]) -> bool:
    """Whether it is a matter of the calendar: known by then, whatever it tells."""
    return any(
        len(column) > season
        and float(np.mean(column[season:] == column[:-season])) >= CALENDAR_REPEATS
        for season in seasons
    )
