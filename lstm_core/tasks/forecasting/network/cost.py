"""What a forecasting network costs before it is built: what its parts add up to."""

from __future__ import annotations

from lstm_core.learning.feeds.windows import WindowShape
from lstm_core.models.costs import LayerCost, NetworkCost, cost_network
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.forecasting.network.categories import choose_width, count_table
from lstm_core.tasks.forecasting.network.frame import NetworkFrame, count_window_features
from lstm_core.tasks.forecasting.network.wiring import list_decoding
from lstm_core.tasks.forecasting.pretrained.tuning.cost import measure_pretrained_cost


def measure_cost(spec: ExperimentSpec, shape: WindowShape) -> NetworkCost:
    """Compute what ``network.build_network`` would build.

    Args:
        spec: one that ``defaults.resolve_spec`` has filled in.

    Raises:
        SpecError: its layers don't go together.
    """
    if spec.model.comes_trained:
        return measure_pretrained_cost(spec, shape)
    frame = NetworkFrame.of(spec, shape)
    return cost_network(
        frame.plan,
        spec.training,
        before=_cost_categories(frame),
        behind=[part.cost for part in list_decoding(frame) if part.cost is not None],
        num_inputs=shape.lookback * count_window_features(spec, shape),
        num_runs=frame.num_channels,
    )


def _cost_categories(frame: NetworkFrame) -> tuple[LayerCost, ...]:
    """Count the tables of categories; each step that is read or known ahead is looked up."""
    shape, groups, ahead = frame.shape, frame.shape.categories, frame.shape.categories_ahead
    if not groups:
        return ()
    products = shape.lookback * count_table(groups) + shape.horizon * count_table(ahead)
    num_values = shape.lookback * sum(choose_width(len(group)) for group in groups)
    num_values += shape.horizon * sum(choose_width(len(group)) for group in ahead)
    after = (shape.lookback, count_window_features(frame.spec, shape))
    return (LayerCost("Categories", after, count_table(groups), 2 * products, num_values),)
