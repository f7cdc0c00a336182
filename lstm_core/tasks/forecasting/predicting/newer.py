"""A trained model's forecast beyond other data than it was trained with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from lstm_core.data.series.dataset import Dataset
from lstm_core.data.series.what_if.editing import keep_series
from lstm_core.data.wording import list_names
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.base import Predict
from lstm_core.tasks.forecasting.baselines.fitting import Baselines
from lstm_core.tasks.forecasting.framing.examples import frame_tail
from lstm_core.tasks.forecasting.framing.inputs.adding import add_inputs, count_needed
from lstm_core.tasks.forecasting.framing.scaling import Scaler
from lstm_core.tasks.forecasting.network.making import find_making
from lstm_core.tasks.forecasting.predicting.ranges import factors_from_json
from lstm_core.tasks.forecasting.predicting.shrinking import Shrinkage
from lstm_core.tasks.forecasting.predicting.windows import FitBaselines, forecast_beyond


def keep_usable_series(
    dataset: Dataset, known: Sequence[str], spec: ExperimentSpec
) -> tuple[Dataset, list[str]]:
    """Leave out series that a model can't go on with, and say which, a sentence for each reason.

    Where no series is left, the dataset stays as it is: then ``NewerTask`` refuses it.

    Args:
        known: the series as the network numbers them.
    """
    if dataset.roles.series is None:
        return dataset, []
    lookback = count_needed(spec)
    lengths = {name: rows.stop - rows.start for name, rows in dataset.iterate_series()}
    new = [name for name in lengths if name not in known]
    short = [name for name in lengths if name in known and lengths[name] < lookback]
    usable = [name for name in lengths if name not in {*new, *short}]
    if not usable:
        return dataset, []
    told = {
        "the model was not trained on them": new,
        f"the model looks back {lookback} rows, and they have fewer": short,
    }
    return keep_series(dataset, usable), [
        f"Left out, because {reason}: {list_names(names)}."
        for reason, names in told.items()
        if names
    ]


class NewerTask:
    """Forecasts beyond a dataset with what ``ForecastingTask.to_json`` kept of a training."""

    def __init__(
        self,
        spec: ExperimentSpec,
        dataset: Dataset,
        kept: Mapping[str, Any],
        fit_baselines: FitBaselines = Baselines.fit,
    ) -> None:
        """Lay the dataset out.

        Raises:
            DataError: a series is unknown to the model, or shorter than the lookback; or a
                known-future covariate ends before the horizon does.
        """
        self._spec = spec
        self._dataset = add_inputs(dataset, spec)
        names = kept["series"]
        scalers = dict(zip(names, map(Scaler.from_json, kept["transforms"]), strict=True))
        self._fit_baselines = fit_baselines
        framing = frame_tail(self._dataset, spec, scalers, names)
        self._framing = find_making(spec.model).lay_out(framing, self._dataset)
        self._shrinkage = Shrinkage.from_json(kept["shrinkage"]) if kept["shrinkage"] else None
        self._whole = np.array(kept.get("whole", [False] * len(dataset.roles.targets)))
        self._factors = factors_from_json(kept["range_factors"])
        # Models that were kept before sums were told go on without.
        nothing = [None] * len(dataset.roles.targets)
        self._totals = factors_from_json(kept.get("total_factors", nothing))
        self.examples = self._framing.examples

    def forecast(self, predict: Predict) -> pd.DataFrame:
        """Predict beyond the last row; see ``predicting.forecast_beyond``."""
        _, horizon = self._spec.task.sizes
        return forecast_beyond(
            self._dataset,
            self._framing,
            self._spec.task.season or 1,
            horizon,
            self._shrinkage,
            self._factors,
            predict,
            self._fit_baselines,
            self._spec.task.exchange,
            self._whole,
            self._totals,
        )
