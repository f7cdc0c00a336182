"""How long one batch takes: measured on this device, with noise of the right shape."""

from __future__ import annotations

import statistics
import time
from typing import Any

import keras
import numpy as np

from lstm_core.learning.trainer import WindowTrainer, make_trainer
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.base import Examples, ExampleShape
from lstm_core.tasks.forecasting.network.building import build_network

_NUM_ROUNDS = 5
_ROUND_SECONDS = 0.2
_MOST_BATCHES = 200
_LONG_SECONDS = 2.0
"""A batch that takes longer is measured once: what varies is small beside it."""


def time_batch(shape: ExampleShape, spec: ExperimentSpec) -> tuple[float, float]:
    """Train for a moment; the spec is filled in.

    Returns:
        Seconds until the first batch was learnt, building and compiling included, and the median
        seconds of one after it.
    """
    batch_size = spec.training.batch_size or 1
    started = time.monotonic()
    examples = make_noise(shape)
    trainer = make_trainer(build_network(shape, spec), examples, spec.training)
    trainer.set_order(np.full(batch_size, shape.lookback - 1))
    _learn(trainer, batch_size, num_batches=1)
    first_seconds = time.monotonic() - started
    rough_seconds = min(_learn(trainer, batch_size, num_batches=1, num_rounds=2))
    if rough_seconds > _LONG_SECONDS:
        return first_seconds, rough_seconds
    # Several batches in a round: its own beginning and end must not weigh on them.
    num_batches = min(_MOST_BATCHES, max(2, round(_ROUND_SECONDS / rough_seconds)))
    rounds = _learn(trainer, batch_size, num_batches, _NUM_ROUNDS)
    return first_seconds, statistics.median(rounds) / num_batches


def make_noise(shape: ExampleShape) -> Examples:
    """Return one window of normal noise; its cutoff is ``lookback - 1``."""
    num_rows = shape.lookback + shape.horizon
    generator = np.random.default_rng(0)
    return Examples(
        past=generator.normal(size=(num_rows, shape.num_past)).astype(np.float32),
        future=generator.normal(size=(num_rows, shape.num_future)).astype(np.float32),
        weight=np.ones((num_rows, shape.num_targets), bool),
        series=np.zeros(num_rows, np.int32),
        cutoffs={"train": np.array([shape.lookback - 1], np.int32)},
        shape=shape,
    )


class _Stopwatch(keras.callbacks.Callback):
    def __init__(self) -> None:
        super().__init__()
        self.seconds: list[float] = []

    def on_epoch_begin(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        self._started = time.monotonic()

    def on_epoch_end(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        self.seconds.append(time.monotonic() - self._started)


def _learn(
    trainer: WindowTrainer, batch_size: int, num_batches: int, num_rounds: int = 1
) -> list[float]:
    """Return the seconds of each round of batches."""
    stopwatch = _Stopwatch()
    trainer.fit(
        np.tile(np.arange(batch_size, dtype=np.int32), num_batches),
        batch_size=batch_size,
        epochs=num_rounds,
        shuffle=False,
        callbacks=[stopwatch],
        verbose=0,
    )
    return stopwatch.seconds
