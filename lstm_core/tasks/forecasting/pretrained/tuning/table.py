"""``DescribedTable``: what is told of cutoffs, on the device."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
from keras import ops

from lstm_core.learning.feeds.window_table import WindowTable
from lstm_core.learning.feeds.windows import WindowFeed
from lstm_core.tasks.forecasting.pretrained.tuning.feed import (
    MOST_TRAINING,
    MOST_VALIDATION,
    DescribedFeed,
    Told,
)
from lstm_core.tasks.forecasting.pretrained.tuning.scales import tell_scales

PARTS = ("inputs", "queries", "tried", "candidates", "spread")
"""What the pre-trained network itself is given."""


class DescribedTable(WindowTable):
    """Beside the rows, from which the truth is gathered, descriptions of the cutoffs to learn from.

    Those are described once. Others are described where they are asked about; see ``answering``.
    """

    def __init__(
        self, network: keras.Model, feed: DescribedFeed, batch_size: int, num_slots: int
    ) -> None:
        """Hold a feed's rows and the descriptions; see ``WindowTable``."""
        super().__init__(network, feed, batch_size, num_slots)
        places, told = _describe(feed)
        self.told = {name: self.hold(values, name) for name, values in told.items()}
        self.row_of = self.hold(_number(feed, places), "row_of", "int32")

    def load(self, feed: WindowFeed) -> None:
        super().load(feed)
        assert isinstance(feed, DescribedFeed)
        places, told = _describe(feed)
        for name, values in told.items():
            self.replace(self.told[name], values)
        self.replace(self.row_of, _number(feed, places))

    def gather(self, places: Any, training: bool) -> dict[str, Any]:
        rows = ops.take(self.row_of, places, axis=0)
        return {name: ops.take(values, rows, axis=0) for name, values in self.told.items()}


def list_inputs(feed: DescribedFeed, told: Told) -> dict[str, np.ndarray]:
    """Return what a network is given by the names of its inputs, ``(n, targets, ...)``."""
    num_targets = feed.shape.num_targets
    parts = {
        name: getattr(told.description, name).reshape(
            -1, num_targets, *getattr(told.description, name).shape[1:]
        )
        for name in PARTS
    }
    return parts | tell_scales(feed, told)


def _list_places(feed: DescribedFeed) -> np.ndarray:
    known = [feed.cutoffs[name] for name in ("train", "validation") if name in feed.cutoffs]
    return np.concatenate(known) if known else np.zeros(0, np.int32)


def _number(feed: DescribedFeed, places: np.ndarray) -> np.ndarray:
    """Return ``(rows,)``: where each row's description lies; 0 where there is none."""
    numbers = np.zeros(len(feed.past), np.int32)
    numbers[places] = np.arange(len(places))
    return numbers


def _describe(feed: DescribedFeed) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """Return the places, and what is told of them in as many rows as any fold may need."""
    places = _list_places(feed)
    num_rows = min(MOST_TRAINING + MOST_VALIDATION, len(feed.past))
    found: dict[str, np.ndarray] = {}
    for at, told in feed.describe(places):
        for name, values in list_inputs(feed, told).items():
            if name not in found:
                found[name] = np.zeros((num_rows, *values.shape[1:]), np.float32)
            found[name][at] = values
    return places, found
