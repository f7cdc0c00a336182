"""What a forecasting network costs before it is built: what its parts add up to."""

from __future__ import annotations

from dataclasses import dataclass

from lstm_core.errors import SpecError
from lstm_core.learning.feeds.windows import WindowShape
from lstm_core.machine import measure_memory_bytes
from lstm_core.models.costs import LayerCost, cost_encoder
from lstm_core.spec import ExperimentSpec, TrainingSpec
from lstm_core.tasks.forecasting.network.frame import NetworkFrame, count_window_features
from lstm_core.tasks.forecasting.network.wiring import list_decoding

BYTES = 4
"""Of one number, float32."""

_SLOTS = {"adam": 2, "adamw": 2, "lion": 1, "rmsprop": 1, "sgd": 1}
"""Numbers that an optimizer keeps of each weight, beside the weight and its gradient."""

_AHEAD_AND_BACK = 2


@dataclass(frozen=True)
class NetworkCost:
    """What a network costs.

    Attributes:
        layers: those of the encoder, one for each of its places, then the decoder's parts.
        num_parameters: trainable weights.
        flops: forwards, for one window.
        training_bytes: about what training holds at once: weights, gradients, the optimizer's
            own, and what a batch is remembered by.
    """

    layers: tuple[LayerCost, ...]
    num_parameters: int
    flops: int
    training_bytes: int

    @property
    def is_fast(self) -> bool:
        """Whether every recurrent layer can run on a GPU's fast kernel (cuDNN)."""
        return not any(layer.slow_because for layer in self.layers)


def measure_cost(spec: ExperimentSpec, shape: WindowShape) -> NetworkCost:
    """Compute what ``network.build_network`` would build.

    Args:
        spec: one that ``defaults.resolve_spec`` has filled in.

    Raises:
        SpecError: its layers don't go together.
    """
    frame = NetworkFrame.of(spec, shape)
    behind = [part.cost for part in list_decoding(frame) if part.cost is not None]
    layers = (*cost_encoder(frame.plan), *behind)
    num_parameters = sum(layer.num_parameters for layer in layers)
    num_values = sum(layer.num_values for layer in layers)
    num_values += shape.lookback * count_window_features(spec, shape)
    return NetworkCost(
        layers,
        num_parameters,
        frame.num_channels * sum(layer.flops for layer in layers),
        _measure_training(spec.training, num_parameters, frame.num_channels * num_values),
    )


def check_size(cost: NetworkCost) -> None:
    """Refuse a network that this machine has no memory to train.

    Raises:
        SpecError: it would need more than there is.
    """
    room = measure_memory_bytes()
    if room is not None and cost.training_bytes > room:
        raise SpecError(
            f"This network has {cost.num_parameters:,} parameters and would need about "
            f"{cost.training_bytes / 2**30:,.1f} GB to train; the machine has "
            f"{room / 2**30:,.1f} GB.",
            "Make it narrower or less deep, or shorten the lookback or the batch.",
        )


def _measure_training(spec: TrainingSpec, num_parameters: int, num_values: int) -> int:
    each_weight = 2 + _SLOTS[spec.optimizer]
    remembered = (spec.batch_size or 1) * num_values * _AHEAD_AND_BACK
    return BYTES * (num_parameters * each_weight + remembered)
