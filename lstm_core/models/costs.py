"""What the layers of a plan cost, computed from their sizes: nothing is built.

FLOPs count a multiplication and its addition as two, forwards, for one window; training takes
about three times as many. What is neither a product of matrices nor a convolution is counted by
its order of size alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from lstm_core.models.plan import Place, Plan


@dataclass(frozen=True)
class LayerCost:
    """What one layer costs.

    Attributes:
        title: its name for people.
        shape: of what comes out, for one window.
        num_parameters: trainable weights.
        flops: forwards, for one window.
        num_values: what training has to remember of one window, in numbers.
        slow_because: why a GPU's fast recurrent kernel (cuDNN) can't be used, in a phrase; empty
            where it can, or where there is nothing recurrent.
    """

    title: str
    shape: tuple[int, ...]
    num_parameters: int
    flops: int
    num_values: int
    slow_because: str = ""


def cost_encoder(plan: Plan) -> tuple[LayerCost, ...]:
    """Return the cost of each place, in order."""
    return tuple(_cost(place) for place in plan.places)


def _cost(place: Place) -> LayerCost:
    layer, counts = place.layer, place.layer.count(place.flow)
    return LayerCost(
        layer.title,
        place.after.shape,
        counts.num_weights,
        counts.flops,
        counts.num_values,
        layer.slow_because,
    )
