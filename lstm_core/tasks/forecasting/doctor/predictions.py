"""What is wrong with the predictions: a flat line, or an echo of the last value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
import pandas as pd

from lstm_core.judging.diagnosis import Diagnosis, Fix, say_percent, say_steps
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.forecasting.doctor.training import (
    LARGER_RATE,
    SLOW_RATE,
    lengthen_training,
)
from lstm_core.tasks.forecasting.judging.scoreboard import MODEL

ECHO_CLOSENESS = 0.7
"""An echo lies at most this much as far from the last value as from what came.

The last value with independent noise as large as the series' own changes would lie at 0.71.
"""

ECHO_GAIN = 0.05
"""A model that beats the last value by more than this has something of its own to say."""

FLATNESS = 0.15
"""A forecast that explains more than a fiftieth of the variance moves more than this."""

FEWEST_STEPS = 3
"""Fewer steps have no shape; forecasts are compared with each other then."""

MOST_VALUES = 1_000_000
"""Predictions that are looked at; of more, every second or third window is."""


@dataclass(frozen=True)
class Windows:
    """The prediction table, a row for each window.

    Attributes:
        line: ``(n,)`` number of the line, a target of a series.
        last: ``(n,)`` the last known value.
        actual: ``(n, horizon)``, NaN where unknown. ``model``: ``(n, horizon)``.
    """

    line: np.ndarray
    last: np.ndarray
    actual: np.ndarray
    model: np.ndarray

    @classmethod
    def read(cls, predictions: pd.DataFrame, horizon: int) -> Self:
        """Take a table whose windows are of ``horizon`` rows each."""
        stride = horizon * max(1, -(-len(predictions) // MOST_VALUES))
        first = predictions.iloc[::stride]
        series, target = (pd.factorize(first[name])[0] for name in ("series", "target"))
        skipped = stride // horizon

        def fold(name: str) -> np.ndarray:
            values = predictions[name].to_numpy(np.float64).reshape(-1, horizon)
            return values[::skipped]

        return cls(
            series * (target.max(initial=0) + 1) + target,
            first["last_value"].to_numpy(np.float64),
            fold("actual"),
            fold(MODEL),
        )

    def average(self, values: np.ndarray) -> np.ndarray:
        """Average ``(n, steps)`` over each line, ``(lines,)``; NaN is left out."""
        known = np.isfinite(values)
        count = np.bincount(self.line, known.sum(axis=1))
        total = np.bincount(self.line, np.where(known, values, 0.0).sum(axis=1))
        return np.divide(total, count, out=np.full(len(total), np.nan), where=count > 0)


def find_echo(windows: Windows, spec: ExperimentSpec) -> Diagnosis | None:
    """Look whether predictions match the actual values best when moved back to their cutoff."""
    last = windows.last[:, None]
    usual = windows.average(np.abs(windows.actual - last))  # (lines,)
    usual = np.where(usual > 0, usual, np.nan)
    missed = _mean(windows.average(np.abs(windows.model - windows.actual)) / usual)
    known_model = np.where(np.isfinite(windows.actual), windows.model, np.nan)
    moved = _mean(windows.average(np.abs(known_model - last)) / usual)
    if not (moved <= ECHO_CLOSENESS * missed and missed >= 1.0 - ECHO_GAIN):
        return None
    steps = sorted({1, windows.actual.shape[1]})
    if any(_find_best_shift(windows, step, usual) != step for step in steps):
        return None
    one, *others = steps
    further = f", and those {say_steps(others[0])} ahead by {others[0]}" if others else ""
    return Diagnosis(
        "echo",
        "An echo of the last value",
        f"Predictions {say_steps(one)} ahead match the actual values best when they are moved "
        f"back by 1 step{further}. On average they differ by {say_percent(moved)} of a usual "
        f"change from the last known value, and by {say_percent(missed)} from what came.",
        "The chart looks close because each forecast begins where the last value was. Where "
        "changes are pure chance, as with many prices, nothing does better: then use the range, "
        "not the line. Otherwise bring a column that knows something ahead of time.",
        _fix_echo(spec),
    )


def _find_best_shift(windows: Windows, step: int, usual: np.ndarray) -> int:
    """Return by how many steps the predictions of one step are best moved back, 0 to ``step``.

    Moved back by all of it they stand at the cutoff, where the last value is.
    """
    values = np.column_stack([windows.last, windows.actual[:, :step]])  # (n, step + 1)
    distances = np.abs(windows.model[:, [step - 1]] - values) / usual[windows.line][:, None]
    known = np.isfinite(distances)
    counts = np.maximum(known.sum(axis=0), 1)
    means = np.where(known, distances, 0.0).sum(axis=0) / counts
    means[~known.any(axis=0)] = np.inf
    return step - int(np.argmin(means))


def _fix_echo(spec: ExperimentSpec) -> Fix | None:
    if spec.task.window_normalisation != "last_value":
        return Fix("Predict changes", {"task.window_normalisation": "last_value"})
    return None


def find_flat_line(windows: Windows, spec: ExperimentSpec) -> Diagnosis | None:
    """Look whether predictions vary far less than the actual values do."""
    has_shape = windows.actual.shape[1] >= FEWEST_STEPS
    measure = _spread_within if has_shape else _spread_between
    model = np.where(np.isfinite(windows.actual), windows.model, np.nan)
    actual_spread = measure(windows, windows.actual)
    actual_spread = np.where(actual_spread > 0, actual_spread, np.nan)
    ratios = measure(windows, model) / actual_spread  # (lines,)
    ratios = ratios[np.isfinite(ratios)]
    if not len(ratios) or np.median(ratios) >= FLATNESS:
        return None
    whose = f", in the middle one of {len(ratios)} series" if len(ratios) > 1 else ""
    between = "from its first step to its last" if has_shape else "from one to the next"
    return Diagnosis(
        "flat_line",
        "A flat line",
        f"The forecast moves {say_percent(float(np.median(ratios)))} as much {between} as the "
        f"actual values do{whose}.",
        "Either there is nothing in the past that tells of the future, and a flat line is the "
        "honest answer; or the network has given up too early. The change below tells which.",
        _fix_flat_line(spec),
    )


def _fix_flat_line(spec: ExperimentSpec) -> Fix:
    if spec.task.shrink:
        return Fix("Let the network stand alone", {"task.shrink": False})
    rate = spec.training.learning_rate
    if rate is not None and rate < SLOW_RATE:
        return LARGER_RATE
    if spec.training.loss == "mae":
        return Fix("Punish large misses more", {"training.loss": "mse"})
    return Fix("Train twice as long", lengthen_training(spec))


def _spread_within(windows: Windows, values: np.ndarray) -> np.ndarray:
    """Return the usual spread within a window, ``(lines,)``."""
    known = np.isfinite(values)
    counts = known.sum(axis=1, keepdims=True)
    filled = np.where(known, values, 0.0)
    means = filled.sum(axis=1, keepdims=True) / np.maximum(counts, 1)
    squares = np.where(known, (values - means) ** 2, 0.0).sum(axis=1, keepdims=True)
    spread = np.sqrt(squares / np.maximum(counts, 1))
    return windows.average(np.where(counts >= FEWEST_STEPS, spread, np.nan))


def _spread_between(windows: Windows, values: np.ndarray) -> np.ndarray:
    """Return the spread of all windows of a line, ``(lines,)``."""
    centred = values - windows.average(values)[windows.line][:, None]
    return np.sqrt(windows.average(centred**2))


def _mean(values: np.ndarray) -> float:
    """Average what is known of ``(lines,)``; NaN where nothing is."""
    known = values[np.isfinite(values)]
    return float(known.mean()) if len(known) else float("nan")
