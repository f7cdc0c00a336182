"""Windows of a table over time: an example is the row of its cutoff."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from lstm_core.learning.feeds.earlier import join_earlier

if TYPE_CHECKING:
    import keras


EARLIER = "earlier"
"""The name of a network's input that tells of the same time in earlier seasons, step by step."""

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
        has_earlier: earlier seasons are told of.
        covariates: columns of ``past`` that the network may do without; ``covariates_ahead``: of
            ``future``, which ends with the same columns as ``past``.
        calendar, calendar_ahead: likewise, what is only tried of the calendar.
    """

    lookback: int
    horizon: int
    num_targets: int
    num_past: int
    num_future: int
    num_series: int = 1
    categories: tuple[tuple[int, ...], ...] = ()
    categories_ahead: tuple[tuple[int, ...], ...] = ()
    has_earlier: bool = False
    covariates: tuple[int, ...] = ()
    covariates_ahead: tuple[int, ...] = ()
    calendar: tuple[int, ...] = ()
    calendar_ahead: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        for name in ("categories", "categories_ahead"):  # JSON has lists
            groups = tuple(tuple(group) for group in getattr(self, name))
            object.__setattr__(self, name, groups)
        for name in ("covariates", "covariates_ahead", "calendar", "calendar_ahead"):
            object.__setattr__(self, name, tuple(getattr(self, name)))


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
        earlier: ``(rows, 3 * num_targets)`` float32, scaled: each target at the same time in
            earlier seasons, how far that was from the level then, both known a horizon ahead, and
            the row's own level; without columns where nothing is told of them.
    """

    past: np.ndarray
    future: np.ndarray
    weight: np.ndarray
    series: np.ndarray
    cutoffs: Mapping[str, np.ndarray]
    shape: WindowShape
    earlier: np.ndarray

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
        EARLIER: lambda: join_earlier(feed.earlier[ahead], feed.earlier[back[:, -1:]]),
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
        earlier=generator.normal(size=(num_rows, 3 * shape.num_targets * shape.has_earlier)).astype(
            np.float32
        ),
    )
