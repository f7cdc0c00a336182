"""What a forecasting network costs, before it is built; mirrors ``network.build_network``."""

from __future__ import annotations

from dataclasses import dataclass

from lstm_core.errors import SpecError
from lstm_core.learning.feeds.windows import WindowShape
from lstm_core.machine import measure_memory_bytes
from lstm_core.models.costs import LayerCost, cost_encoder
from lstm_core.models.plan import Plan
from lstm_core.models.recipes import plan_model
from lstm_core.spec import ExperimentSpec, TrainingSpec
from lstm_core.spec.layers import SegmentDecoder, SequenceDecoder
from lstm_core.tasks.forecasting.levels import LEVELS
from lstm_core.tasks.forecasting.network.decoder_sizes import KNOWN_WIDTH, MIX_WIDTH

BYTES = 4
"""Of one number, float32."""

_SLOTS = {"adam": 2, "adamw": 2, "lion": 1, "rmsprop": 1, "sgd": 1}
"""Numbers that an optimizer keeps of each weight, beside the weight and its gradient."""

_AHEAD_AND_BACK = 2


@dataclass(frozen=True)
class NetworkCost:
    """What a network costs.

    Attributes:
        layers: those of the encoder, one for each of its places, then the decoder's parts.
        num_parameters: trainable weights.
        flops: forwards, for one window.
        training_bytes: about what training holds at once: weights, gradients, the optimizer's
            own, and what a batch is remembered by.
    """

    layers: tuple[LayerCost, ...]
    num_parameters: int
    flops: int
    training_bytes: int

    @property
    def is_fast(self) -> bool:
        """Whether every recurrent layer can run on a GPU's fast kernel (cuDNN)."""
        return not any(layer.slow_because for layer in self.layers)


def measure_cost(spec: ExperimentSpec, shape: WindowShape) -> NetworkCost:
    """Compute what ``network.build_network`` would build.

    Args:
        spec: one that ``defaults.resolve_spec`` has filled in.

    Raises:
        SpecError: its layers don't go together.
    """
    one_by_one = _is_one_by_one(spec, shape)
    num_outputs = 1 if one_by_one else shape.num_targets
    num_features = count_window_features(spec, shape)
    plan = plan_model(spec.model, shape.lookback, num_features)
    is_told_apart = one_by_one or shape.num_series > 1
    identities = shape.num_series * (shape.num_targets if one_by_one else 1)
    layers = (
        *cost_encoder(plan),
        *_cost_decoder(plan, spec, shape, num_outputs, identities if is_told_apart else 0),
    )
    copies = shape.num_targets if one_by_one else 1
    num_parameters = sum(layer.num_parameters for layer in layers)
    num_values = sum(layer.num_values for layer in layers) + shape.lookback * num_features
    return NetworkCost(
        layers,
        num_parameters,
        copies * sum(layer.flops for layer in layers),
        _measure_training(spec.training, num_parameters, copies * num_values),
    )


def count_window_features(spec: ExperimentSpec, shape: WindowShape) -> int:
    """Return how many columns of a window the encoder is given."""
    num_targets = 1 if _is_one_by_one(spec, shape) else shape.num_targets
    return shape.num_past - shape.num_targets + num_targets


def _is_one_by_one(spec: ExperimentSpec, shape: WindowShape) -> bool:
    return not spec.model.mixing and shape.num_targets > 1


def check_size(cost: NetworkCost) -> None:
    """Refuse a network that this machine has no memory to train.

    Raises:
        SpecError: it would need more than there is.
    """
    room = measure_memory_bytes()
    if room is not None and cost.training_bytes > room:
        raise SpecError(
            f"This network has {cost.num_parameters:,} parameters and would need about "
            f"{cost.training_bytes / 2**30:,.1f} GB to train; the machine has "
            f"{room / 2**30:,.1f} GB.",
            "Make it narrower or less deep, or shorten the lookback or the batch.",
        )


def _measure_training(spec: TrainingSpec, num_parameters: int, num_values: int) -> int:
    each_weight = 2 + _SLOTS[spec.optimizer]
    remembered = (spec.batch_size or 1) * num_values * _AHEAD_AND_BACK
    return BYTES * (num_parameters * each_weight + remembered)


def _cost_decoder(
    plan: Plan, spec: ExperimentSpec, shape: WindowShape, num_outputs: int, identities: int
) -> list[LayerCost]:
    decoder, width, horizon = plan.decoder, plan.state.width, shape.horizon
    title = f"Decoder: {decoder.title[0].lower()}{decoder.title[1:]}"
    levels = 2 * len(LEVELS) if spec.task.ranges == "quantile" else 0
    if isinstance(decoder, SequenceDecoder):
        cost = _cost_feedback(decoder, plan, title, shape, num_outputs)
        return [cost, *_cost_widths(width, horizon, 1, num_outputs, levels)]
    layers, length = [], horizon
    if isinstance(decoder, SegmentDecoder):
        length = min(decoder.length, shape.lookback)
        layers.append(_cost_segments(width, title, shape, length, identities))
    elif shape.num_future:
        told = horizon * KNOWN_WIDTH
        mixed = (KNOWN_WIDTH + shape.num_future) * MIX_WIDTH
        num_weights = (width + 1) * told + mixed + MIX_WIDTH
        flops = 2 * (width * told + horizon * mixed)
        layers.append(LayerCost(title, (horizon, MIX_WIDTH), num_weights, flops, 2 * told))
        width, length = MIX_WIDTH, 1
    groups = -(-horizon // length)
    products = width * length * num_outputs
    layers.append(
        LayerCost(
            "Prediction",
            (horizon, num_outputs),
            products + length * num_outputs,
            2 * groups * products,
            horizon * num_outputs,
        )
    )
    return [*layers, *_cost_widths(width, groups, length, num_outputs, levels)]


def _cost_segments(
    units: int, title: str, shape: WindowShape, length: int, identities: int
) -> LayerCost:
    count = -(-shape.horizon // length)
    own = units // 2 if identities else 0
    num_weights = count * (units - own) + identities * own
    products = 4 * 2 * units * units
    num_weights += products + 4 * units
    flops = count * 2 * products
    if shape.num_future:
        told = length * shape.num_future * units
        num_weights += told + units
        flops += 2 * count * told
    return LayerCost(title, (count, units), num_weights, flops, count * 6 * units)


def _cost_feedback(
    decoder: SequenceDecoder, plan: Plan, title: str, shape: WindowShape, num_outputs: int
) -> LayerCost:
    units, horizon = plan.state.width, shape.horizon
    steps = plan.places[-1].before.steps or 1
    products = 4 * units * (units + num_outputs + shape.num_future)
    num_weights = products + 4 * units
    if decoder.attention is not None:
        products += 3 * units * units
        num_weights += 3 * units * units
    each = 2 * products
    if decoder.attention == "additive":
        num_weights += units * units + units
        each += 2 * steps * units * units
    num_weights += units * num_outputs + num_outputs
    seen = steps * units if decoder.attention else 0
    return LayerCost(
        title,
        (horizon, num_outputs),
        num_weights,
        horizon * (each + 4 * seen),
        horizon * (6 * units + seen),
        "it is fed what it said before, step by step",
    )


def _cost_widths(
    width: int, groups: int, length: int, num_outputs: int, levels: int
) -> list[LayerCost]:
    if not levels:
        return []
    products = width * length * num_outputs * levels
    return [
        LayerCost(
            "Ranges",
            (groups * length, num_outputs, levels),
            products + length * num_outputs * levels,
            2 * groups * products,
            groups * length * num_outputs * levels,
        )
    ]
