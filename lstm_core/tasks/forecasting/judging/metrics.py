"""Errors of a forecast.

MASE: Hyndman and Koehler, "Another look at measures of forecast accuracy", International
Journal of Forecasting 22 (2006). sMAPE: as in the M4 competition, in percent of 0 to 200.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

ROUNDING = 1e-13
"""What is smaller than the values by this is what adding and scaling them leaves."""

LEAST_TOTAL = 0.5
"""What remains of the values' sizes when they are added up with their signs: with less, a share of
the total says nothing."""

METRICS = ("mae", "rmse", "mase", "smape", "r2")


def measure_scale(values: np.ndarray, observed: np.ndarray, season: int) -> float:
    """Return the mean absolute error of repeating the last season before the test part.

    Args:
        values, observed: ``(rows,)`` before the test part; filled values are left out.
        season: steps in a season.

    Fewer rows than two seasons are measured with a season of 1. NaN where nothing
    can be compared, 0 where the values differ by no more than rounding does.
    """
    season = season if len(values) >= 2 * season else 1
    both = observed[season:] & observed[:-season]
    changes = np.abs(values[season:] - values[:-season])[both]
    if not len(changes):
        return float("nan")
    mean = float(changes.mean())
    return mean if mean > ROUNDING * float(np.abs(values[observed]).max()) else 0.0


@dataclass(frozen=True)
class Sums:
    """What the errors of several lines add up to.

    Attributes:
        error: mean absolute error of each line in units of its scale, averaged.
        bias: the same of predicted less actual values, by its size; the sign is that of the mean.
        predicted, actual, size: of all lines, in the units of the data; ``size`` is the sum of the
            actual values without their signs.
    """

    error: float
    bias: float
    predicted: float
    actual: float
    size: float

    @property
    def has_total(self) -> bool:
        """Whether actual values of one sign, more or less, add up to something."""
        return self.size > 0 and abs(self.actual) > LEAST_TOTAL * self.size


class Totals:
    """Sums from which one series' metrics come, so that its predictions need not be kept."""

    def __init__(self, scale: float) -> None:
        self._scale = scale
        self._count = 0
        self._absolute = self._squared = self._relative = self._signed = 0.0
        self._mean = self._spread = 0.0
        self.size = 0.0

    def add(self, actual: np.ndarray, predicted: np.ndarray) -> None:
        """Take actual values, none of them NaN, and what was predicted; any equal shapes."""
        count = actual.size
        if count == 0:
            return
        error = actual - predicted
        size = np.abs(actual) + np.abs(predicted)
        relative = np.divide(200.0 * np.abs(error), size, out=np.zeros_like(size), where=size > 0)
        self._absolute += float(np.abs(error).sum())
        self._squared += float((error**2).sum())
        self._signed -= float(error.sum())
        self.size += float(np.abs(actual).sum())
        self._relative += float(relative.sum())
        # Chan's update of a variance by the next block, which does not cancel as squares would.
        mean = float(actual.mean())
        shift = mean - self._mean
        total = self._count + count
        self._spread += float(((actual - mean) ** 2).sum()) + shift**2 * self._count * count / total
        self._mean += shift * count / total
        self._count = total

    @property
    def actual(self) -> float:
        return self._mean * self._count

    @property
    def predicted(self) -> float:
        return self.actual + self._signed

    def average(self) -> tuple[float, float]:
        """Return the mean of the absolute errors, and of predicted less actual values, in units of
        the scale; in those of the data where there is none. NaN where nothing is known."""
        if self._count == 0:
            return float("nan"), float("nan")
        size = self._count * (self._scale if self._scale > 0 else 1.0)
        return self._absolute / size, self._signed / size

    def score(self) -> dict[str, float]:
        """Return ``METRICS``; NaN where undefined."""
        if self._count == 0:
            return dict.fromkeys(METRICS, float("nan"))
        mae = self._absolute / self._count
        varies = self._spread > 1e-20 * self._count * self._mean**2
        return {
            "mae": mae,
            "rmse": float(np.sqrt(self._squared / self._count)),
            "mase": mae / self._scale if self._scale > 0 else float("nan"),
            "smape": self._relative / self._count,
            "r2": 1.0 - self._squared / self._spread if varies else float("nan"),
        }
