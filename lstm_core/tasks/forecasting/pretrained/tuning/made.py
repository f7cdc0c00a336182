"""Networks that come trained, and are told of all that was known; see ``network.making``."""

from __future__ import annotations

from functools import partial
from typing import cast

import numpy as np

from lstm_core.data.series.dataset import Dataset
from lstm_core.learning.ensemble import PredictBy
from lstm_core.learning.feeds.windows import WindowFeed, WindowShape
from lstm_core.learning.feeds.windows import make_noise as make_window_noise
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.forecasting.framing.examples import Framing
from lstm_core.tasks.forecasting.framing.scaling import Scaler
from lstm_core.tasks.forecasting.pretrained.tuning.asking import ask_described
from lstm_core.tasks.forecasting.pretrained.tuning.feed import (
    DescribedFeed,
    DescribedLines,
    describe_framing,
)
from lstm_core.tasks.forecasting.pretrained.tuning.network import build_tunable as build_network
from lstm_core.tasks.forecasting.pretrained.tuning.objective import TuningObjective

__all__ = ["build_network", "find_way", "keep_tails", "lay_out", "make_noise", "make_objective"]


def lay_out(framing: Framing, dataset: Dataset) -> Framing:
    return describe_framing(framing, dataset)


def make_objective(spec: ExperimentSpec, horizon: int) -> TuningObjective:
    return TuningObjective(spec.training, horizon)


def find_way(spec: ExperimentSpec, examples: WindowFeed) -> PredictBy:
    return partial(ask_described, feed=cast(DescribedFeed, examples))


def keep_tails(examples: WindowFeed, horizon: int) -> WindowFeed:
    return examples  # all that was known tells something


def make_noise(shape: WindowShape) -> DescribedFeed:
    noise = make_window_noise(shape)
    targets = noise.past[:, : shape.num_targets].astype(float)
    scaler = Scaler.fit(targets, np.ones(targets.shape, bool), "none", "none", shape.num_targets)
    return DescribedFeed(
        **vars(noise) | {"cutoffs": {**noise.cutoffs, "forecast": np.zeros(0, np.int32)}},
        lines=(DescribedLines(0, targets, scaler),),
        seasons=(),
        test_seasons=(),
        latest_seasons=(),
    )
