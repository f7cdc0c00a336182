"""What the layers of a plan cost, computed from their sizes: nothing is built.

FLOPs count a multiplication and its addition as two, forwards, for one window; training takes
about three times as many. What is neither a product of matrices nor a convolution is counted by
its order of size alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from lstm_core.models.plan import Place, Plan
from lstm_core.models.words import LAYER_TITLES
from lstm_core.spec.layers import (
    AttentionLayer,
    Conv1dLayer,
    ConvLstmLayer,
    DenseLayer,
    GruLayer,
    Layer,
    LayerNormalizationLayer,
    PeepholeLayer,
    RecurrentLayer,
    SimpleRnnLayer,
    SlstmLayer,
    TransformerLayer,
)


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
    layer, steps = place.layer, place.before.steps or 1
    num_values = place.after.num_values
    if isinstance(layer, RecurrentLayer):
        num_weights, flops, num_values = _cost_recurrent(layer, place)
    else:
        count: Callable[[Any, Place], tuple[int, int]] = _COUNTS.get(type(layer), _cost_nothing)
        num_weights, flops = count(layer, place)
        if isinstance(layer, TransformerLayer):
            num_values = steps * (8 * place.before.width + 2 * layer.feedforward)
            num_values += layer.heads * steps * steps
        elif isinstance(layer, ConvLstmLayer):
            num_values = steps * layer.filters * 6
    return LayerCost(
        LAYER_TITLES[layer.kind],
        place.after.shape,
        num_weights,
        flops,
        num_values,
        find_slowness(layer),
    )


def find_slowness(layer: Layer) -> str:
    """Say which option loses the fast recurrent kernel; see ``LayerCost.slow_because``."""
    if isinstance(layer, ConvLstmLayer):
        return "there is no fast kernel for ConvLSTM"
    if not isinstance(layer, RecurrentLayer):
        return ""
    if isinstance(layer, PeepholeLayer | SlstmLayer | SimpleRnnLayer):
        return f"there is no fast kernel for {LAYER_TITLES[layer.kind]}"
    if layer.activation != "tanh":
        return f"its activation is {layer.activation}, and only tanh has one"
    if layer.recurrent_activation != "sigmoid":
        return f"its recurrent activation is {layer.recurrent_activation}, and only sigmoid has one"
    if layer.recurrent_dropout > 0:
        return "recurrent dropout works within the loop"
    return ""


def _cost_recurrent(layer: RecurrentLayer, place: Place) -> tuple[int, int, int]:
    width, units, steps = place.before.width, layer.units, place.before.steps or 1
    gates = {GruLayer: 3, SimpleRnnLayer: 1}.get(type(layer), 4)
    products = gates * units * (width + units)
    num_weights = products + gates * units
    if isinstance(layer, GruLayer):
        num_weights += gates * units  # Keras keeps a bias for each of the two products
    elif isinstance(layer, PeepholeLayer):
        num_weights += 3 * units
    elif isinstance(layer, SlstmLayer):
        products = gates * units * (width + units // layer.heads)
        num_weights = products + gates * units
    directions = 1 if layer.bidirectional is None else 2
    flops = directions * steps * (2 * products + 10 * units)
    num_weights *= directions
    if layer.residual and width != place.after.width:
        num_weights += width * place.after.width
        flops += 2 * steps * width * place.after.width
    return num_weights, flops, directions * steps * (gates + 2) * units


def _cost_conv_lstm(layer: ConvLstmLayer, place: Place) -> tuple[int, int]:
    frames = (place.before.steps or 1) // layer.frame
    products = 4 * layer.kernel_size * layer.filters * (place.before.width + layer.filters)
    return products + 4 * layer.filters, 2 * frames * layer.frame * products


def _cost_conv1d(layer: Conv1dLayer, place: Place) -> tuple[int, int]:
    products = layer.kernel_size * place.before.width * layer.filters
    return products + layer.filters, 2 * (place.after.steps or 1) * products


def _cost_dense(layer: DenseLayer, place: Place) -> tuple[int, int]:
    products = place.before.width * layer.units
    return products + layer.units, 2 * (place.before.steps or 1) * products


def _cost_layer_normalization(layer: LayerNormalizationLayer, place: Place) -> tuple[int, int]:
    return 2 * place.before.width, 8 * place.before.num_values


def _cost_transformer(layer: TransformerLayer, place: Place) -> tuple[int, int]:
    width, steps = place.before.width, place.before.steps or 1
    products = 4 * width * width + 2 * width * layer.feedforward
    num_weights = products + 4 * width + layer.feedforward + width + 2 * 2 * width
    return num_weights, 2 * steps * products + 4 * steps * steps * width


def _cost_attention(layer: AttentionLayer, place: Place) -> tuple[int, int]:
    width, steps = place.before.width, place.before.steps or 1
    asked, scored = width * width, 2 * steps * width
    if layer.score == "dot":
        return asked, 2 * asked + 2 * scored
    products = width * width
    return asked + products + width, 2 * asked + 2 * steps * products + 2 * scored


def _cost_nothing(layer: Layer, place: Place) -> tuple[int, int]:
    return 0, place.before.num_values


_COUNTS: dict[type, Callable[[Any, Place], tuple[int, int]]] = {
    ConvLstmLayer: _cost_conv_lstm,
    Conv1dLayer: _cost_conv1d,
    DenseLayer: _cost_dense,
    LayerNormalizationLayer: _cost_layer_normalization,
    TransformerLayer: _cost_transformer,
    AttentionLayer: _cost_attention,
}
