"""What networks that translate make small: how surprised they are by each unit that is wanted."""

from __future__ import annotations

from typing import Any

import keras
from keras import ops

from lstm_core.learning.feeds.pair_table import PairTable
from lstm_core.learning.feeds.pairs import PairFeed
from lstm_core.spec import TrainingSpec


class PairObjective:
    """The mean negative logarithm of the probability of each unit that is wanted, in nats a unit.

    Args:
        smoothing: the share of certainty that is spread over all units while learning; what is
            judged is judged without. Source: Szegedy et al., "Rethinking the Inception
            Architecture for Computer Vision", CVPR 2016, section 7.
    """

    noted_shape: tuple[int, ...] | None = None

    def __init__(self, smoothing: float = 0.0) -> None:
        self.smoothing = smoothing

    def make_table(self, network: keras.Model, feed: PairFeed, spec: TrainingSpec) -> PairTable:
        return PairTable(feed)

    def measure(self, table: PairTable, places: Any, said: Any, training: bool) -> dict[str, Any]:
        said = ops.cast(said, "float32")
        units, counts = table.look_up(places, ops.shape(said)[1])
        total = ops.logsumexp(said, axis=-1)
        losses = total - ops.take_along_axis(said, units[..., None], axis=-1)[..., 0]
        if training and self.smoothing:
            spread = total - ops.mean(said, axis=-1)
            losses = (1.0 - self.smoothing) * losses + self.smoothing * spread
        return {"units": ops.sum(losses * counts) / ops.maximum(ops.sum(counts), 1.0)}

    def note(self, said: Any) -> Any:
        raise NotImplementedError("nothing is noted")
