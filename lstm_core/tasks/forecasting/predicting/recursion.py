"""One step at a time: each prediction is fed back as if it had been observed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import keras
import numpy as np

from lstm_core.learning.feeds.windows import WindowFeed
from lstm_core.spec import ExperimentSpec

if TYPE_CHECKING:
    from lstm_core.learning.ensemble import PredictBy

BLOCK_SIZE = 512


def choose_way(spec: ExperimentSpec, examples: WindowFeed) -> PredictBy | None:
    """Return how one network predicts, where that is not the trainer's own way."""
    if spec.task.strategy == "direct":
        return None
    _, horizon = spec.task.sizes
    return partial(predict_recursively, examples=examples, horizon=horizon)


def predict_recursively(
    network: keras.Model, cutoffs: np.ndarray, *, examples: WindowFeed, horizon: int
) -> np.ndarray:
    """Predict, scaled: ``(n,)`` to ``(n, horizon, num_targets, 1)``.

    Past covariates, of which nothing is known beyond the cutoff, stay at their last value.

    Args:
        network: predicts one step; see ``tasks.forecasting.network.building``.
    """
    blocks = np.array_split(cutoffs, max(1, -(-len(cutoffs) // BLOCK_SIZE)))
    return np.concatenate([_predict_block(network, examples, block, horizon) for block in blocks])


def _predict_block(
    network: keras.Model, examples: WindowFeed, cutoffs: np.ndarray, horizon: int
) -> np.ndarray:
    shape = examples.shape
    back = cutoffs[:, None] + np.arange(1 - shape.lookback, 1)
    window = examples.past[back]  # (n, lookback, num_past)
    said = np.empty((len(cutoffs), horizon, shape.num_targets, 1), np.float32)
    for step in range(horizon):
        known = examples.future[cutoffs + 1 + step] if shape.num_future else None
        inputs = [window]
        if known is not None:
            inputs.append(known[:, None])
        if shape.num_series > 1:
            inputs.append(examples.series[cutoffs])
        said[:, step] = np.asarray(network.predict_on_batch(inputs))[:, 0, :, :1]
        row = window[:, -1].copy()  # (n, num_past)
        row[:, : shape.num_targets] = said[:, step, :, 0]
        if known is not None:
            row[:, -shape.num_future :] = known
        window = np.concatenate([window[:, 1:], row[:, None]], axis=1)
    return said
