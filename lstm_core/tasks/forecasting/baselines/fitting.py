"""Forecasts that cost nothing, and that a model has to beat.

Each looks only at values up to the cutoff. Source: Hyndman and Athanasopoulos, *Forecasting:
Principles and Practice*, 3rd edition (2021), section 5.2.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from lstm_core.tasks.forecasting.baselines.smoothing import SMOOTHING, fit_smoothing
from lstm_core.tasks.forecasting.baselines.smoothing_models import SmoothingModel, SmoothingWalk
from lstm_core.tasks.forecasting.baselines.words import SEASONS_AVERAGED

BASELINES = ("last_value", "seasonal_naive", "seasonal_mean", "drift")
"""Those that have nothing to fit; exponential smoothing and Theta come beside them."""

SMOOTHING_SECONDS = 45.0
"""What fitting the smoothing ones may take for all series together."""


@dataclass(frozen=True)
class Baselines:
    """The baselines of several lines, each a series and target.

    Attributes:
        season: steps in a season; 1 when there is none.
        smoothing: for each smoothing baseline that could be fitted in time, a model a line.
        left_out: those that could not, each with the reason.
    """

    season: int
    smoothing: dict[str, list[SmoothingModel]] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)
    _walks: dict[tuple[str, int], SmoothingWalk] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @classmethod
    def fit(
        cls,
        lines: Sequence[np.ndarray],
        season: int,
        seconds: float = SMOOTHING_SECONDS,
        without: Iterable[str] = (),
    ) -> Baselines:
        """Fit to the training rows of each line, ``(rows,)`` without NaN.

        Args:
            without: smoothing baselines that are not wanted.
        """
        kinds = [kind for kind in SMOOTHING if kind not in set(without)]
        found = fit_smoothing(lines, season, seconds=seconds, kinds=kinds)
        return cls(season, found.models, found.left_out)

    def measure_optimism(self, line: int, name: str, num_rows: int) -> float:
        """Return by how much errors on the ``num_rows`` of the fit are to be scaled up.

        The degrees of freedom that fitting used up: Hyndman and Athanasopoulos, section 5.5.
        """
        if name not in self.smoothing:
            return 1.0
        used = min(self.smoothing[name][line].num_parameters, num_rows // 2)
        return float(np.sqrt(num_rows / (num_rows - used)))

    def predict(
        self, line: int, values: np.ndarray, cutoffs: np.ndarray, horizon: int
    ) -> dict[str, np.ndarray]:
        """Predict a line from several cutoffs; see ``predict_baselines``."""
        found = predict_baselines(values, cutoffs, horizon, self.season)
        for name, models in self.smoothing.items():
            walk = self._walks.setdefault((name, line), SmoothingWalk(models[line]))
            found[name] = walk.predict(values, cutoffs, horizon)
        return found


def predict_baselines(
    values: np.ndarray, cutoffs: np.ndarray, horizon: int, season: int
) -> dict[str, np.ndarray]:
    """Predict one series from several cutoffs.

    Args:
        values: ``(rows,)`` without NaN.
        cutoffs: ``(n,)`` rows of the last known value.
        horizon: steps to predict.
        season: steps in a season; 1 when there is none.

    Returns:
        For each of ``BASELINES``, ``(n, horizon)``.
    """
    steps = np.arange(1, horizon + 1)  # (horizon,)
    last = values[cutoffs]  # (n,)
    slope = (last - values[0]) / np.maximum(cutoffs, 1)  # (n,)
    return {
        "last_value": np.repeat(last[:, None], horizon, axis=1),
        "seasonal_naive": _average_seasons(values, cutoffs, steps, season, 1),
        "seasonal_mean": _average_seasons(values, cutoffs, steps, season, SEASONS_AVERAGED),
        "drift": last[:, None] + slope[:, None] * steps,
    }


def _average_seasons(
    values: np.ndarray, cutoffs: np.ndarray, steps: np.ndarray, season: int, count: int
) -> np.ndarray:
    """Average the same step of the last ``count`` seasons; ``(n, horizon)``.

    Where history is too short for even one season, the last value stands in.
    """
    total = np.zeros((len(cutoffs), len(steps)))
    found = np.zeros_like(total)
    for back in range(count):
        offsets = (steps - 1) % season - season * (back + 1) + 1  # (horizon,), at most 0
        rows = cutoffs[:, None] + offsets
        exists = rows >= 0
        total += np.where(exists, values[np.maximum(rows, 0)], 0.0)
        found += exists
    return np.where(found > 0, total / np.maximum(found, 1), values[cutoffs][:, None])
