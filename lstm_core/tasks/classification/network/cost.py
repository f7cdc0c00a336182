"""What a classifying network costs before it is built: what its parts add up to."""

from __future__ import annotations

from lstm_core.learning.feeds.items import ItemShape
from lstm_core.models.costs import NetworkCost, cost_network
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.classification.network.frame import NetworkFrame
from lstm_core.tasks.classification.network.wiring import list_answering, list_stem


def measure_cost(spec: ExperimentSpec, shape: ItemShape) -> NetworkCost:
    """Compute what ``building.build_network`` would build, for an item of usual length.

    Args:
        spec: filled in.

    Raises:
        SpecError: its layers don't go together.
    """
    frame = NetworkFrame.of(spec, shape)
    return cost_network(
        frame.plan,
        spec.training,
        before=[part.cost for part in list_stem(frame) if part.cost is not None],
        behind=[part.cost for part in list_answering(frame) if part.cost is not None],
        num_inputs=(frame.given.steps or 1) * (shape.num_channels or 1),
    )
