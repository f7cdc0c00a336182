"""Errors computed anew from the prediction table, so that no benchmark believes the app's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from lstm_core.pipeline import ExperimentResult
from lstm_core.tasks.forecasting.judging.scoreboard import MODEL

COVERAGE_80 = (0.74, 0.86)
"""Between which shares of the past an 80% range is honest."""


def measure_scale(values: np.ndarray, num_test: int, season: int) -> float:
    """Return MASE's scale: the error of the seasonal naive forecast before the test part.

    Args:
        values: ``(rows,)`` of one series, its last ``num_test`` rows being the test part.
    """
    before = values[:-num_test]
    return float(np.abs(before[season:] - before[:-season]).mean())


def repeat_season(values: np.ndarray, num_ahead: int, season: int) -> np.ndarray:
    """Return the seasonal naive forecast after the last of ``values``, ``(num_ahead,)``."""
    return values[-season:][np.arange(num_ahead) % season]


def average_mase(predictions: pd.DataFrame, column: str, scales: Mapping[str, float]) -> float:
    """Return the mean over series of each series' mean over origins.

    Args:
        predictions: the prediction table.
        column: the model or a baseline in it.
        scales: by the table's series.
    """
    errors = (predictions[column] - predictions["actual"]).abs()
    by_origin = errors.groupby([predictions["series"], predictions["cutoff"]]).mean()
    by_series = by_origin.groupby(level="series").mean()
    return float((by_series / by_series.index.map(scales)).mean())


def report_mase(result: ExperimentResult, scales: Mapping[str, float]) -> dict[str, Any]:
    """Return ``mase`` of the model, and ``baselines`` with that of each baseline."""
    return {
        "mase": round(average_mase(result.tables["predictions"], MODEL, scales), 4),
        "baselines": {
            name: round(average_mase(result.tables["predictions"], name, scales), 4)
            for name in result.baselines
        },
    }


def report_run(result: ExperimentResult) -> dict[str, Any]:
    """Return seconds, the share of the past in each range, the verdict and what was chosen."""
    coverage = {
        name: round(value, 4)
        for name, value in result.metrics.items()
        if name.startswith("coverage_") and value is not None
    }
    return {
        "seconds": round(result.seconds, 1),
        **coverage,
        "verdict": result.verdict["sentence"],
        "architecture": result.spec.model.architecture,
        "lookback": result.spec.task.lookback,
        "season": result.spec.task.season,
        "normalisation": result.spec.task.window_normalisation,
        "num_seeds": result.spec.training.num_seeds,
    }


def is_honest(coverage: float) -> bool:
    """Whether an 80% range held about as much as it says."""
    return COVERAGE_80[0] <= coverage <= COVERAGE_80[1]
