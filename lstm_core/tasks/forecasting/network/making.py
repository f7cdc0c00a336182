"""How networks are made, fed and asked: those built from layers, and those that come trained."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from lstm_core.data.series.dataset import Dataset
from lstm_core.learning.feeds.windows import WindowFeed, WindowShape
from lstm_core.spec import ExperimentSpec, ModelSpec
from lstm_core.tasks.forecasting.framing.examples import Framing

if TYPE_CHECKING:
    import keras

    from lstm_core.learning.ensemble import PredictBy
    from lstm_core.tasks.forecasting.network.objective import ForecastObjective


class Making(Protocol):
    """What forecasting does differently for one kind of network: a module of these functions."""

    def lay_out(self, framing: Framing, dataset: Dataset) -> Framing:
        """Return a framing whose examples are what such networks read.

        Args:
            dataset: that was framed, with all its inputs.
        """

    def build_network(self, shape: WindowShape, spec: ExperimentSpec) -> keras.Model:
        """Build a network from examples to ``(batch, horizon, num_targets, 1 + levels)``."""

    def make_objective(self, spec: ExperimentSpec, horizon: int) -> ForecastObjective:
        """Return what such networks make small, and what feeds them."""

    def find_way(self, spec: ExperimentSpec, examples: WindowFeed) -> PredictBy | None:
        """Return how one network predicts, where that is not the trainer's own way."""

    def keep_tails(self, examples: WindowFeed, horizon: int) -> WindowFeed:
        """Return examples that hold what a forecast beyond each series needs."""

    def make_noise(self, shape: WindowShape) -> WindowFeed:
        """Return examples of noise to try a training on."""


def find_making(model: ModelSpec) -> Making:
    """Return how a spec's network is made; brings the engine."""
    room = "pretrained.tuning" if model.comes_trained else "network"
    return cast(Making, import_module(f"lstm_core.tasks.forecasting.{room}.made"))
