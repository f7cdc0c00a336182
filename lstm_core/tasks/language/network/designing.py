"""A language network as it lies on the designer's desk."""

from __future__ import annotations

from collections.abc import Sequence

from lstm_core.errors import SpecError
from lstm_core.learning.feeds.texts import TextShape
from lstm_core.models.carrying import find_carrying
from lstm_core.models.costs import NetworkCost
from lstm_core.models.editing import Design
from lstm_core.models.ends import End, NetworkEnds
from lstm_core.models.plan import Plan, plan_steps
from lstm_core.models.recipes import expand_architecture
from lstm_core.spec import ExperimentSpec
from lstm_core.spec.layers import Decoder, DirectDecoder, Layer
from lstm_core.spec.layers.layer import Size


def open_design(spec: ExperimentSpec, shape: TextShape) -> Design:
    """Return the layers between what a unit is read by and what the next one is said by."""
    stack, decoder = expand_architecture(spec.model, shape.steps)
    return Design(tuple(stack), decoder, shape.steps, spec.task.embedding, follow=_follow)


def _follow(stack: Sequence[Layer], decoder: Decoder, num_steps: int, num_features: int) -> Plan:
    if not isinstance(decoder, DirectDecoder):
        raise SpecError("Each next unit is said from those before it.", "Take the direct decoder.")
    plan = plan_steps(list(stack), Size(num_steps, num_features))
    find_carrying(plan)
    return plan


def list_ends(spec: ExperimentSpec, shape: TextShape, cost: NetworkCost) -> NetworkEnds:
    """Return the text and what it is read through, and what the next unit is said by."""
    before = (
        End("Text", "its units", (shape.steps,)),
        *(End(layer.title, "", layer.shape, (layer,)) for layer in cost.before),
    )
    behind = tuple(
        End(layer.title, _DETAILS.get(layer.title, ""), layer.shape, (layer,))
        for layer in cost.behind
    )
    return NetworkEnds(before, behind)


_DETAILS = {
    "Projection": "as wide as a unit's numbers",
    "Next unit": "what speaks for each",
}
