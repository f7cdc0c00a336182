"""A forecasting network as it lies on the designer's desk."""

from __future__ import annotations

from dataclasses import replace

from lstm_core.learning.feeds.windows import WindowShape
from lstm_core.models.costs import NetworkCost
from lstm_core.models.editing import Design
from lstm_core.models.ends import End, NetworkEnds
from lstm_core.models.recipes import expand_architecture
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.forecasting.network.frame import count_window_features
from lstm_core.tasks.forecasting.pretrained.tuning.cost import list_pretrained_ends


def open_design(spec: ExperimentSpec, shape: WindowShape) -> Design:
    """Return the layers between window and decoder, and the decoder."""
    stack, decoder = expand_architecture(spec.model, shape.lookback)
    num_features = count_window_features(spec, shape)
    season = spec.task.season or 1
    return Design(tuple(stack), decoder, shape.lookback, num_features, season)


def list_ends(spec: ExperimentSpec, shape: WindowShape, cost: NetworkCost) -> NetworkEnds:
    """Return the window, and the decoder and the prediction."""
    if spec.model.comes_trained:
        return list_pretrained_ends(shape, cost)
    _, decoder = expand_architecture(spec.model, shape.lookback)
    unread = replace(shape, categories=(), categories_ahead=())
    window = (shape.lookback, count_window_features(spec, unread))
    ahead = (shape.horizon, shape.num_targets)
    ranges = "with ranges" if spec.task.ranges == "quantile" else ""
    front = (
        End("Window", "what it looks back on", window),
        *(End(layer.title, "looked up", layer.shape, (layer,)) for layer in cost.before),
    )
    is_told = shape.num_future or shape.has_earlier
    if decoder.kind == "direct" and not is_told:
        return NetworkEnds(
            front, (End("Prediction", ranges, ahead, cost.behind, "decoder", is_of_decoder=True),)
        )
    told = "told what is known ahead" if is_told else "the decoder"
    first, rest = cost.behind[:1], cost.behind[1:]
    apart = End(decoder.title, told, first[0].shape, first, "decoder", is_of_decoder=True)
    return NetworkEnds(front, (apart, End("Prediction", ranges, ahead, rest, is_of_decoder=True)))
