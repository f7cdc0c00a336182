"""How long one batch takes: measured on this device."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

import keras
import numpy as np

from lstm_core.learning.feeds.feed import Feed
from lstm_core.learning.trainer import Objective, Trainer, make_trainer
from lstm_core.spec import TrainingSpec

_NUM_ROUNDS = 5
_ROUND_SECONDS = 0.2
_MOST_BATCHES = 200
_LONG_SECONDS = 2.0
"""A batch that takes longer is measured once: what varies is small beside it."""


def time_batch(
    build_network: Callable[[], keras.Model], feed: Feed, objective: Objective, spec: TrainingSpec
) -> tuple[float, float]:
    """Train for a moment; the spec is filled in.

    Args:
        feed: noise of the right shape will do; its first place to learn from is taken, again and
            again.

    Returns:
        Seconds until the first batch was learnt, building and compiling included, and the median
        seconds of one after it.
    """
    batch_size = spec.batch_size or 1
    started = time.monotonic()
    trainer = make_trainer(build_network(), feed, objective, spec)
    batch = np.full(batch_size, feed.places["train"][0])
    _learn(trainer, batch, num_batches=1)
    first_seconds = time.monotonic() - started
    rough_seconds = min(_learn(trainer, batch, num_batches=1, num_rounds=2))
    if rough_seconds > _LONG_SECONDS:
        return first_seconds, rough_seconds
    # Several batches in a round: its own beginning and end must not weigh on them.
    num_batches = min(_MOST_BATCHES, max(2, round(_ROUND_SECONDS / rough_seconds)))
    rounds = _learn(trainer, batch, num_batches, _NUM_ROUNDS)
    return first_seconds, statistics.median(rounds) / num_batches


class _Stopwatch(keras.callbacks.Callback):
    def __init__(self) -> None:
        super().__init__()
        self.seconds: list[float] = []

    def on_epoch_begin(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        self._started = time.monotonic()

    def on_epoch_end(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        self.seconds.append(time.monotonic() - self._started)


def _learn(
    trainer: Trainer, batch: np.ndarray, num_batches: int, num_rounds: int = 1
) -> list[float]:
    """Return the seconds of each round of batches."""
    stopwatch = _Stopwatch()
    trainer.learn(trainer.table.repeat(batch, num_batches), num_rounds, [stopwatch])
    return stopwatch.seconds
