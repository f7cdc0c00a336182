"""Integrated gradients: what each value of an item adds to a label, which adds up exactly.

Sundararajan, Taly and Yan, "Axiomatic Attribution for Deep Networks", ICML (2017). Whoever has the
network takes the gradients; here is what comes before and after.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

LARGEST_GAP = 0.05
"""Beside what was to be explained; more, and too few points were asked about."""


@dataclass(frozen=True, eq=False)
class Attribution:
    """What each step adds.

    Attributes:
        scores: ``(steps,)``.
        expected: by how much the item's score is above that of the baseline.
        found: what the steps add together.
    """

    scores: np.ndarray
    expected: float
    found: float

    @property
    def gap(self) -> float:
        """How much is not explained, beside what was to be; 0 is all of it."""
        missing = abs(self.found - self.expected)
        return missing / abs(self.expected) if self.expected else missing

    @property
    def is_complete(self) -> bool:
        return self.gap <= LARGEST_GAP


def list_points(values: np.ndarray, baseline: np.ndarray, num_points: int) -> np.ndarray:
    """Return items on the straight way from the baseline to the item.

    Args:
        values: ``(steps, features)``: numbers, or the vectors of tokens.
        baseline: of the same shape, an item that says nothing.
        num_points: 2 at least, both ends among them.

    Returns:
        ``(points, steps, features)``.
    """
    share = np.linspace(0.0, 1.0, num_points)[:, None, None]
    return baseline + share * (values - baseline)


def integrate(
    gradients: np.ndarray,
    values: np.ndarray,
    baseline: np.ndarray,
    score: float,
    baseline_score: float,
) -> Attribution:
    """Add gradients up along the way, by the trapezoidal rule.

    Args:
        gradients: ``(points, steps, features)`` of the label's score (its logit or the logarithm
            of its probability) at ``list_points``.
        score, baseline_score: of the item and of the baseline.
    """
    gradients = np.asarray(gradients, np.float64)
    mean = (gradients[1:] + gradients[:-1]).mean(axis=0) / 2.0  # (steps, features)
    scores = ((values - baseline) * mean).sum(axis=1)
    return Attribution(scores, score - baseline_score, float(scores.sum()))
