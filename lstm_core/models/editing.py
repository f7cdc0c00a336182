"""Changing a network layer by layer; what would not hold together is refused, with the reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from lstm_core.errors import SpecError
from lstm_core.models.plan import Plan, plan_encoder
from lstm_core.spec.layers import DECODER_KINDS, LAYER_KINDS, Decoder, Layer

Follow = Callable[[Sequence[Layer], Decoder, int, int], Plan]
"""Plans layers for an example of so many steps and features; ``plan.plan_encoder`` is one."""


@dataclass(frozen=True)
class Design:
    """A network on its way from an example to what goes on from it.

    Each change returns a new design, or raises a SpecError that says why it can't be made. A
    design that doesn't hold together takes any change: it may be what mends it. Positions count
    from 0.

    Attributes:
        stack: its layers, in order.
        decoder: what goes on from them.
        num_steps, num_features: of an example as the first layer is given it.
        season: steps after which a pattern returns; 1 for none.
        follow: how its task follows an example through the layers.
    """

    stack: tuple[Layer, ...]
    decoder: Decoder
    num_steps: int
    num_features: int
    season: int = 1
    follow: Follow = plan_encoder

    @property
    def plan(self) -> Plan:
        """The shapes between the layers.

        Raises:
            SpecError: it doesn't hold together.
        """
        return self.follow(self.stack, self.decoder, self.num_steps, self.num_features)

    @cached_property
    def fault(self) -> SpecError | None:
        """Why it doesn't hold together; none where it does."""
        try:
            _ = self.plan
        except SpecError as error:
            return error
        return None

    def add(self, layer: Layer, position: int) -> Design:
        """Put a layer before the one at a position; at the length of the stack: behind all."""
        return self._restack((*self.stack[:position], layer, *self.stack[position:]))

    def propose(self, kind: str, position: int) -> Design:
        """Add a layer of a kind, with options that fit the place where the defaults don't.

        Segments and frames are as long as a season, where there is room.
        """
        *large, smallest = _suggest_layers(kind, self.season)
        for layer in large:
            with suppress(SpecError):
                return self.add(layer, position)
        return self.add(smallest, position)

    def remove(self, position: int) -> Design:
        if len(self.stack) == 1:
            raise SpecError("It is the only layer.", "Add another one first.")
        return self._restack((*self.stack[:position], *self.stack[position + 1 :]))

    def move(self, position: int, by: int) -> Design:
        """Let a layer change places with the one ``by`` places further on: -1 or 1."""
        other = position + by
        if not 0 <= other < len(self.stack):
            raise SpecError("It is the first layer." if by < 0 else "It is the last layer.")
        return self._restack(exchange(self.stack, position, other))

    def duplicate(self, position: int) -> Design:
        """Put a second one behind a layer."""
        return self.add(self.stack[position], position + 1)

    def replace(self, position: int, layer: Layer) -> Design:
        return self._restack((*self.stack[:position], layer, *self.stack[position + 1 :]))

    def decode_by(self, decoder: Decoder) -> Design:
        return self._accept(replace(self, decoder=decoder))

    def propose_decoder(self, kind: str) -> Design:
        """Choose a decoder of a kind; its segments are as long as those that come in."""
        options: dict[str, int] = {}
        if kind == "segments":
            cuts = [layer.length for layer in self.stack if layer.kind == "segments"]
            wanted = cuts[0] if cuts else max(self.season, 2)
            options = {"length": min(wanted, self.num_steps, 1_000)}
        make: type[Any] = DECODER_KINDS[kind]
        return self.decode_by(make(**options))

    def _restack(self, stack: tuple[Layer, ...]) -> Design:
        return self._accept(replace(self, stack=stack))

    def _accept(self, changed: Design) -> Design:
        if changed.fault is not None and self.fault is None:
            raise changed.fault
        return changed


def exchange(items: tuple[Any, ...], one: int, other: int) -> tuple[Any, ...]:
    """Return a tuple in which two places have changed their contents."""
    order = list(items)
    order[one], order[other] = order[other], order[one]
    return tuple(order)


def why_not(change: Callable[[], Design]) -> str:
    """Say why a change can't be made, in a sentence or two; empty where it can."""
    try:
        change()
    except SpecError as error:
        return str(error)
    return ""


def _suggest_layers(kind: str, season: int) -> Iterator[Layer]:
    """Yield layers of one kind: what is usual first, then smaller ones."""
    make: type[Any] = LAYER_KINDS[kind]
    fitting = make.fitting
    if fitting is None:
        yield make()
        return
    if fitting.follows_season and season > 1:
        yield make(**{fitting.option: min(season, 1_000)})
    for size in fitting.sizes:
        yield make(**{fitting.option: size})
