"""The face that every task shows to the pipeline, and the examples that it hands over."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    import keras

Predict = Callable[[np.ndarray], np.ndarray]
"""Turns row numbers of cutoffs ``(n,)`` into scaled predictions ``(n, horizon, targets, 1 +
levels)``: the point first, then what else the network says of each value."""


LEVELS = (50, 80, 95)
"""The ranges around a prediction, in percent, from the inside out."""


NORMALISE = "normalise"
"""The name of the layer whose kind the validation part may choose."""

TAUGHT = "taught"
"""The name of a network's input that is fed the actual values ahead, in training alone."""

STATE = "state"
"""What the names of a network's inputs begin with that are fed the state before its window."""


MAX_VALIDATION_WINDOWS = 1_024
"""More are thinned evenly: they decide when to stop, and a sample does."""


def list_quantiles() -> list[float]:
    """Return the quantiles at the ranges' ends in the order that a network gives them.

    Low and high in turn, from the inside out: 0.25, 0.75, 0.1, 0.9, 0.025, 0.975.
    """
    return [share for level in LEVELS for share in (0.5 - level / 200, 0.5 + level / 200)]


def thin(cutoffs: np.ndarray, count: int) -> np.ndarray:
    """Keep at most ``count`` of ``(n,)``, evenly spread, the last one among them."""
    if len(cutoffs) <= count:
        return cutoffs
    return cutoffs[np.linspace(len(cutoffs) - 1, 0, count).round().astype(int)[::-1]]


@dataclass(frozen=True)
class ExampleShape:
    """The sizes that a network is built for; ``horizon`` is the steps that it predicts at once."""

    lookback: int
    horizon: int
    num_targets: int
    num_past: int
    num_future: int
    num_series: int = 1


@dataclass(frozen=True)
class Examples:
    """Training examples as row numbers into one flat table.

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
    shape: ExampleShape


@dataclass(frozen=True)
class Evaluation:
    """What the untouched part of the data says about a model.

    Attributes:
        predictions: the prediction table.
        metrics: ``mae, rmse, mase, smape, r2`` (None where undefined), and what else the task
            measures.
        baselines: the same for each baseline.
        verdict: what to tell people, JSON.
        breakdowns: ``by, value, ...``: errors by fold, by step and so on.
    """

    predictions: pd.DataFrame
    metrics: dict[str, float | None]
    baselines: dict[str, dict[str, float | None]]
    verdict: dict[str, Any]
    breakdowns: pd.DataFrame


class Task(Protocol):
    """One thing that an LSTM is asked to do with a dataset.

    The pipeline calls ``prepare``, trains, and hands the trained network to ``observe``, once
    for each fold; ``evaluate`` and ``forecast`` come last and speak of everything observed.
    """

    @property
    def folds(self) -> Sequence[int | None]:
        """What to prepare and train for, in turn; ``[None]`` when one training serves all."""

    def prepare(self, fold: int | None) -> Examples:
        """Split, fit the transforms on the training part only, and lay out the examples."""

    def build_network(self, shape: ExampleShape) -> keras.Model:
        """Build the spec's encoder with the task's inputs before it and its head behind."""

    def observe(self, judged: Predict, predict: Predict) -> None:
        """Take down what is predicted of held-out rows by the networks of the prepared fold.

        ``judged`` is by weights that have seen nothing of the validation part, ``predict`` by
        those that will be used.
        """

    def evaluate(self) -> Evaluation:
        """Judge what was observed on the test part beside the baselines."""

    def forecast(self, predict: Predict) -> pd.DataFrame:
        """Predict beyond the last row, by the networks of the last fold."""
