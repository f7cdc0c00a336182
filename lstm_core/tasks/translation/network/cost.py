"""What a translating network costs before it is built: what its parts add up to."""

from __future__ import annotations

from lstm_core.learning.feeds.pairs import PairShape
from lstm_core.models.costs import NetworkCost, cost_network
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.translation.network.frame import NetworkFrame
from lstm_core.tasks.translation.network.wiring import list_bridge, list_decoder, list_stem


def measure_cost(spec: ExperimentSpec, shape: PairShape) -> NetworkCost:
    """Compute what ``building.build_network`` would build, for a pair of usual lengths.

    Args:
        spec: filled in.

    Raises:
        SpecError: its layers don't go together.
    """
    frame = NetworkFrame.of(spec, shape)
    behind = [*list_bridge(frame), *list_decoder(frame)]
    return cost_network(
        frame.plan,
        spec.training,
        before=[part.cost for part in list_stem(frame) if part.cost is not None],
        behind=[part.cost for part in behind if part.cost is not None],
        num_inputs=shape.source_steps + shape.target_steps,
    )
