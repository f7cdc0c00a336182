"""Errors of a forecast: plain functions over arrays, and one over the prediction table.

MASE: Hyndman and Koehler, "Another look at measures of forecast accuracy", International
Journal of Forecasting 22 (2006). sMAPE: as in the M4 competition, in percent of 0 to 200.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

METRICS = ("mae", "rmse", "mase", "smape", "r2")


def measure_scale(values: np.ndarray, observed: np.ndarray, season: int) -> float:
    """Return the mean absolute error of repeating the last season within the training part.

    Args:
        values, observed: ``(rows,)`` of the training part; filled values are left out.
        season: steps in a season.

    A training part shorter than two seasons is measured with a season of 1. NaN where nothing
    can be compared.
    """
    season = season if len(values) >= 2 * season else 1
    both = observed[season:] & observed[:-season]
    changes = np.abs(values[season:] - values[:-season])[both]
    return float(changes.mean()) if len(changes) else float("nan")


def score(actual: np.ndarray, predicted: np.ndarray, scale: float) -> dict[str, float]:
    """Score one series; NaN in ``actual`` is left out, undefined metrics are NaN."""
    known = ~np.isnan(actual)
    actual, predicted = actual[known], predicted[known]
    if len(actual) == 0:
        return dict.fromkeys(METRICS, float("nan"))
    error = actual - predicted
    mae = float(np.abs(error).mean())
    size = np.abs(actual) + np.abs(predicted)
    relative = np.divide(200.0 * np.abs(error), size, out=np.zeros_like(size), where=size > 0)
    spread = float(((actual - actual.mean()) ** 2).sum())
    return {
        "mae": mae,
        "rmse": float(np.sqrt((error**2).mean())),
        "mase": mae / scale if scale > 0 else float("nan"),
        "smape": float(relative.mean()),
        "r2": 1.0 - float((error**2).sum()) / spread if spread > 0 else float("nan"),
    }


def score_table(
    table: pd.DataFrame, model: str, scales: Mapping[tuple[str, str], float]
) -> dict[str, float | None]:
    """Score one column of the prediction table: the mean over all series and targets.

    Args:
        table: with the columns ``series``, ``target``, ``actual`` and ``model``'s.
        model: the column to score.
        scales: for each (series, target), ``measure_scale`` of its training part.

    A metric that is undefined for a series leaves that series out; None where it is so for all.
    """
    scores = pd.DataFrame(
        [
            score(
                group["actual"].to_numpy(),
                group[model].to_numpy(),
                scales[str(key[0]), str(key[1])],
            )
            for key, group in table.groupby(["series", "target"], sort=False, observed=True)
        ]
    )
    means = scores.mean(skipna=True)
    return {name: None if np.isnan(means[name]) else float(means[name]) for name in METRICS}
