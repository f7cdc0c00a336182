"""Rules beside the app's own, so that no win counts that only weak rivals were left to.

They cost next to nothing: each cycle of the calendar repeated, its mean, the median, the mean and
nothing at all, and a regression on what is known ahead.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from pandas.tseries.offsets import Tick

from lstm_core.data.series.dataset import Dataset
from lstm_core.data.series.spacing.frequency import read_offset
from lstm_core.tasks.forecasting.baselines.simple import predict_baselines

_MANY_ZEROS = 0.3
_MOST_OF_SEASON = 400
"""Steps of a season that a regression gives a level each."""
_CYCLES = {"day": (7, 365), "business day": (5, 261)}
_NOTHING = pd.Timedelta(0)


def list_cycles(dataset: Dataset) -> tuple[int, ...]:
    """List the steps in a day, a week and a year of the table's spacing, whole numbers alone."""
    alias = dataset.frequency.alias
    offset = None if alias is None else read_offset(alias)
    if not isinstance(offset, Tick):
        usual = dataset.frequency.usual_season
        return _CYCLES.get(dataset.frequency.unit, (usual,) if usual > 1 else ())
    step = pd.Timedelta(offset)
    spans = (pd.Timedelta(days=days) for days in (1, 7, 365))
    return tuple(int(span // step) for span in spans if span % step == _NOTHING)


@dataclass(frozen=True)
class Rivals:
    """Rules for one series, fitted on its training rows.

    Attributes:
        known: ``(rows, columns)`` of what is known ahead, no columns where there is none.
        num_training: rows that are fitted on, the first ones.
        cycles: steps in what may repeat itself.
    """

    values: np.ndarray
    known: np.ndarray
    num_training: int
    cycles: tuple[int, ...]

    def predict(self, cutoffs: np.ndarray, horizon: int) -> dict[str, np.ndarray]:
        """Predict from rows of the last known value; each ``(n, horizon)``."""
        return dict(self._predict(cutoffs, horizon))

    def _predict(self, cutoffs: np.ndarray, horizon: int) -> Iterator[tuple[str, np.ndarray]]:
        trained = self.values[: self.num_training]
        shape = (len(cutoffs), horizon)
        for cycle in self.cycles:
            if 2 * cycle > self.num_training:
                continue
            found = predict_baselines(self.values, cutoffs, horizon, cycle)
            yield f"{cycle} steps ago", found["seasonal_naive"]
            yield f"mean over cycles of {cycle}", found["seasonal_mean"]
        yield "median", np.full(shape, np.median(trained))
        yield "mean", np.full(shape, trained.mean())
        if trained.min() >= 0 and (trained == 0).mean() > _MANY_ZEROS:
            yield "zero", np.zeros(shape)
        if self.known.shape[1]:
            yield "regression", self._regress(cutoffs, horizon)

    def _regress(self, cutoffs: np.ndarray, horizon: int) -> np.ndarray:
        """Least squares on what is known ahead and the place in the shortest cycle.

        What the last row was off by fades as the errors of the fit do: an autoregression of
        order one.
        """
        cycle = next((one for one in self.cycles if one <= _MOST_OF_SEASON), 1)
        rows = np.arange(len(self.known))
        inputs = np.column_stack([np.eye(cycle)[rows % cycle], self.known])
        fitted = slice(0, self.num_training)
        weights, *_ = np.linalg.lstsq(inputs[fitted], self.values[fitted], rcond=None)
        level = inputs @ weights
        errors = self.values - level[: len(self.values)]
        before, after = errors[: self.num_training - 1], errors[1 : self.num_training]
        carried = float(np.clip(before @ after / max(before @ before, 1e-12), 0, 0.99))
        steps = np.arange(1, horizon + 1)
        ahead = level[cutoffs[:, None] + steps]
        return np.asarray(ahead + errors[cutoffs][:, None] * carried**steps)
