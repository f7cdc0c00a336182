"""A part of a network behind its encoder: the steps that build it, and what they cost."""

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


@dataclass(frozen=True)
class Decoded:
    """What a decoder makes of the encoder's state: ``x``, ``(batch, groups, width)``.

    Attributes:
        parts: how.
        width: of the features.
        num_groups: that there are, each of ``length`` steps one after another; together
            ``num_steps``, which may be more than the horizon.
        is_flat: there is one group, and a script gives it no axis.
        has_points: the predictions are made already: ``point``.
    """

    parts: tuple[Part, ...]
    width: int
    num_groups: int
    length: int
    num_steps: int
    is_flat: bool = False
    has_points: bool = False


def count_dense(width: int, units: int, num_times: int = 1) -> Counts:
    """Count a dense layer from ``width`` to ``units``, applied so often in one window."""
    products = width * units
    return Counts(products + units, 2 * num_times * products, num_times * units)
