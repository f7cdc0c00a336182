"""What a tagging network costs before it is built: what its parts add up to."""

from __future__ import annotations

from lstm_core.learning.encoding.words import LONGEST_WORD
from lstm_core.learning.feeds.tags import TagShape
from lstm_core.models.costs import NetworkCost, cost_network
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.tagging.network.frame import NetworkFrame
from lstm_core.tasks.tagging.network.head import say_tags
from lstm_core.tasks.tagging.network.stem import list_stem


def measure_cost(spec: ExperimentSpec, shape: TagShape) -> NetworkCost:
    """Compute what ``building.build_network`` would build, for a sequence of usual length.

    Args:
        spec: filled in.

    Raises:
        SpecError: its layers don't go together.
    """
    frame = NetworkFrame.of(spec, shape)
    each = LONGEST_WORD + 2 if frame.spells else 2
    return cost_network(
        frame.plan,
        spec.training,
        before=[part.cost for part in list_stem(frame) if part.cost is not None],
        behind=[part.cost for part in say_tags(frame) if part.cost is not None],
        num_inputs=(frame.given.steps or 1) * (shape.num_channels or each),
    )
