"""Trainers of forecasting networks, as tests want them."""

from __future__ import annotations

import keras

from lstm_core.learning.feeds.windows import WindowFeed
from lstm_core.learning.trainer import Trainer, make_trainer
from lstm_core.spec import TrainingSpec
from lstm_core.tasks.forecasting.network.objective import ForecastObjective


def hold(network: keras.Model, feed: WindowFeed, spec: TrainingSpec) -> Trainer:
    """Return a trainer that is not compiled."""
    objective = ForecastObjective(spec, feed.shape.horizon)
    return Trainer(network, objective.make_table(network, feed, spec), objective)


def make_forecaster(network: keras.Model, feed: WindowFeed, spec: TrainingSpec) -> Trainer:
    """Return a compiled trainer."""
    return make_trainer(network, feed, ForecastObjective(spec, feed.shape.horizon), spec)
