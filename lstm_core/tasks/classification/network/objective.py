"""What networks that say labels make small: the log loss, smoothed, weighted and focused."""

from __future__ import annotations

from typing import Any

import keras
from keras import ops

from lstm_core.learning.feeds.item_table import ItemTable
from lstm_core.learning.feeds.items import ItemFeed
from lstm_core.spec import TrainingSpec

_LEAST_MISS = 1e-6
"""Of a probability that is 1, a power of what is missing has no slope."""


class LabelObjective:
    """Compares log-probabilities, ``(batch, labels)``, with the labels of items.

    What is learnt from is smoothed, weighted by label and focused; what is held out is judged by
    the plain log loss. Sources: label smoothing: Szegedy et al., "Rethinking the Inception
    Architecture", CVPR 2016; focal loss: Lin et al., "Focal Loss for Dense Object Detection",
    ICCV 2017.

    Args:
        label_smoothing: share of the certainty that is taken from the true label and given to
            all alike.
        focus: how much less items count that are right already; 0: all alike.
    """

    noted_shape: tuple[int, ...] | None = None

    def __init__(self, label_smoothing: float = 0.0, focus: float = 0.0) -> None:
        self._smoothing = label_smoothing
        self._focus = focus

    def make_table(self, network: keras.Model, feed: ItemFeed, spec: TrainingSpec) -> ItemTable:
        return ItemTable(feed)

    def measure(self, table: ItemTable, places: Any, said: Any, training: bool) -> dict[str, Any]:
        labels, counts = table.look_up(places)
        said = ops.cast(said, "float32")
        own = ops.take_along_axis(said, labels[:, None], axis=1)[:, 0]
        losses = -own
        if training:
            losses = (1 - self._smoothing) * losses - self._smoothing * ops.mean(said, axis=1)
            if self._focus:
                miss = ops.maximum(-ops.expm1(own), _LEAST_MISS)
                losses = losses * miss**self._focus
            counts = counts * ops.take(table.label_weights, labels, axis=0)
        total = ops.maximum(ops.sum(counts), keras.config.epsilon())
        return {"labels": ops.sum(losses * counts) / total}

    def note(self, said: Any) -> Any:
        raise NotImplementedError("nothing is noted")
