"""Names and numbers that all of forecasting shares: the ranges around a prediction, above all."""

from __future__ import annotations

LEVELS = (50, 80, 95)
"""The ranges around a prediction, in percent, from the inside out."""


def list_quantiles() -> list[float]:
    """Return the quantiles at the ranges' ends in the order that a network gives them.

    Low and high in turn, from the inside out: 0.25, 0.75, 0.1, 0.9, 0.025, 0.975.
    """
    return [share for level in LEVELS for share in (0.5 - level / 200, 0.5 + level / 200)]


NORMALISE = "normalise"
COVARIATES = "covariates"
CALENDAR = "calendar"
"""The names of the layers whose kinds the validation part may choose."""
