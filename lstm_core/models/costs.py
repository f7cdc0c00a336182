"""What a network costs, computed from the sizes of its layers: nothing is built.

FLOPs count a multiplication and its addition as two, forwards, for one example; training takes
about three times as many. What is neither a product of matrices nor a convolution is counted by
its order of size alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lstm_core.errors import SpecError
from lstm_core.machine import measure_memory_bytes
from lstm_core.models.plan import Place, Plan
from lstm_core.spec import TrainingSpec

BYTES = 4
"""Of one number, float32."""

_SLOTS = {"adam": 2, "adamw": 2, "lion": 1, "rmsprop": 1, "sgd": 1}
"""Numbers that an optimizer keeps of each weight, beside the weight and its gradient."""

_AHEAD_AND_BACK = 2


@dataclass(frozen=True)
class LayerCost:
    """What one layer costs.

    Attributes:
        title: its name for people.
        shape: of what comes out, for one example.
        num_parameters: trainable weights.
        flops: forwards, for one example.
        num_values: what training has to remember of one example, in numbers.
        slow_because: why a GPU's fast recurrent kernel (cuDNN) can't be used, in a phrase; empty
            where it can, or where there is nothing recurrent.
    """

    title: str
    shape: tuple[int, ...]
    num_parameters: int
    flops: int
    num_values: int
    slow_because: str = ""


@dataclass(frozen=True)
class NetworkCost:
    """What a network costs.

    Attributes:
        before: what its task puts in front of the layers, in order.
        layers: those of the encoder, one for each of its places.
        behind: what its task puts behind them, in order.
        num_parameters: trainable weights.
        flops: forwards, for one example.
        training_bytes: about what training holds at once: weights, gradients, the optimizer's
            own, and what a batch is remembered by.
    """

    before: tuple[LayerCost, ...]
    layers: tuple[LayerCost, ...]
    behind: tuple[LayerCost, ...]
    num_parameters: int
    flops: int
    training_bytes: int

    @property
    def is_fast(self) -> bool:
        """Whether every recurrent layer can run on a GPU's fast kernel (cuDNN)."""
        return not any(layer.slow_because for layer in (*self.before, *self.layers, *self.behind))


def cost_network(
    plan: Plan,
    training: TrainingSpec,
    *,
    before: Sequence[LayerCost] = (),
    behind: Sequence[LayerCost] = (),
    num_inputs: int,
    num_runs: int = 1,
) -> NetworkCost:
    """Add up what a network costs.

    Args:
        training: filled in.
        before, behind: what stands around the plan's layers.
        num_inputs: numbers that one run is given.
        num_runs: how often an example goes through all of it.
    """
    return add_costs(
        training,
        before=before,
        layers=cost_encoder(plan),
        behind=behind,
        num_inputs=num_inputs,
        num_runs=num_runs,
    )


def add_costs(
    training: TrainingSpec,
    *,
    before: Sequence[LayerCost] = (),
    layers: Sequence[LayerCost],
    behind: Sequence[LayerCost] = (),
    num_inputs: int,
    num_runs: int = 1,
) -> NetworkCost:
    """Add up layers whose costs are known; see ``cost_network``."""
    all_layers = (*before, *layers, *behind)
    num_parameters = sum(layer.num_parameters for layer in all_layers)
    num_values = num_inputs + sum(layer.num_values for layer in all_layers)
    return NetworkCost(
        tuple(before),
        tuple(layers),
        tuple(behind),
        num_parameters,
        num_runs * sum(layer.flops for layer in all_layers),
        _measure_training(training, num_parameters, num_runs * num_values),
    )


def check_size(cost: NetworkCost, shorten: str) -> None:
    """Refuse a network that this machine has no memory to train.

    Args:
        shorten: what makes its examples shorter: ``"the lookback"``.

    Raises:
        SpecError: it would need more than there is.
    """
    room = measure_memory_bytes()
    if room is not None and cost.training_bytes > room:
        raise SpecError(
            f"This network has {cost.num_parameters:,} parameters and would need about "
            f"{cost.training_bytes / 2**30:,.1f} GB to train; the machine has "
            f"{room / 2**30:,.1f} GB.",
            f"Make it narrower or less deep, or shorten {shorten} or the batch.",
        )


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


def _measure_training(spec: TrainingSpec, num_parameters: int, num_values: int) -> int:
    each_weight = 2 + _SLOTS[spec.optimizer]
    remembered = (spec.batch_size or 1) * num_values * _AHEAD_AND_BACK
    return BYTES * (num_parameters * each_weight + remembered)
