"""Drawing a network towards the best baseline, as far as held-out windows say that it helps.

With few rows a network knows little that a baseline does not; their mean is hard to beat.
Source: Bates and Granger, "The Combination of Forecasts", Operational Research Quarterly 20
(1969); weights drawn to one half as in Stock and Watson, "Combination forecasts of output
growth", Journal of Forecasting 23 (2004).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

_WEIGHTS = np.linspace(0.0, 1.0, 11)

_PULL = 0.02
"""What a weight far from one half has to be better by, as a share of the error."""


@dataclass(frozen=True)
class Shrinkage:
    """``weight`` of the network, the rest of ``baseline``."""

    weight: float
    baseline: str

    def combine(self, point: np.ndarray, baselines: Mapping[str, np.ndarray]) -> np.ndarray:
        """Combine predictions of one shape, all scaled."""
        return self.weight * point + (1.0 - self.weight) * baselines[self.baseline]

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def choose_shrinkage(
    actual: np.ndarray, point: np.ndarray, baselines: Mapping[str, np.ndarray]
) -> Shrinkage:
    """Choose the baseline and the weight with the least mean absolute error.

    Args:
        actual, point, and each baseline: ``(n, horizon)`` of held-out windows, scaled; NaN in
            ``actual`` where nothing is known.
    """
    known = np.isfinite(actual)
    errors = {name: float(np.abs(actual - said)[known].mean()) for name, said in baselines.items()}
    best = min(errors, key=lambda name: errors[name])
    costs = []
    for weight in _WEIGHTS:
        combined = weight * point + (1.0 - weight) * baselines[best]
        error = float(np.abs(actual - combined)[known].mean())
        costs.append(error * (1.0 + _PULL * (2.0 * weight - 1.0) ** 2))
    return Shrinkage(float(_WEIGHTS[int(np.argmin(costs))]), best)
