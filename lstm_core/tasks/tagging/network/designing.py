"""A tagging network as it lies on the designer's desk."""

from __future__ import annotations

from collections.abc import Sequence

from lstm_core.errors import SpecError
from lstm_core.learning.feeds.tags import TagShape
from lstm_core.models.costs import NetworkCost
from lstm_core.models.editing import Design
from lstm_core.models.ends import End, NetworkEnds
from lstm_core.models.plan import Plan, plan_items
from lstm_core.models.recipes import expand_architecture
from lstm_core.spec import ExperimentSpec
from lstm_core.spec.layers import Decoder, DirectDecoder, Layer
from lstm_core.spec.layers.layer import Size
from lstm_core.tasks.tagging.network.frame import measure_width


def open_design(spec: ExperimentSpec, shape: TagShape) -> Design:
    """Return the layers between what a step is read by and what its tag is told by."""
    width = measure_width(spec, shape)
    stack, decoder = expand_architecture(spec.model, shape.usual_steps)
    return Design(tuple(stack), decoder, shape.usual_steps, width, follow=_follow)


def _follow(stack: Sequence[Layer], decoder: Decoder, num_steps: int, num_features: int) -> Plan:
    if not isinstance(decoder, DirectDecoder):
        raise SpecError("Each step has one tag.", "Take the direct decoder.")
    plan = plan_items(list(stack), Size(num_steps, num_features, True), keeps_steps=True)
    for place in plan.places:
        if place.after.steps != num_steps:
            raise SpecError(
                f"Layer {place.number} ({place.layer.title}) leaves other steps than it is given, "
                "and every step is to have its tag.",
                "Take it out.",
            )
    return plan


def list_ends(spec: ExperimentSpec, shape: TagShape, cost: NetworkCost) -> NetworkEnds:
    """Return the sequence and what it is read through, and what its tags are told by."""
    width = () if shape.num_words else (shape.num_channels,)
    detail = "its words" if shape.num_words else "its channels"
    before = (
        End("Sequence", detail, (shape.usual_steps, *width)),
        *(End(layer.title, "", layer.shape, (layer,)) for layer in cost.before),
    )
    behind = tuple(
        End(layer.title, _DETAILS.get(layer.title, ""), layer.shape, (layer,))
        for layer in cost.behind
    )
    return NetworkEnds(before, behind)


_DETAILS = {"Scores": "what speaks for each tag", "Tags": "how they follow one another"}
