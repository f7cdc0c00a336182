"""Forecasting's part that needs the training engine; see ``tasks.kind.Engine``."""

from __future__ import annotations

from functools import partial

from lstm_core.data.series.dataset import Dataset
from lstm_core.learning.feeds.windows import WindowShape
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.base import Kept
from lstm_core.tasks.forecasting.network.making import find_making
from lstm_core.tasks.forecasting.predicting.predictor import ForecastPredictor
from lstm_core.tasks.forecasting.task import ForecastingTask
from lstm_core.tasks.kind import Rehearsal


def make_task(spec: ExperimentSpec, collection: Dataset) -> ForecastingTask:
    return ForecastingTask(spec, collection)


def open_predictor(model: Kept, weights: bytes) -> ForecastPredictor:
    return ForecastPredictor(model, weights)


def rehearse(shape: WindowShape, spec: ExperimentSpec) -> Rehearsal:
    making = find_making(spec.model)
    return Rehearsal(
        partial(making.build_network, shape, spec),
        making.make_noise(shape),
        making.make_objective(spec, shape.horizon),
    )
