"""The quantiles that the network gives."""

from __future__ import annotations

QUANTILES = (0.025, 0.05, 0.1, 0.175, 0.25, 0.375, 0.5, 0.625, 0.75, 0.825, 0.9, 0.95, 0.975)
"""Among them the ends of the ranges of 50, 80 and 95%."""
MEDIAN = QUANTILES.index(0.5)
