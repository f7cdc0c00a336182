"""A translating network as it lies on the designer's desk."""

from __future__ import annotations

from collections.abc import Sequence

from lstm_core.errors import SpecError
from lstm_core.learning.feeds.pairs import PairShape
from lstm_core.models.costs import NetworkCost
from lstm_core.models.editing import Design
from lstm_core.models.ends import End, NetworkEnds
from lstm_core.models.plan import Plan
from lstm_core.models.recipes import expand_architecture
from lstm_core.spec import ExperimentSpec
from lstm_core.spec.layers import Decoder, DirectDecoder, Layer
from lstm_core.spec.layers.layer import Size
from lstm_core.tasks.translation.network.frame import follow_layers


def open_design(spec: ExperimentSpec, shape: PairShape) -> Design:
    """Return the layers that read what is given, between its units and the decoder."""
    stack, decoder = expand_architecture(spec.model, shape.source_steps)
    return Design(tuple(stack), decoder, shape.source_steps, spec.task.embedding, follow=_follow)


def _follow(stack: Sequence[Layer], decoder: Decoder, num_steps: int, num_features: int) -> Plan:
    if not isinstance(decoder, DirectDecoder):
        raise SpecError("The task brings a decoder of its own.", "Take the direct decoder.")
    return follow_layers(stack, Size(num_steps, num_features, True))


def list_ends(spec: ExperimentSpec, shape: PairShape, cost: NetworkCost) -> NetworkEnds:
    """Return the text and what it is read through, and what another is said by."""
    before = (
        End("Text", "its units", (shape.source_steps,)),
        *(End(layer.title, "", layer.shape, (layer,)) for layer in cost.before),
    )
    behind = tuple(
        End(layer.title, _DETAILS.get(layer.title, ""), layer.shape, (layer,))
        for layer in cost.behind
    )
    return NetworkEnds(before, behind)


_DETAILS = {
    "Memory": "what is looked back at",
    "Bridge": "what the decoder begins with",
    "Unit before": "what was said last",
    "Attention": "where it looks, and what it finds",
    "Projection": "as wide as a unit's numbers",
    "Next unit": "what speaks for each",
}
