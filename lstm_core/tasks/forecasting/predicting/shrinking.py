"""Drawing a network towards the best baseline, as far as held-out windows say that it helps.

With few rows a network knows little that a baseline does not; their mean is hard to beat. With
many, held-out windows tell which of the two knows more, and in what share.
Source: Bates and Granger, "The Combination of Forecasts", Operational Research Quarterly 20
(1969); weights drawn to one half as in Stock and Watson, "Combination forecasts of output
growth", Journal of Forecasting 23 (2004).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

import numpy as np

from lstm_core.tasks.forecasting.baselines.naming import ETS_BY_ERROR

_WEIGHTS = np.linspace(0.0, 1.0, 11)

_PULL = 0.02
"""What a weight far from one half has to be better by, as a share of the error."""

_RULES = 2
"""How baselines are made; in kept models, so that these go on as they were."""
_FIRST_RULES = {"ets": ETS_BY_ERROR}


@dataclass(frozen=True)
class Shrinkage:
    """``weight`` of the network, the rest of ``baseline``.

    Attributes:
        has_own_widths: ranges are as wide as the mix's own past errors ask for, and the same in
            calm and in wild stretches; else the network tells the two apart.
    """

    weight: float
    baseline: str
    has_own_widths: bool = False

    def combine(self, point: np.ndarray, baselines: Mapping[str, np.ndarray]) -> np.ndarray:
        """Combine predictions of one shape, all scaled."""
        return self.weight * point + (1.0 - self.weight) * baselines[self.baseline]

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "rules": _RULES}

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> Self:
        """Read what ``to_json`` wrote; of older rules, those that were meant then."""
        baseline = content["baseline"]
        if content.get("rules", 1) == 1:
            baseline = _FIRST_RULES.get(baseline, baseline)
        return cls(content["weight"], baseline, content.get("has_own_widths", False))


def choose_shrinkage(
    actual: np.ndarray,
    point: np.ndarray,
    baselines: Mapping[str, np.ndarray],
    *,
    is_mean: bool = False,
) -> Shrinkage:
    """Choose the baseline with the least mean absolute error, and its share.

    The share is drawn to one half; it is none where the network alone did at least as well.

    Args:
        actual, point, and each baseline: ``(n, horizon)`` of held-out windows, scaled; NaN in
            ``actual`` where nothing is known.
        is_mean: the network was asked for the mean; the squared error decides then.
    """
    known = np.isfinite(actual)

    def measure(said: np.ndarray) -> float:
        return float((np.abs(actual - said)[known] ** (2 if is_mean else 1)).mean())

    best = min(baselines, key=lambda name: measure(baselines[name]))
    errors = np.array([measure(w * point + (1.0 - w) * baselines[best]) for w in _WEIGHTS])
    chosen = int(np.argmin(errors * (1.0 + _PULL * (2.0 * _WEIGHTS - 1.0) ** 2)))
    if errors[-1] <= errors[chosen]:
        chosen = -1
    return Shrinkage(float(_WEIGHTS[chosen]), best)
