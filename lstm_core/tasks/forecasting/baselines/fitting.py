"""The baselines that a model has to beat, fitted where there is something to fit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from lstm_core.tasks.forecasting.baselines.simple import predict_baselines
from lstm_core.tasks.forecasting.baselines.smoothing import SMOOTHING, fit_smoothing
from lstm_core.tasks.forecasting.baselines.smoothing_models import SmoothingModel, SmoothingWalk

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
