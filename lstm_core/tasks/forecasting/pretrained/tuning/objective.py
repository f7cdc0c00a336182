"""What a pre-trained network makes small while it goes on learning."""

from __future__ import annotations

import keras

from lstm_core.learning.feeds.windows import WindowFeed
from lstm_core.spec import TrainingSpec
from lstm_core.tasks.forecasting.network.objective import ForecastObjective
from lstm_core.tasks.forecasting.pretrained.tuning.feed import DescribedFeed
from lstm_core.tasks.forecasting.pretrained.tuning.table import DescribedTable


class TuningObjective(ForecastObjective):
    """As other forecasting networks, from descriptions."""

    def make_table(
        self, network: keras.Model, feed: WindowFeed, spec: TrainingSpec
    ) -> DescribedTable:
        assert isinstance(feed, DescribedFeed)
        batch_size = spec.batch_size or 1
        return DescribedTable(network, feed, batch_size, feed.most_places + batch_size)
