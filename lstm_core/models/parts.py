"""A part of a network before or behind its encoder: the steps that build it, and its cost."""

from __future__ import annotations

from dataclasses import dataclass

from lstm_core.models.costs import LayerCost
from lstm_core.spec.layers.layer import Counts
from lstm_core.spec.layers.steps import Step


@dataclass(frozen=True)
class Part:
    """Steps that belong together; ``cost``: none where they learn nothing."""

    steps: tuple[Step, ...]
    cost: LayerCost | None = None


def count_dense(width: int, units: int, num_times: int = 1) -> Counts:
    """Count a dense layer from ``width`` to ``units``, applied so often in one example."""
    products = width * units
    return Counts(products + units, 2 * num_times * products, num_times * units)
