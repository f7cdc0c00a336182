"""What a forecasting network costs before it is built: what its parts add up to."""

from __future__ import annotations

from lstm_core.learning.feeds.windows import WindowShape
from lstm_core.models.costs import NetworkCost, cost_network
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.forecasting.network.frame import NetworkFrame, count_window_features
from lstm_core.tasks.forecasting.network.wiring import list_decoding


def measure_cost(spec: ExperimentSpec, shape: WindowShape) -> NetworkCost:
    """Compute what ``network.build_network`` would build.

    Args:
        spec: one that ``defaults.resolve_spec`` has filled in.

    Raises:
        SpecError: its layers don't go together.
    """
    frame = NetworkFrame.of(spec, shape)
    return cost_network(
        frame.plan,
        spec.training,
        behind=[part.cost for part in list_decoding(frame) if part.cost is not None],
        num_inputs=shape.lookback * count_window_features(spec, shape),
        num_runs=frame.num_channels,
    )
