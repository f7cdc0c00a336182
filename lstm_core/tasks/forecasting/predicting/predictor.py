"""``ForecastPredictor``: a trained model, reopened, that forecasts again and again."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from lstm_core.data.series.dataset import Dataset
from lstm_core.errors import DataError
from lstm_core.learning.ensemble import PredictBy, predict_together, take_median
from lstm_core.learning.feeds.windows import WindowFeed, WindowShape
from lstm_core.learning.trainer import Trainer, make_answerer
from lstm_core.models.fitted import load_members
from lstm_core.spec import parse_spec
from lstm_core.tasks.forecasting.baselines.fitting import Baselines, Line, reads_known
from lstm_core.tasks.forecasting.framing.examples import forget_untold_future
from lstm_core.tasks.forecasting.network.making import find_making
from lstm_core.tasks.forecasting.predicting.newer import NewerTask

MOST_KEPT = 4
"""Compiled predictions, and fitted baselines, that are kept; the oldest make room."""


class ForecastPredictor:
    """Forecasts beyond datasets with a trained model and its own transforms.

    What a first forecast costs, building and compiling above all, later ones of as many series do
    not cost again. Serves one thread.

    Args:
        model, weights: the artifacts ``model.json`` and ``weights.npz`` of a run.

    Raises:
        DataError: the weights are another model's.
    """

    def __init__(self, model: Mapping[str, Any], weights: bytes) -> None:
        self.spec = parse_spec(model["spec"])
        self._shape = WindowShape(**model["shape"])
        self._kept: Mapping[str, Any] = model["task"]
        self._making = find_making(self.spec.model)
        self._network = self._making.build_network(self._shape, self.spec)
        self._objective = self._making.make_objective(self.spec, self._shape.horizon)
        self._members = load_members(self._network, weights)
        self._trainers: OrderedDict[Any, Trainer] = OrderedDict()
        self._baselines: OrderedDict[str, Baselines] = OrderedDict()

    def answer(self, dataset: Dataset) -> pd.DataFrame:
        """Forecast beyond a dataset's last row; see ``forecasting.predicting.forecast_beyond``.

        Args:
            dataset: with the same columns and series; at least ``lookback`` rows of each.

        Raises:
            DataError: a series is unknown to the model, or too short; or what was known of the
                future in training is missing.
        """
        # It may have been trained without a future that was missing, as it was asked to.
        dataset = forget_untold_future(dataset, self.spec, self._shape.num_future)
        task = NewerTask(self.spec, dataset, self._kept, self._fit_baselines)
        _, horizon = self.spec.task.sizes
        examples = task.examples
        if not self.spec.training.stateful:  # that looks further back than one window
            examples = self._making.keep_tails(examples, horizon)
        trainer = self._find_trainer(examples)
        by = self._making.find_way(self.spec, examples)
        cutoffs = examples.cutoffs["forecast"]
        return task.forecast(lambda _: self._predict(trainer, cutoffs, by))

    def explain(self, collection: Dataset, how: str | None, label: str | None) -> dict[str, Any]:
        raise DataError("What spoke for a forecast is not told item by item.")

    def _predict(self, trainer: Trainer, cutoffs: np.ndarray, by: PredictBy | None) -> np.ndarray:
        return predict_together(trainer, cutoffs, self._members, take_median, by)

    def _find_trainer(self, examples: WindowFeed) -> Trainer:
        """Return a trainer that holds these examples, compiled before where one of their size is.

        A state that is carried depends on where series begin, and that is compiled into it.
        """
        key: Any = examples.past.shape
        if self.spec.training.stateful:
            key = (*key, examples.series.tobytes())
        trainer = self._trainers.pop(key, None)
        if trainer is None:
            trainer = make_answerer(self._network, examples, self._objective, self.spec.training)
        else:
            trainer.load(examples)
        _put_last(self._trainers, key, trainer)
        return trainer

    def _fit_baselines(self, lines: Sequence[Line], season: int, names: Sequence[str]) -> Baselines:
        """Fit to every row there is; the same rows are fitted once."""
        digest = hashlib.sha256(
            repr((season, names, [len(each.values) for each in lines])).encode()
        )
        for line in lines:
            digest.update(np.ascontiguousarray(line.values).tobytes())
            if reads_known(names):
                digest.update(np.ascontiguousarray(line.known).tobytes())
        key = digest.hexdigest()
        found = self._baselines.pop(key, None) or Baselines.fit(lines, season, names)
        _put_last(self._baselines, key, found)
        return found


def _put_last(kept: OrderedDict[Any, Any], key: Any, value: Any) -> None:
    kept[key] = value
    while len(kept) > MOST_KEPT:
        kept.popitem(last=False)
