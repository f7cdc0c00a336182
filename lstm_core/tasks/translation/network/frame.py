"""What a translating network is built around: sizes that its building, cost and script share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lstm_core.errors import SpecError
from lstm_core.learning.feeds.pairs import PairShape
from lstm_core.models.plan import Plan, name_place, plan_items
from lstm_core.models.recipes import expand_architecture
from lstm_core.spec import ExperimentSpec
from lstm_core.spec.architectures.entry import Stack
from lstm_core.spec.layers import DirectDecoder, Layer
from lstm_core.spec.layers.layer import Size


@dataclass(frozen=True)
class NetworkFrame:
    """A network, told from its spec and the sizes of pairs.

    Attributes:
        given: a usual text as the first layer reads it.
        plan: the layers that read what is given.
    """

    spec: ExperimentSpec
    shape: PairShape
    given: Size
    plan: Plan

    @classmethod
    def of(cls, spec: ExperimentSpec, shape: PairShape) -> NetworkFrame:
        """Plan the network.

        Args:
            spec: filled in.

        Raises:
            SpecError: its layers don't go together, or leave no steps to look back at.
        """
        assert spec.task.embedding is not None
        given = Size(shape.source_steps, spec.task.embedding, True)
        return cls(spec, shape, given, follow_layers(_expand(spec, shape.source_steps), given))

    @property
    def width(self) -> int:
        """Of each layer of the decoder."""
        found = self.spec.task.decoder_units
        assert found is not None
        return int(found)

    @property
    def num_layers(self) -> int:
        """Of the decoder."""
        found = self.spec.task.decoder_layers
        assert found is not None
        return int(found)

    @property
    def looks_back(self) -> bool:
        return self.spec.task.attention != "none"

    @property
    def states(self) -> tuple[str, ...]:
        """What the decoder hands on from step to step, by name, layer by layer."""
        return tuple(
            name
            for number in range(1, self.num_layers + 1)
            for name in (f"state_{number}", f"cell_{number}")
        )


def follow_layers(stack: Sequence[Layer], given: Size) -> Plan:
    """Plan the layers that read what is given.

    Raises:
        SpecError: they don't go together, or leave other steps than they are given.
    """
    plan = plan_items(list(stack), given, keeps_steps=True)
    for place in plan.places:
        if place.after.steps != given.steps:
            raise SpecError(
                f"{name_place(place.number, place.layer)} leaves other steps than it is given, and "
                "the decoder looks back at every one.",
                "Take it out, or take a network of LSTM layers such as bidirectional.",
            )
    return plan


def _expand(spec: ExperimentSpec, steps: int) -> Stack:
    if spec.training.stateful:
        raise SpecError(
            "Pairs don't follow one another, so no state goes on from one to the next.",
            "Set training.stateful to false.",
        )
    stack, decoder = expand_architecture(spec.model, steps)
    if decoder.feeds_back or (
        spec.model.decoder is not None and not isinstance(decoder, DirectDecoder)
    ):
        raise SpecError(
            f"{decoder.name} goes on with numbers, and what is wanted here is said unit by unit: "
            "the task brings a decoder of its own.",
            "Take another architecture, such as bidirectional, or the direct decoder.",
        )
    return stack
