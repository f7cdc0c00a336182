"""Predictions of held-out windows and beyond the data, by networks and baselines."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from lstm_core.data.series.dataset import Dataset, Roles
from lstm_core.tasks.base import Predict
from lstm_core.tasks.forecasting.baselines.fitting import Baselines, Line
from lstm_core.tasks.forecasting.framing.examples import Framing, SeriesPart
from lstm_core.tasks.forecasting.framing.inputs.days import list_times_ahead
from lstm_core.tasks.forecasting.framing.scaling import Scaler
from lstm_core.tasks.forecasting.levels import LEVELS
from lstm_core.tasks.forecasting.predicting.ranges import raw_ends, widen
from lstm_core.tasks.forecasting.predicting.shrinking import Shrinkage
from lstm_core.tasks.forecasting.predicting.totals import name_totals

MAX_BLOCK_VALUES = 250_000
"""Predicted values that are handled at once."""

FEWEST_BLOCKS = 20
"""A long part is walked through in at least so many: ranges learn after each."""


FitBaselines = Callable[[Sequence[Line], int, Sequence[str]], Baselines]
"""From lines, the season and the baselines' names to those, fitted."""


def list_lines(
    values: np.ndarray, framing: Framing, roles: Roles, horizon: int, chosen: Sequence[slice]
) -> list[Line]:
    """List what baselines are fitted to, series by series and target by target.

    Args:
        values: of the dataset's frame. ``roles``: its columns.
        chosen: of each part, the rows to fit to.
    """
    num_known = len(roles.known_future_covariates)
    future = framing.examples.future
    lines = []
    num_targets = len(roles.targets)
    for part, rows in zip(framing.parts, chosen, strict=True):
        # What is known of the future lies behind each series in the flat table.
        flat = slice(part.first, part.first + part.num_rows + horizon)
        known = future[flat, :num_known].astype(np.float64)
        for target in range(num_targets):
            lines.append(Line(values[part.rows, target][rows], rows.start, known))
    return lines


@dataclass(frozen=True)
class Predicted:
    """Held-out windows of one line, a target of a series.

    Attributes:
        part, target, scaler: the line.
        local: ``(n,)`` cutoffs as rows of the series.
        actual: ``(n, horizon)`` in the units of the data, NaN where nothing was observed.
        point: ``(n, horizon)``, scaled. ``ends``: ``(n, horizon, len(LEVELS), 2)``, scaled, as
            the network gives them.
        baselines: each ``(n, horizon)`` in the units of the data.
        members: the same of what can be mixed with, and is no baseline to beat.
    """

    part: SeriesPart
    target: int
    scaler: Scaler
    local: np.ndarray
    actual: np.ndarray
    point: np.ndarray
    ends: np.ndarray
    baselines: dict[str, np.ndarray]
    members: dict[str, np.ndarray] = field(default_factory=dict)

    @property
    def scaled_actual(self) -> np.ndarray:
        return self.scaler.transform_target(self.actual, self.target)

    @property
    def scaled_others(self) -> dict[str, np.ndarray]:
        """What the network can be mixed with, scaled."""
        return {
            name: self.scaler.transform_target(found, self.target)
            for name, found in {**self.baselines, **self.members}.items()
        }

    def shrink(self, shrinkage: Shrinkage | None) -> tuple[np.ndarray, np.ndarray]:
        """Return point and ends, drawn towards a baseline where that is wanted."""
        if shrinkage is None:
            return self.point, self.ends
        point = shrinkage.combine(self.point, self.scaled_others)
        if shrinkage.has_own_widths:
            return point, raw_ends(point[..., None])
        return point, self.ends + (point - self.point)[..., None, None]


