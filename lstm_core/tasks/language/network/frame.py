"""What a language network is built around: sizes that its building, cost and script share."""

from __future__ import annotations

from dataclasses import dataclass

from lstm_core.errors import SpecError
from lstm_core.learning.feeds.texts import TextShape
from lstm_core.models.carrying import find_carrying
from lstm_core.models.plan import Place, Plan, plan_steps
from lstm_core.models.recipes import expand_architecture
from lstm_core.spec import ExperimentSpec
from lstm_core.spec.layers import DirectDecoder
from lstm_core.spec.layers.layer import Size


@dataclass(frozen=True)
class NetworkFrame:
    """A network, told from its spec and the text's sizes.

    Attributes:
        given: a stretch as the first layer reads it.
        plan: the layers. ``carrying``: those whose state goes on from stretch to stretch.
    """

    spec: ExperimentSpec
    shape: TextShape
    given: Size
    plan: Plan
    carrying: tuple[Place, ...]

    @classmethod
    def of(cls, spec: ExperimentSpec, shape: TextShape) -> NetworkFrame:
        """Plan the network.

        Args:
            spec: filled in.

        Raises:
            SpecError: its layers don't go together, see what comes, or have no state to carry.
        """
        stack, decoder = expand_architecture(spec.model, shape.steps)
        if decoder.feeds_back or (
            spec.model.decoder is not None and not isinstance(decoder, DirectDecoder)
        ):
            raise SpecError(
                f"{decoder.name} goes on beyond the end by itself, and here each next unit is said "
                "from those before.",
                "Take another architecture, such as stacked, or the direct decoder.",
            )
        given = Size(shape.steps, spec.task.embedding)
        plan = plan_steps(stack, given)
        return cls(spec, shape, given, plan, find_carrying(plan))

    @property
    def is_tied(self) -> bool:
        return bool(self.spec.task.tied)

    @property
    def projects(self) -> bool:
        """Whether the last layer is brought to the width of a unit's vector before it is said."""
        return self.is_tied and self.plan.end.width != self.given.width
