"""What a language network costs before it is built: what its parts add up to."""

from __future__ import annotations

from lstm_core.learning.feeds.texts import TextShape
from lstm_core.models.costs import NetworkCost, cost_network
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.language.network.frame import NetworkFrame
from lstm_core.tasks.language.network.wiring import list_head, list_stem


def measure_cost(spec: ExperimentSpec, shape: TextShape) -> NetworkCost:
    """Compute what ``building.build_network`` would build, for one stretch.

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
        behind=[part.cost for part in list_head(frame) if part.cost is not None],
        num_inputs=shape.steps,
    )