def predict_windows(
    dataset: Dataset,
    framing: Framing,
    baselines: Baselines,
    cutoffs: np.ndarray,
    horizon: int,
    predict: Predict,
    members: Baselines | None = None,
) -> Iterator[Predicted]:
    """Predict from cutoffs of the flat table, line by line, each series in order of time.

    Args:
        members: what can be mixed with beside the baselines.
    """
    targets = dataset.roles.targets
    values = dataset.frame.to_numpy()
    most = max(1, MAX_BLOCK_VALUES // (horizon * len(targets)))
    places = np.searchsorted(cutoffs, [part.first for part in framing.parts])
    num_own = np.diff(np.append(places, len(cutoffs)))
    firsts = [part.first for part in framing.parts]
    # One call predicts for many series: a call costs more than a window does.
    for together in np.array_split(cutoffs, -(-len(cutoffs) // most)):
        scaled = predict(together)  # (n, horizon, targets, 1 + levels)
        numbers = np.searchsorted(firsts, together, side="right") - 1
        for number in np.unique(numbers):
            part, scaler = framing.parts[number], framing.scalers[number]
            mine = np.flatnonzero(numbers == number)
            size = -(-num_own[number] // min(FEWEST_BLOCKS, -(-num_own[number] // horizon)))
            observed = dataset.observed[part.rows]
            for rows in np.array_split(mine, -(-len(mine) // size)):
                local = together[rows].astype(np.int64) - part.first
                ahead = local[:, None] + np.arange(1, horizon + 1)  # (n, horizon)
                for target in range(len(targets)):
                    own = scaled[rows, :, target].astype(np.float64)
                    series = values[part.rows, target]
                    line = int(number) * len(targets) + target
                    yield Predicted(
                        part,
                        target,
                        scaler,
                        local,
                        np.where(observed[ahead, target], series[ahead], np.nan),
                        own[..., 0],
                        raw_ends(own),
                        baselines.predict(line, series, local, horizon),
                        {} if members is None else members.predict(line, series, local, horizon),
                    )


def forecast_beyond(
    dataset: Dataset,
    framing: Framing,
    season: int,
    horizon: int,
    shrinkage: Shrinkage | None,
    factors: list[np.ndarray | None],
    predict: Predict,
    fit_baselines: FitBaselines = Baselines.fit,
    exchange: str = "",
    whole: np.ndarray | None = None,
    totals: list[np.ndarray | None] | None = None,
) -> pd.DataFrame:
    """Predict beyond the last row of each series.

    Args:
        season: steps in a season; 1 when there is none.
        factors: for each target, what its ranges are widened by; see ``ranges``.
        fit_baselines: fits those that the predictions are drawn towards, where there is one.
        exchange: whose days business days go on with; empty: from Monday to Friday.
        whole: ``(targets,)`` bool, which are told in whole numbers; none: no one is.
        totals: for each target, what ranges of its sums are widened by; none: no sum is told.

    Returns:
        ``series, target, step, timestamp, value``, then ``low_<level>`` and ``high_<level>``:
        ``horizon`` rows for each line, at true times of the dataset's frequency. Of what is never
        negative also the sum of all steps so far, with its ranges; see ``totals``.
    """
    scaled = predict(framing.examples.cutoffs["forecast"])  # (series, horizon, targets, ...)
    values = dataset.frame.to_numpy()
    targets = dataset.roles.targets
    # On every row, so that a trained model says the same of the same data whenever it's asked.
    every = [slice(0, part.num_rows) for part in framing.parts]
    names = () if shrinkage is None else tuple(shrinkage.shares)
    baselines = fit_baselines(
        list_lines(values, framing, dataset.roles, horizon, every), season, names
    )
    tables = []
    for number, (part, scaler) in enumerate(zip(framing.parts, framing.scalers, strict=True)):
        after = list_times_ahead(dataset, part.name, part.rows.stop - 1, horizon, exchange)
        last = np.array([part.num_rows - 1])
        for target, name in enumerate(targets):
            line = number * len(targets) + target
            own = scaled[[number], :, target].astype(np.float64)
            unknown = np.full((1, horizon), np.nan)
            rivals = baselines.predict(line, values[part.rows, target], last, horizon)
            window = Predicted(
                part, target, scaler, last, unknown, own[..., 0], raw_ends(own), rivals
            )
            point, ends = window.shrink(shrinkage)
            is_whole = whole is not None and bool(whole[target])
            added = {}
            by_sums = None if totals is None else totals[target]
            if by_sums is not None and scaler.lowest[target] >= 0:
                told, wide = (scaler.restore_target(each, target)[0] for each in (point, ends))
                added = name_totals(told, wide, by_sums, is_whole=is_whole)
            known = factors[target]
            if known is not None:
                ends = widen(point, ends, known)
            told, ends = (scaler.restore_target(each, target)[0] for each in (point, ends))
            if is_whole:
                told, ends = np.round(told) + 0.0, np.round(ends) + 0.0  # no zero below zero
            tables.append(
                pd.DataFrame(
                    {
                        "series": label_series(dataset, part, name),
                        "target": name,
                        "step": np.arange(1, horizon + 1),
                        "timestamp": after,
                        "value": told,
                        **name_ends(ends),
                        **added,
                    }
                )
            )
    return pd.concat(tables, ignore_index=True)


def name_ends(ends: np.ndarray) -> dict[str, np.ndarray]:
    """Name the columns of ``(rows, len(LEVELS), 2)``: ``low_80``, ``high_80`` and so on."""
    return {
        f"{side}_{level}": ends[:, number, place]
        for number, level in enumerate(LEVELS)
        for place, side in enumerate(("low", "high"))
    }


def label_series(dataset: Dataset, part: SeriesPart, target: str) -> str:
    """A wide table's series are its targets; a long table's are named by its series column."""
    return target if dataset.roles.series is None else part.name
