"""``Predictor``: a trained model, reopened, that answers again and again."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from lstm_core.data.series.dataset import Dataset
from lstm_core.errors import DataError
from lstm_core.learning.ensemble import predict_median
from lstm_core.learning.recursion import choose_way
from lstm_core.learning.trainer import WindowTrainer
from lstm_core.models.fitted import load_members
from lstm_core.spec import parse_spec
from lstm_core.tasks.base import Examples, ExampleShape
from lstm_core.tasks.forecasting.baselines.fitting import Baselines
from lstm_core.tasks.forecasting.framing.examples import forget_untold_future
from lstm_core.tasks.forecasting.predicting.newer import NewerTask

MODEL_FORMAT = 2

MOST_KEPT = 4
"""Compiled predictions, and fitted baselines, that are kept; the oldest make room."""


class Predictor:
    """Forecasts beyond datasets with a trained model and its own transforms.

    What a first forecast costs, building and compiling above all, later ones of as many series do
    not cost again. Serves one thread.

    Args:
        model, weights: the artifacts ``model.json`` and ``weights.npz`` of a run.

    Raises:
        DataError: the model was kept by an older version, or the weights are another's.
    """

    def __init__(self, model: Mapping[str, Any], weights: bytes) -> None:
        if model.get("format") != MODEL_FORMAT:
            raise DataError(
                "This run was trained by an older version, whose models can't be used any more.",
                "Train it again: its settings are kept.",
            )
        from lstm_core.tasks.forecasting.network.building import build_network

        self.spec = parse_spec(model["spec"])
        self._shape = ExampleShape(**model["shape"])
        self._kept: Mapping[str, Any] = model["task"]
        self._network = build_network(self._shape, self.spec)
        self._members = load_members(self._network, weights)
        self._trainers: OrderedDict[Any, WindowTrainer] = OrderedDict()
        self._baselines: OrderedDict[str, Baselines] = OrderedDict()

    def forecast(self, dataset: Dataset) -> pd.DataFrame:
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
            examples = keep_tails(examples, horizon)
        trainer = self._find_trainer(examples)
        by = choose_way(self.spec, examples)
        cutoffs = examples.cutoffs["forecast"]
        return task.forecast(lambda _: predict_median(trainer, cutoffs, self._members, by))

    def _find_trainer(self, examples: Examples) -> WindowTrainer:
        """Return a trainer that holds these examples, compiled before where one of their size is.

        A state that is carried depends on where series begin, and that is compiled into it.
        """
        key: Any = examples.past.shape
        if self.spec.training.stateful:
            key = (*key, examples.series.tobytes())
        trainer = self._trainers.pop(key, None)
        if trainer is None:
            trainer = WindowTrainer(self._network, examples, self.spec.training)
            trainer.compile()
        else:
            trainer.load(examples)
        _put_last(self._trainers, key, trainer)
        return trainer

    def _fit_baselines(self, lines: Sequence[np.ndarray], season: int) -> Baselines:
        """Fit to every row there is; the same rows are fitted once."""
        digest = hashlib.sha256(repr((season, [len(line) for line in lines])).encode())
        for line in lines:
            digest.update(np.ascontiguousarray(line).tobytes())
        key = digest.hexdigest()
        found = self._baselines.pop(key, None) or Baselines.fit(lines, season, float("inf"))
        _put_last(self._baselines, key, found)
        return found


def keep_tails(examples: Examples, horizon: int) -> Examples:
    """Return examples that hold no more than what a forecast beyond each series looks at.

    Their table has a size that depends on the number of series alone, however long each is.

    Args:
        horizon: steps ahead of which something may be known.
    """
    lookback = examples.shape.lookback
    ahead = horizon if examples.shape.num_future else 0
    cutoffs = examples.cutoffs["forecast"].astype(np.int64)
    rows = (cutoffs[:, None] + np.arange(1 - lookback, 1 + ahead)).ravel()
    places = np.arange(len(cutoffs)) * (lookback + ahead) + lookback - 1
    return replace(
        examples,
        past=examples.past[rows],
        future=examples.future[rows],
        weight=np.ones((len(rows), examples.weight.shape[1]), bool),
        series=examples.series[rows],
        cutoffs={"forecast": places.astype(np.int32)},
    )


def _put_last(kept: OrderedDict[Any, Any], key: Any, value: Any) -> None:
    kept[key] = value
    while len(kept) > MOST_KEPT:
        kept.popitem(last=False)
