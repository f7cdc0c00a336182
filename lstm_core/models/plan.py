"""What a stack of layers makes of a window or an item, told from its spec alone: nothing is built.

Pages draw from it, ``costs`` counts by it, and ``building`` builds by it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from lstm_core.errors import SpecError
from lstm_core.spec.layers import MOST_LAYERS, Decoder, DirectDecoder, Layer
from lstm_core.spec.layers.layer import Flow, Size
from lstm_core.spec.layers.steps import Step


@dataclass(frozen=True)
class Place:
    """A layer in its place, and what flows through it."""

    layer: Layer
    flow: Flow

    @property
    def number(self) -> int:
        return self.flow.number

    @property
    def before(self) -> Size:
        return self.flow.before

    @property
    def after(self) -> Size:
        return self.flow.after


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
    def end(self) -> Size:
        """What the last layer gives."""
        return self.places[-1].after

    @property
    def state(self) -> Size:
        """What the decoder is handed: one vector a window."""
        return Size(None, self.end.width)

    @property
    def keeps_steps(self) -> bool:
        """Whether the decoder looks back at the last layer's steps."""
        return self.places[-1].flow.keeps_steps

    @property
    def keeps_cell(self) -> bool:
        """Whether the decoder goes on from the last layer's cell state as well."""
        return self.places[-1].flow.keeps_cell

    def list_steps(self) -> list[Step]:
        """Return the steps from ``x``, a window, to ``x``, its state.

        Of items, ``lengths`` go beside ``x``, as far as ``end`` has steps.

        Where the decoder goes on from more, ``cell`` is the last LSTM's cell state, and
        ``steps`` are its outputs.
        """
        return [step for place in self.places for step in place.layer.list_steps(place.flow)]


def plan_encoder(
    stack: Sequence[Layer], decoder: Decoder, lookback: int, num_features: int
) -> Plan:
    """Follow a window, ``(lookback, num_features)``, through the layers.

    Raises:
        SpecError: two layers don't go together, or the window is too short for one.
    """
    plan = Plan(_follow(stack, decoder, Size(lookback, num_features)), decoder)
    if plan.end.steps is not None:
        raise SpecError(
            f"{name_place(len(stack), stack[-1])} comes last and leaves {plan.end.steps} steps, "
            "where one vector is needed.",
            "Put an LSTM, attention or a summary behind it.",
        )
    _check_decoder(decoder, stack[-1])
    return plan


def plan_items(stack: Sequence[Layer], usual: Size, *, keeps_steps: bool) -> Plan:
    """Follow items of unequal lengths through the layers, up to what says something of them.

    No item is too short for a layer: it is filled up.

    Args:
        usual: a usual item.
        keeps_steps: a last layer that could do with its last step keeps all. A layer that makes
            one vector of them, such as attention, does so in any case.

    Raises:
        SpecError: two layers don't go together.
    """
    size, decoder = replace(usual, is_uneven=True), DirectDecoder()
    return Plan(_follow(stack, decoder, size, keeps_steps=keeps_steps), decoder)


def plan_steps(stack: Sequence[Layer], given: Size) -> Plan:
    """Follow a stretch through layers that keep its steps, up to what says something of each.

    Raises:
        SpecError: two layers don't go together, or one leaves other steps than it is given.
    """
    decoder = DirectDecoder()
    plan = Plan(_follow(stack, decoder, given, keeps_steps=True), decoder)
    for place in plan.places:
        if place.after.steps != given.steps:
            raise SpecError(
                f"{name_place(place.number, place.layer)} leaves other steps than it is given, and "
                "something is to be said of every one.",
                "Take it out, or take a network of LSTM layers such as stacked.",
            )
    return plan


def _follow(
    stack: Sequence[Layer], decoder: Decoder, size: Size, *, keeps_steps: bool = False
) -> tuple[Place, ...]:
    if not stack:
        raise SpecError("The network has no layers.", "Add one, such as an LSTM.")
    if len(stack) > MOST_LAYERS:
        raise SpecError(f"The network has {len(stack)} layers; {MOST_LAYERS} is the most.")
    places = []
    for index, layer in enumerate(stack):
        name, behind = name_place(index + 1, layer), stack[index + 1 :]
        if size.steps is None and layer.reads_steps:
            raise SpecError(
                f"{name} needs steps to read, and what comes before it has made one vector of "
                "them.",
                "Move it to before that layer.",
            )
        wants_steps = keeps_steps or any(other.reads_steps for other in behind)
        after = layer.resize(size, name, wants_steps)
        keeps = not behind and decoder.needs_cell, not behind and decoder.needs_steps
        places.append(Place(layer, Flow(index + 1, size, after, *keeps)))
        size = after
    return tuple(places)


def name_place(number: int, layer: Layer) -> str:
    """Name a layer for people: ``"Layer 2 (LSTM)"``."""
    return f"Layer {number} ({layer.title})"


def _check_decoder(decoder: Decoder, last: Layer) -> None:
    if not decoder.needs_cell or last.has_cell:
        return
    raise SpecError(
        f"{decoder.name} goes on from the output and the cell state of an LSTM that reads "
        f"forwards, and the last layer is none: {last.title}.",
        "End with an LSTM or a peephole LSTM, or choose the direct decoder.",
    )
