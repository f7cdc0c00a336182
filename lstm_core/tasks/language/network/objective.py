"""What networks that write make small: how surprised they are by each next unit."""

from __future__ import annotations

from typing import Any

import keras
from keras import ops

from lstm_core.learning.feeds.text_table import TextTable
from lstm_core.learning.feeds.texts import TextFeed
from lstm_core.spec import TrainingSpec


class UnitObjective:
    """The mean negative logarithm of the next unit's probability, in nats a unit."""

    noted_shape: tuple[int, ...] | None = None

    def make_table(self, network: keras.Model, feed: TextFeed, spec: TrainingSpec) -> TextTable:
        assert spec.batch_size is not None
        return TextTable(network, feed, spec.batch_size)

    def measure(self, table: TextTable, places: Any, said: Any, training: bool) -> dict[str, Any]:
        units, counts = table.look_up(places)
        said = ops.cast(said, "float32")
        own = ops.take_along_axis(said, units[..., None], axis=-1)[..., 0]
        losses = ops.mean(ops.logsumexp(said, axis=-1) - own, axis=1)  # (lanes,)
        return {"units": ops.sum(losses * counts) / ops.maximum(ops.sum(counts), 1.0)}

    def note(self, said: Any) -> Any:
        raise NotImplementedError("nothing is noted")
