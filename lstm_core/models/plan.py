"""What a stack of layers makes of a window, told from its spec alone: nothing is built.

Pages draw from it, ``costs`` counts by it, and ``building`` builds by it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lstm_core.errors import SpecError
from lstm_core.models.words import LAYER_TITLES
from lstm_core.spec.layers import (
    MOST_LAYERS,
    AttentionLayer,
    Conv1dLayer,
    ConvLstmLayer,
    Decoder,
    DenseLayer,
    GruLayer,
    Layer,
    LstmLayer,
    PeepholeLayer,
    PoolingLayer,
    PositionLayer,
    RecurrentLayer,
    SegmentsLayer,
    SimpleRnnLayer,
    SlstmLayer,
    SummaryLayer,
    TransformerLayer,
)


@dataclass(frozen=True)
class Size:
    """The shape of what flows, without the batch: ``(steps, width)``; ``(width,)`` for a vector."""

    steps: int | None
    width: int

    @property
    def shape(self) -> tuple[int, ...]:
        return (self.width,) if self.steps is None else (self.steps, self.width)

    @property
    def num_values(self) -> int:
        return (self.steps or 1) * self.width


@dataclass(frozen=True)
class Place:
    """A layer in its place; ``number`` counts from 1."""

    number: int
    layer: Layer
    before: Size
    after: Size


@dataclass(frozen=True)
class Plan:
    """An encoder, and what is to go on from it.

    Attributes:
        places: every layer with what goes in and what comes out; never empty.
        decoder: what goes on from the last of them.
    """

    places: tuple[Place, ...]
    decoder: Decoder

    @property
    def state(self) -> Size:
        """What the decoder is handed: one vector a window."""
        return Size(None, self.places[-1].after.width)

    @property
    def keeps_steps(self) -> bool:
        """Whether the decoder looks back at the last layer's steps."""
        return self.decoder.kind == "sequence" and self.decoder.attention is not None

    @property
    def keeps_cell(self) -> bool:
        """Whether the decoder goes on from the last layer's cell state as well."""
        return self.decoder.kind != "direct"


def plan_encoder(
    stack: Sequence[Layer], decoder: Decoder, lookback: int, num_features: int
) -> Plan:
    """Follow a window, ``(lookback, num_features)``, through the layers.

    Raises:
        SpecError: two layers don't go together, or the window is too short for one.
    """
    if not stack:
        raise SpecError("The network has no layers.", "Add one, such as an LSTM.")
    if len(stack) > MOST_LAYERS:
        raise SpecError(f"The network has {len(stack)} layers; {MOST_LAYERS} is the most.")
    size = Size(lookback, num_features)
    places = []
    for index, layer in enumerate(stack):
        name = name_place(index + 1, layer)
        if size.steps is None and reads_steps(layer):
            raise SpecError(
                f"{name} needs steps to read, and what comes before it has made one vector of "
                "them.",
                "Move it to before that layer.",
            )
        after = _resize(layer, size, name, any(map(reads_steps, stack[index + 1 :])))
        places.append(Place(index + 1, layer, size, after))
        size = after
    if size.steps is not None:
        raise SpecError(
            f"{name_place(len(stack), stack[-1])} comes last and leaves {size.steps} steps, where "
            "one vector is needed.",
            "Put an LSTM, attention or a summary behind it.",
        )
    _check_decoder(decoder, stack[-1])
    return Plan(tuple(places), decoder)


def name_place(number: int, layer: Layer) -> str:
    """Name a layer for people: ``"Layer 2 (LSTM)"``."""
    return f"Layer {number} ({LAYER_TITLES[layer.kind]})"


def reads_steps(layer: Layer) -> bool:
    """Whether a layer needs several steps; the others take one vector as well."""
    return isinstance(layer, _READERS)


def has_cell(layer: Layer) -> bool:
    """Whether a decoder can go on from its output and cell state."""
    return isinstance(layer, LstmLayer | PeepholeLayer) and layer.bidirectional is None


def _check_decoder(decoder: Decoder, last: Layer) -> None:
    if decoder.kind == "direct" or has_cell(last):
        return
    title = {"segments": "The segment decoder", "sequence": "The sequence decoder"}[decoder.kind]
    raise SpecError(
        f"{title} goes on from the output and the cell state of an LSTM that reads forwards, and "
        f"the last layer is none: {LAYER_TITLES[last.kind]}.",
        "End with an LSTM or a peephole LSTM, or choose the direct decoder.",
    )


def _resize(layer: Layer, size: Size, name: str, wants_steps: bool) -> Size:
    """Return what a layer makes of a size; ``wants_steps``: one behind it reads steps."""
    steps, width = size.steps, size.width
    if isinstance(layer, DenseLayer):
        return Size(steps, layer.units)
    if not isinstance(layer, _READERS):
        return size
    assert steps is not None
    if isinstance(layer, RecurrentLayer):
        if isinstance(layer, SlstmLayer) and layer.units % layer.heads:
            raise SpecError(
                f"{name} has {layer.units} units, which {layer.heads} heads can't share evenly.",
                "Make the units a multiple of the heads.",
            )
        width = layer.units * (2 if layer.bidirectional == "concat" else 1)
        return Size(steps if wants_steps else None, width)
    if isinstance(layer, ConvLstmLayer):
        _check_length(name, "frame", layer.frame, steps)
        return Size(steps // layer.frame if wants_steps else None, layer.frame * layer.filters)
    if isinstance(layer, SegmentsLayer):
        _check_length(name, "segment", layer.length, steps)
        return Size(steps // layer.length, layer.length * width)
    if isinstance(layer, PoolingLayer):
        _check_length(name, "pool", layer.size, steps)
        return Size(steps // layer.size, width)
    if isinstance(layer, Conv1dLayer):
        reach = (layer.kernel_size - 1) * layer.dilation
        if layer.padding == "valid":
            _check_length(name, "pattern", reach + 1, steps)
            steps -= reach
        return Size(steps, layer.filters)
    if isinstance(layer, TransformerLayer) and width % layer.heads:
        raise SpecError(
            f"{name} is given {width} features, which {layer.heads} heads can't share evenly.",
            "Put a dense layer before it whose units are a multiple of the heads.",
        )
    if isinstance(layer, AttentionLayer):
        return Size(None, 2 * width)
    if isinstance(layer, SummaryLayer):
        return Size(None, width)
    return size


def _check_length(name: str, what: str, length: int, steps: int) -> None:
    if length > steps:
        raise SpecError(
            f"{name} needs {length} steps for one {what}, and is given {steps}.",
            f"Shorten the {what}, or look back further.",
        )


_READERS = (
    LstmLayer,
    PeepholeLayer,
    SlstmLayer,
    GruLayer,
    SimpleRnnLayer,
    ConvLstmLayer,
    Conv1dLayer,
    PoolingLayer,
    SegmentsLayer,
    PositionLayer,
    TransformerLayer,
    AttentionLayer,
    SummaryLayer,
)
