"""What forecasting networks make small: the error of the point, and the ends of the ranges."""

from __future__ import annotations

from typing import Any

import keras

from lstm_core.learning.feeds.window_table import WindowTable
from lstm_core.learning.feeds.windows import WindowFeed
from lstm_core.spec import TrainingSpec
from lstm_core.tasks.forecasting.network.losses import average, make_loss, pinball_loss


class ForecastObjective:
    """Compares with the actual values behind each cutoff; filled ones have no say.

    Of a batch that is evaluated, the last window's point of the first target is noted,
    ``(horizon,)``.
    """

    def __init__(self, spec: TrainingSpec, horizon: int) -> None:
        """Take the steps that the network predicts at once."""
        self.noted_shape: tuple[int, ...] | None = (horizon,)
        self._elementwise_loss = make_loss(spec)

    def make_table(self, network: keras.Model, feed: WindowFeed, spec: TrainingSpec) -> WindowTable:
        batch_size = spec.batch_size or 1
        # Whole batches: the last one of an epoch is filled up with the next epoch's first windows.
        return WindowTable(network, feed, batch_size, feed.most_places + batch_size)

    def measure(self, table: WindowTable, places: Any, said: Any, training: bool) -> dict[str, Any]:
        actual, weight = table.look_ahead(places)
        losses = {"point": average(self._elementwise_loss(actual - said[..., 0]), weight)}
        if said.shape[-1] > 1:
            losses["ranges"] = average(pinball_loss(actual, said), weight)
        return losses

    def note(self, said: Any) -> Any:
        return said[-1, :, 0, 0]
