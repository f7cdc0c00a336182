"""A classifying network as it lies on the designer's desk."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from lstm_core.errors import SpecError
from lstm_core.learning.feeds.items import ItemShape
from lstm_core.models.costs import NetworkCost
from lstm_core.models.editing import Design
from lstm_core.models.ends import End, NetworkEnds
from lstm_core.models.plan import Plan, plan_items
from lstm_core.models.recipes import expand_architecture
from lstm_core.spec import ExperimentSpec
from lstm_core.spec.layers import Decoder, DirectDecoder, Layer
from lstm_core.spec.layers.layer import Size
from lstm_core.tasks.classification.network.frame import NetworkFrame


def open_design(spec: ExperimentSpec, shape: ItemShape) -> Design:
    """Return the layers between what an item is read as and what its label is told by."""
    usual = spec.model_copy(update={"model": spec.model.model_copy(update=_USUAL)})
    frame = NetworkFrame.of(usual, shape)
    read = frame.blocks[-1].after if frame.blocks else frame.given
    stack, decoder = expand_architecture(spec.model, read.steps or 1)
    follow = partial(_follow, spec.task.pooling)
    return Design(tuple(stack), decoder, read.steps or 1, read.width, follow=follow)


_USUAL = {"architecture": "bidirectional", "units": 1, "stack": (), "decoder": None, "layers": 1}
"""Layers that hold together: what stands before them does not follow from them."""


def _follow(
    pooling: str, stack: Sequence[Layer], decoder: Decoder, num_steps: int, num_features: int
) -> Plan:
    if not isinstance(decoder, DirectDecoder):
        raise SpecError("An item has one label.", "Take the direct decoder.")
    usual = Size(num_steps, num_features, True)
    return plan_items(list(stack), usual, keeps_steps=pooling != "last")


def list_ends(spec: ExperimentSpec, shape: ItemShape, cost: NetworkCost) -> NetworkEnds:
    """Return the item and what it is read through, and what its label is told by."""
    steps = shape.most_steps if shape.has_one_length else shape.usual_steps
    width = () if shape.num_tokens else (shape.num_channels,)
    detail = "its tokens" if shape.num_tokens else "its channels"
    before = (
        End("Item", detail, (steps, *width)),
        *(End(layer.title, "", layer.shape, (layer,)) for layer in cost.before),
    )
    behind = tuple(
        End(layer.title, _DETAILS.get(layer.title, ""), layer.shape, (layer,))
        for layer in cost.behind
    )
    return NetworkEnds(before, behind)


_DETAILS = {"Label": "the probability of each"}
