"""The face that every task shows to the pipeline, and the examples that it hands over."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import pandas as pd

from lstm_core.data.dataset import Dataset

if TYPE_CHECKING:
    import keras

Encode = Callable[["keras.KerasTensor"], "keras.KerasTensor"]
"""Turns ``(batch, lookback, features)`` into one state a window, ``(batch, units)``."""

Predict = Callable[[np.ndarray], np.ndarray]
"""Turns row numbers of cutoffs ``(n,)`` into scaled predictions ``(n, horizon, targets)``."""


@dataclass(frozen=True)
class ExampleShape:
    """The sizes that a network is built for."""

    lookback: int
    horizon: int
    num_targets: int
    num_past: int
    num_future: int


@dataclass(frozen=True)
class Examples:
    """Training examples as row numbers into one flat table.

    No window is ever copied: an example is the row of its cutoff, and the network gathers the
    rows around it on the device. Memory grows with rows, not with rows x lookback.

    Attributes:
        past: ``(rows, num_past)`` float32, scaled, targets first; all series one after another.
        future: ``(rows, num_future)`` float32, scaled known-future covariates.
        weight: ``(rows, num_targets)`` float32, 0 where the target was filled, otherwise 1.
        cutoffs: for each part, ``(n,)`` int32 rows of the last lookback step, so that the
            ``horizon`` rows behind each lie in that part: ``train``, ``validation``, ``test``,
            and ``forecast`` (one a series: its last row).
        shape: the sizes of one example.
    """

    past: np.ndarray
    future: np.ndarray
    weight: np.ndarray
    cutoffs: Mapping[str, np.ndarray]
    shape: ExampleShape


@dataclass(frozen=True)
class Evaluation:
    """What the untouched part of the data says about a model.

    ``predictions`` is the prediction table; ``metrics`` and each entry of ``baselines`` hold
    ``mae, rmse, mase, smape, r2`` (None where undefined).
    """

    predictions: pd.DataFrame
    metrics: dict[str, float | None]
    baselines: dict[str, dict[str, float | None]]
    verdict: dict[str, Any]


class Task(Protocol):
    """One thing that an LSTM is asked to do with a dataset."""

    def prepare(self, dataset: Dataset) -> Examples:
        """Split, fit the transforms on the training part only, and lay out the examples."""

    def build_network(self, shape: ExampleShape, encode: Encode) -> keras.Model:
        """Put the task's inputs before, and its head behind, an encoder."""

    def evaluate(self, dataset: Dataset, predict: Predict) -> Evaluation:
        """Judge predictions on the test part beside the baselines."""

    def forecast(self, dataset: Dataset, predict: Predict) -> pd.DataFrame:
        """Predict beyond the last row."""
