"""What is wrong with the predictions: a flat line, an echo of the last value, missed totals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import pandas as pd

from lstm_core.judging.diagnosis import Diagnosis, Fix, say_percent, say_steps
from lstm_core.judging.verdict import Comparison
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.forecasting.doctor.training import (
    LARGER_RATE,
    SLOW_RATE,
    lengthen_training,
)
from lstm_core.tasks.forecasting.framing.whole import learns_mean
from lstm_core.tasks.forecasting.judging.scoreboard import MODEL
from lstm_core.tasks.forecasting.judging.standing import MUCH_OF_A_TOTAL

ECHO_CLOSENESS = 0.7
"""An echo lies at most this much as far from the last value as from what came.

The last value with independent noise as large as the series' own changes would lie at 0.71.
"""

ECHO_GAIN = 0.05
"""A model that beats the last value by more than this has something of its own to say."""

LOPSIDED = 1.2
"""Values whose mean is so many times their middle one are lopsided: the two are told apart."""

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


def find_echo(
    windows: Windows, spec: ExperimentSpec, against_last: Comparison | None = None
) -> Diagnosis | None:
    """Look whether predictions match the actual values best when moved back to their cutoff.

    Args:
        against_last: the verdict on the model beside the last value, over all windows; who beats
            that on the whole, or beyond chance, is no echo of it.
    """
    if against_last is not None:
        skill = against_last.skill
        if against_last.is_win or (skill is not None and skill > ECHO_GAIN):
            return None
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


def find_missed_totals(
    windows: Windows, spec: ExperimentSpec, total_bias: float | None
) -> Diagnosis | None:
    """Look whether lopsided values are forecast by their middle, so that totals are too small.

    Args:
        total_bias: the sum of all predictions beside that of the actual values, less 1.
    """
    if total_bias is None or total_bias > -MUCH_OF_A_TOTAL or learns_mean(spec):
        return None
    known = windows.actual[np.isfinite(windows.actual)]
    if not len(known) or known.mean() <= LOPSIDED * np.median(known):
        return None
    mean, middle, nothing = known.mean(), np.median(known), float((known == 0).mean())
    zeros = f", and {say_percent(nothing)} of the values are zero" if nothing else ""
    changes: dict[str, Any] = {"training.loss": "mse"}
    if spec.model.comes_trained:  # it knows no other measure than that of its quantiles
        changes |= {
            **{"model.architecture": "vanilla", "model.fine_tune": None},
            **{"model.pretrained_version": None, "training.epochs": None},
        }
    return Diagnosis(
        "missed_totals",
        "Totals come out too small",
        f"All forecasts of the test part add up to {say_percent(-total_bias)} less than what came: "
        f"there, the mean is {mean:.4g} and the middle value {middle:.4g}{zeros}.",
        "The forecast is the value that is as likely to be passed as not: right for single steps, "
        "and no basis for stocks and budgets where a few large values make up the total. The mean "
        "is one, though it misses single steps by more.",
        Fix("Forecast the mean", changes),
    )


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
