"""``profile_dataset``: all that is said of a dataset's values before anything is learnt."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from lstm_core.data.series.dataset import Dataset
from lstm_core.data.series.profile.correlation import (
    Autocorrelation,
    Periodogram,
    correlate_with_itself,
    correlate_with_lags,
    find_periods,
)
from lstm_core.data.series.profile.distribution import Distribution, find_distribution
from lstm_core.data.series.profile.missing import Gap, MissingMap, list_gaps, map_missing
from lstm_core.data.series.profile.outliers import find_far, find_spikes, smooth_spikes
from lstm_core.data.series.profile.seasons import Season, find_seasons, take_season_away
from lstm_core.data.series.profile.wandering import Wander, find_wander
from lstm_core.errors import DataError

MOST_LAGS = 48
_FEWEST_LAGS = 12
_MOST_OTHERS = 30
_WEAKEST = 0.1


@dataclass(frozen=True)
class Related:
    """Another column beside the target.

    Attributes:
        column: its name.
        correlations: float64, ``(lags,)``: of the target with the column so many steps before,
            from 0 on; of their changes where the target wanders, which else seem related by chance.
        of_changes: whether it is so.
        best_lag: where it is the furthest from 0.
        sentence: for people.
    """

    column: str
    correlations: np.ndarray
    of_changes: bool
    best_lag: int
    sentence: str


@dataclass(frozen=True)
class DatasetProfile:
    """What one target of one series looks like, and what all columns hold.

    Attributes:
        series, target: which.
        times: of the series, ``(rows,)``.
        seasons: the shortest first.
        wander: how the level moves, without the seasons.
        autocorrelation, periodogram: for charts; like the seasons, with spikes smoothed.
        missing: where values of targets were missing, over all series.
        distributions: by column, over all series; of targets what was observed alone.
        related: other columns, the most alike first.
        gaps: of the target in the series.
        far, spikes: int64, rows of the series that stand far from all others, or from their
            neighbours; observed ones alone.
    """

    series: str
    target: str
    times: pd.Index
    seasons: tuple[Season, ...]
    wander: Wander
    autocorrelation: Autocorrelation
    periodogram: Periodogram
    missing: MissingMap
    distributions: dict[str, Distribution]
    related: tuple[Related, ...]
    gaps: tuple[Gap, ...]
    far: np.ndarray
    spikes: np.ndarray

    @property
    def seasonality(self) -> str:
        """``"Values repeat every day (24 hours). Values repeat every week (168 hours)."``"""
        if not self.seasons:
            return "No season shows in the values."
        return " ".join(season.sentence for season in self.seasons)


def profile_dataset(
    dataset: Dataset, series: str | None = None, target: str | None = None
) -> DatasetProfile:
    """Look at a dataset's values; what is costly reads the latest ones, or evenly taken ones.

    Args:
        series: which one; the longest where nothing is said.
        target: which one; the first where nothing is said.

    Raises:
        DataError: there is no such series or target.
    """
    roles = dataset.roles
    target = target or roles.targets[0]
    if target not in roles.targets:
        raise DataError(f'"{target}" is not predicted here.', "Choose one of the targets.")
    name, rows = _choose_series(dataset, series)
    index = dataset.frame.index.get_level_values("time")
    times = index[rows]
    place = roles.targets.index(target)
    observed = dataset.observed[rows, place]
    values = dataset.frame[target].to_numpy()[rows]
    spikes = find_spikes(values)
    calm = smooth_spikes(values, spikes)  # a single one would hide a season
    seasons = find_seasons(calm, dataset.frequency)
    rest = calm
    for season in seasons:
        rest = take_season_away(rest, season.steps)
    wander = find_wander(rest)
    shortest = seasons[0].steps if seasons else 1
    return DatasetProfile(
        series=name,
        target=target,
        times=times,
        seasons=seasons,
        wander=wander,
        autocorrelation=correlate_with_itself(calm, shortest),
        periodogram=find_periods(calm),
        missing=map_missing(roles.targets, index, dataset.observed),
        distributions=_find_distributions(dataset),
        related=_relate(dataset, rows, target, calm, wander, shortest),
        gaps=list_gaps(times, observed),
        far=find_far(np.where(observed, values, np.nan)),
        spikes=spikes[observed[spikes]],
    )


def _choose_series(dataset: Dataset, series: str | None) -> tuple[str, slice]:
    parts = dict(dataset.iterate_series())
    if series is None:
        series = max(parts, key=lambda name: parts[name].stop - parts[name].start)
    if series not in parts:
        raise DataError(f'There is no series "{series[:40]}".', "Choose one of the series.")
    return series, parts[series]


def _find_distributions(dataset: Dataset) -> dict[str, Distribution]:
    found = {}
    for place, name in enumerate(dataset.roles.columns):
        values = dataset.frame[name].to_numpy()
        if place < len(dataset.roles.targets):
            values = values[dataset.observed[:, place]]
        if len(values):
            found[name] = find_distribution(values)
    return found


def _relate(
    dataset: Dataset, rows: slice, target: str, own: np.ndarray, wander: Wander, season: int
) -> tuple[Related, ...]:
    of_changes = wander.kind in ("walk", "drifting", "trend")
    others = [name for name in dataset.roles.columns if name != target][:_MOST_OTHERS]
    num_lags = min(MOST_LAGS, max(_FEWEST_LAGS, season))
    columns = [dataset.frame[name].to_numpy()[rows] for name in others]
    if of_changes:
        own, columns = np.diff(own), [np.diff(column) for column in columns]
    found = []
    for name, correlations in zip(others, correlate_with_lags(own, columns, num_lags), strict=True):
        best = int(np.abs(correlations).argmax())
        sentence = _say_related(name, float(correlations[best]), best, of_changes)
        found.append(Related(name, correlations, of_changes, best, sentence))
    return tuple(sorted(found, key=lambda each: -abs(each.correlations[each.best_lag])))


def _say_related(name: str, value: float, lag: int, of_changes: bool) -> str:
    if abs(value) < _WEAKEST:
        return f'"{name}" says little about the target.'
    what = "changes with" if of_changes else "goes with"
    way = "the target" if value > 0 else "the target, the other way round"
    when = "" if lag == 0 else f", {lag} {'step' if lag == 1 else 'steps'} ahead of it"
    return f'"{name}" {what} {way}{when} (correlation {value:.2f}).'
