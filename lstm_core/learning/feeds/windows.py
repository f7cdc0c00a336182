"""Windows of a table over time: an example is the row of its cutoff."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import keras


TAUGHT = "taught"
"""The name of a network's input that is fed the actual values ahead, in training alone."""

STATE = "state"
"""What the names of a network's inputs begin with that are fed the state before its window."""


@dataclass(frozen=True)
class WindowShape:
    """The sizes that a network is built for; ``horizon`` is the steps that it predicts at once.

    Attributes:
        categories: columns of ``past`` that belong to one category each and are looked up together.
        categories_ahead: of the last of these categories, the columns of ``future``.
    """

    lookback: int
    horizon: int
    num_targets: int
    num_past: int
    num_future: int
    num_series: int = 1
    categories: tuple[tuple[int, ...], ...] = ()
    categories_ahead: tuple[tuple[int, ...], ...] = ()

    def __post_init__(self) -> None:
        for name in ("categories", "categories_ahead"):  # JSON has lists
            groups = tuple(tuple(group) for group in getattr(self, name))
            object.__setattr__(self, name, groups)


@dataclass(frozen=True)
class WindowFeed:
    """Examples as row numbers into one flat table.

    No window is ever copied: an example is the row of its cutoff, and the network gathers the
    rows around it on the device. Memory grows with rows, not with rows x lookback.

    Attributes:
        past: ``(rows, num_past)`` float32, scaled, targets first; all series one after another.
        future: ``(rows, num_future)`` float32, scaled known-future covariates.
        weight: ``(rows, num_targets)`` bool, False where the target was filled.
        series: ``(rows,)`` int32, the number of each row's series.
        cutoffs: for each part, ``(n,)`` int32 rows of the last lookback step, so that the rows
            predicted from each lie in that part: ``train``, ``validation``, ``test``, and
            ``forecast`` (one a series: its last row).
        shape: the sizes of one example.
    """

    past: np.ndarray
    future: np.ndarray
    weight: np.ndarray
    series: np.ndarray
    cutoffs: Mapping[str, np.ndarray]
    shape: WindowShape

    @property
    def places(self) -> Mapping[str, np.ndarray]:
        return self.cutoffs

    @property
    def most_places(self) -> int:
        return len(self.past)


def gather_inputs(network: keras.Model, feed: WindowFeed, cutoffs: np.ndarray) -> list[np.ndarray]:
    """Cut windows out for a network's inputs, by their names; nothing of what is ahead is told."""
    shape = feed.shape
    back = cutoffs[:, None] + np.arange(1 - shape.lookback, 1)
    ahead = cutoffs[:, None] + np.arange(1, shape.horizon + 1)
    num_windows = len(cutoffs)
    found = {
        "past": lambda: feed.past[back],
        "future": lambda: feed.future[ahead],
        "series": lambda: feed.series[cutoffs],
        TAUGHT: lambda: np.zeros((num_windows, shape.horizon, shape.num_targets), np.float32),
    }
    return [found[tensor.name]() for tensor in network.inputs]


def make_noise(shape: WindowShape) -> WindowFeed:
    """Return one window of normal noise; its cutoff is ``lookback - 1``."""
    num_rows = shape.lookback + shape.horizon
    generator = np.random.default_rng(0)
    return WindowFeed(
        past=generator.normal(size=(num_rows, shape.num_past)).astype(np.float32),
        future=generator.normal(size=(num_rows, shape.num_future)).astype(np.float32),
        weight=np.ones((num_rows, shape.num_targets), bool),
        series=np.zeros(num_rows, np.int32),
        cutoffs={"train": np.array([shape.lookback - 1], np.int32)},
        shape=shape,
    )
