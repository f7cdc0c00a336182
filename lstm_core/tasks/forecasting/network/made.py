"""Networks that are built from layers, and read windows; see ``making.Making``."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lstm_core.data.series.dataset import Dataset
from lstm_core.learning.feeds.windows import WindowFeed, make_noise
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.forecasting.framing.examples import Framing
from lstm_core.tasks.forecasting.network.building import build_network
from lstm_core.tasks.forecasting.network.objective import ForecastObjective
from lstm_core.tasks.forecasting.predicting.recursion import choose_way as find_way

__all__ = ["build_network", "find_way", "keep_tails", "lay_out", "make_noise", "make_objective"]


def lay_out(framing: Framing, dataset: Dataset) -> Framing:
    return framing


def make_objective(spec: ExperimentSpec, horizon: int) -> ForecastObjective:
    return ForecastObjective(spec.training, horizon)


def keep_tails(examples: WindowFeed, horizon: int) -> WindowFeed:
    """Return examples that hold no more than what a forecast beyond each series looks at.

    Their table has a size that depends on the number of series alone, however long each is.

    Args:
        horizon: steps ahead of which something may be known.
    """
    lookback = examples.shape.lookback
    is_told = examples.shape.num_future or examples.shape.has_earlier
    ahead = horizon if is_told else 0
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
        earlier=examples.earlier[rows],
    )
