"""``ForecastingTask``: the face of forecasting."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from lstm_core.data.dataset import Dataset
from lstm_core.spec import ForecastSpec
from lstm_core.tasks.base import Encode, Evaluation, Examples, ExampleShape, Predict
from lstm_core.tasks.forecasting.baselines import BASELINES, predict_baselines
from lstm_core.tasks.forecasting.framing import (
    ONLY_SERIES,
    Framing,
    SeriesPart,
    frame_dataset,
    frame_tail,
)
from lstm_core.tasks.forecasting.metrics import measure_scale, score_table
from lstm_core.tasks.forecasting.scaling import Scaler
from lstm_core.tasks.forecasting.verdict import MODEL, judge

if TYPE_CHECKING:
    import keras

MAX_PREDICTIONS = 200_000
"""Rows of the prediction table; beyond, cutoffs are thinned evenly."""


class ForecastingTask:
    """Forecasts every target of every series with one network.

    Lives for one run: ``prepare`` comes first and fits the transforms that the other methods
    use to come back to the units of the data.
    """

    def __init__(self, spec: ForecastSpec) -> None:
        """Take a spec that ``defaults.resolve_spec`` has filled in."""
        self.spec = spec
        _, self.horizon = spec.sizes
        self.season = spec.season or 1
        self._framing: Framing | None = None

    @property
    def framing(self) -> Framing:
        """What ``prepare`` made."""
        if self._framing is None:
            raise RuntimeError("prepare() comes first")
        return self._framing

    def prepare(self, dataset: Dataset) -> Examples:
        self._framing = frame_dataset(dataset, self.spec)
        return self._framing.examples

    def prepare_with(self, dataset: Dataset, transforms: Mapping[str, Any]) -> Examples:
        """Lay out another dataset with the transforms of ``transforms_to_json``.

        Raises:
            DataError: a series is unknown, or shorter than the lookback.
        """
        scalers = {name: Scaler.from_json(content) for name, content in transforms.items()}
        self._framing = frame_tail(dataset, self.spec, scalers)
        return self._framing.examples

    def transforms_to_json(self, dataset: Dataset) -> dict[str, Any]:
        """Return the fitted transforms of each series."""
        single = dataset.roles.series is None
        return {
            ONLY_SERIES if single else part.name: scaler.to_json()
            for part, scaler in zip(self.framing.parts, self.framing.scalers, strict=True)
        }

    def build_network(self, shape: ExampleShape, encode: Encode) -> keras.Model:
        from lstm_core.tasks.forecasting.network import build_network

        return build_network(shape, self.spec.window_normalisation or "none", encode)

    def evaluate(self, dataset: Dataset, predict: Predict) -> Evaluation:
        table = self._predict_test(dataset, predict)
        scales = self._measure_scales(dataset)
        scores = {name: score_table(table, name, scales) for name in (MODEL, *BASELINES)}
        metrics = scores.pop(MODEL)
        verdict = judge(table, metrics, scores, scales, dataset.frequency, self.season)
        return Evaluation(table, metrics, scores, verdict.to_json())

    def forecast(self, dataset: Dataset, predict: Predict) -> pd.DataFrame:
        """Predict beyond the last row.

        Returns:
            ``series, target, step, timestamp, value``: ``horizon`` rows for each series and
            target, at true times of the dataset's frequency.
        """
        framing = self.framing
        scaled = predict(framing.examples.cutoffs["forecast"])  # (series, horizon, targets)
        times = dataset.frame.index.get_level_values("time")
        tables = []
        for part, scaler, window in zip(framing.parts, framing.scalers, scaled, strict=True):
            after = dataset.frequency.times_after(times[part.rows.stop - 1], self.horizon)
            values = scaler.restore_targets(window.astype(np.float64))
            tables += [
                pd.DataFrame(
                    {
                        "series": _series_label(dataset, part, target),
                        "target": target,
                        "step": np.arange(1, self.horizon + 1),
                        "timestamp": after,
                        "value": values[:, number],
                    }
                )
                for number, target in enumerate(dataset.roles.targets)
            ]
        return pd.concat(tables, ignore_index=True)

    def _predict_test(self, dataset: Dataset, predict: Predict) -> pd.DataFrame:
        """Return the prediction table of the test part."""
        framing = self.framing
        targets = dataset.roles.targets
        test = framing.examples.cutoffs["test"]
        budget = MAX_PREDICTIONS // (self.horizon * len(targets) * len(framing.parts))
        chosen = [_thin(_within(test, part), max(1, budget)) for part in framing.parts]
        scaled = predict(np.concatenate(chosen))  # (n, horizon, targets)
        times = dataset.frame.index.get_level_values("time")
        values = dataset.frame.to_numpy()
        tables = []
        done = 0
        for part, scaler, cutoffs in zip(framing.parts, framing.scalers, chosen, strict=True):
            own = scaler.restore_targets(scaled[done : done + len(cutoffs)].astype(np.float64))
            done += len(cutoffs)
            local = cutoffs - part.first  # (n,) rows of this series
            ahead = local[:, None] + np.arange(1, self.horizon + 1)  # (n, horizon)
            own_times = times[part.rows]
            observed = dataset.observed[part.rows]
            for number, target in enumerate(targets):
                series = values[part.rows, number]
                actual = np.where(observed[ahead, number], series[ahead], np.nan)
                baselines = predict_baselines(series, local, self.horizon, self.season)
                tables.append(
                    pd.DataFrame(
                        {
                            "series": _series_label(dataset, part, target),
                            "target": target,
                            "fold": 0,
                            "cutoff": own_times[np.repeat(local, self.horizon)],
                            "step": np.tile(np.arange(1, self.horizon + 1), len(local)),
                            "timestamp": own_times[ahead.ravel()],
                            "actual": actual.ravel(),
                            MODEL: own[:, :, number].ravel(),
                            **{name: found.ravel() for name, found in baselines.items()},
                        }
                    )
                )
        return pd.concat(tables, ignore_index=True)

    def _measure_scales(self, dataset: Dataset) -> dict[tuple[str, str], float]:
        values = dataset.frame.to_numpy()
        scales = {}
        for part in self.framing.parts:
            rows = slice(part.rows.start, part.rows.start + part.train_end)
            for number, target in enumerate(dataset.roles.targets):
                scales[_series_label(dataset, part, target), target] = measure_scale(
                    values[rows, number], dataset.observed[rows, number], self.season
                )
        return scales


def _series_label(dataset: Dataset, part: SeriesPart, target: str) -> str:
    """A wide table's series are its targets; a long table's are named by its series column."""
    return target if dataset.roles.series is None else part.name


def _within(cutoffs: np.ndarray, part: SeriesPart) -> np.ndarray:
    return cutoffs[(cutoffs >= part.first) & (cutoffs < part.first + part.num_rows)]


def _thin(cutoffs: np.ndarray, count: int) -> np.ndarray:
    """Keep at most ``count``, evenly spread, the last one among them."""
    if len(cutoffs) <= count:
        return cutoffs
    return cutoffs[np.linspace(len(cutoffs) - 1, 0, count).round().astype(int)[::-1]]
