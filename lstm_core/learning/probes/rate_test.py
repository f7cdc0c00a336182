"""The learning rate range test: train at ever larger rates, and see where the loss falls.

Source: Smith, "Cyclical Learning Rates for Training Neural Networks", WACV 2017, section 3.3;
one rate for each batch, and a smoothed loss.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable

import keras
import numpy as np
import pandas as pd

from lstm_core.errors import TrainingError
from lstm_core.learning.feeds.feed import Feed
from lstm_core.learning.seeding import set_seed
from lstm_core.learning.trainer import MAIN_LOSS, Objective, Trainer, make_trainer
from lstm_core.spec import TrainingSpec

LOWEST_RATE, HIGHEST_RATE = 1e-6, 1.0
MOST_RATES, FEWEST_RATES = 100, 30
MOST_SECONDS = 60.0
"""A network that is slow tries fewer rates, in larger steps."""

DIVERGED = 4.0
"""How many times the least loss the loss may be before the test ends."""

LEAST_FALL = 0.05
"""How much of its first value the loss has to lose for a rate to be suggested."""

_MEMORY = 0.9
"""How much of the recent loss each batch leaves as it was."""

_WINDOW_DECADES = 0.6
"""How wide the smoothing is; centred, so that it shifts nothing."""


def try_rates(
    build_network: Callable[[], keras.Model], feed: Feed, objective: Objective, spec: TrainingSpec
) -> pd.DataFrame:
    """Train a network, a batch at each rate; the spec is filled in.

    Returns:
        ``learning_rate, loss, smoothed``, the rates ascending; fewer where the loss diverged.
    """
    set_seed(spec.seed)
    constant = spec.model_copy(update={"schedule": "constant"})
    trainer = make_trainer(build_network(), feed, objective, constant)
    batches = _Batches(trainer, feed.places["train"], spec.batch_size or 1, spec.seed)
    batches.learn(LOWEST_RATE)  # compiles
    started = time.monotonic()
    batches.learn(LOWEST_RATE)
    affordable = int(MOST_SECONDS / (time.monotonic() - started))
    return _climb(batches, max(FEWEST_RATES, min(MOST_RATES, affordable)))


def suggest_rate(table: pd.DataFrame) -> float:
    """Return a tenth of the rate at which the smoothed loss was least, to one digit.

    Where the loss is least, steps are about to become too large; a tenth is well before that.

    Raises:
        TrainingError: at no rate did the loss fall.
    """
    smoothed = table["smoothed"].to_numpy()
    best = int(smoothed.argmin())
    if smoothed[best] > (1 - LEAST_FALL) * smoothed[0]:
        raise TrainingError(
            "At no learning rate did the loss fall within one batch each.",
            "Keep Auto, or try another network: there may be little here to learn.",
        )
    return float(f"{table['learning_rate'].iloc[best] / 10:.0e}")


class _Batches:
    """Shuffled batches of a trainer's examples; each comes before any comes again."""

    def __init__(self, trainer: Trainer, places: np.ndarray, batch_size: int, seed: int) -> None:
        self._trainer = trainer
        self._all = places
        self._size = min(batch_size, len(places))
        self._generator = np.random.default_rng(seed)
        self._left = places[:0]

    def learn(self, rate: float) -> float:
        """Learn from the next batch at a rate; return its loss before that."""
        if len(self._left) < self._size:
            self._left = self._generator.permutation(self._all)
        batch, self._left = np.split(self._left, [self._size])
        given = self._trainer.table.give(batch)
        self._trainer.optimizer.learning_rate = rate
        return float(self._trainer.train_on_batch(given, return_dict=True)[MAIN_LOSS])


def _climb(batches: _Batches, num_rates: int) -> pd.DataFrame:
    rates = np.geomspace(LOWEST_RATE, HIGHEST_RATE, num_rates)
    losses: list[float] = []
    average = 0.0
    least = math.inf
    for number, rate in enumerate(rates, start=1):
        loss = batches.learn(float(rate))
        average = _MEMORY * average + (1 - _MEMORY) * loss
        recent = average / (1 - _MEMORY**number)  # a short memory does not begin at zero
        if not math.isfinite(recent) or recent > DIVERGED * least:
            break
        least = min(least, recent)
        losses.append(loss)
    table = pd.DataFrame({"learning_rate": rates[: len(losses)], "loss": losses})
    width = round(num_rates * _WINDOW_DECADES / math.log10(HIGHEST_RATE / LOWEST_RATE)) | 1
    smoothed = table["loss"].rolling(width, center=True, min_periods=1).mean()
    return table.assign(smoothed=smoothed)
