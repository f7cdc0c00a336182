"""The pre-trained networks as one Keras model that can go on learning."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
from keras import ops

from lstm_core.learning.feeds.windows import WindowShape
from lstm_core.models.precision import layers_in
from lstm_core.spec import ExperimentSpec
from lstm_core.spec.model import FineTune
from lstm_core.tasks.forecasting.levels import list_quantiles
from lstm_core.tasks.forecasting.pretrained.describing import (
    NUM_INPUTS,
    NUM_QUERIES,
    NUM_TRIED,
    PATCH,
    TAIL,
)
from lstm_core.tasks.forecasting.pretrained.keras_network import (
    build_network,
    find_sizes,
    give_weights,
    take_weights,
)
from lstm_core.tasks.forecasting.pretrained.network import Weights
from lstm_core.tasks.forecasting.pretrained.quantiles import MEDIAN, QUANTILES
from lstm_core.tasks.forecasting.pretrained.rules.candidates import RULES
from lstm_core.tasks.forecasting.pretrained.tuning.scales import SCALES
from lstm_core.tasks.forecasting.pretrained.tuning.table import PARTS
from lstm_core.tasks.forecasting.pretrained.weights import (
    Pretrained,
    get_latest_version,
    load_version,
)

ENDS = (MEDIAN, *(QUANTILES.index(round(share, 4)) for share in list_quantiles()))
"""Where the point and the low and high end of each range stand among the quantiles."""


def find_pretrained(spec: ExperimentSpec) -> Pretrained:
    """Return the version that a spec names, or the latest."""
    return load_version(spec.model.pretrained_version or get_latest_version())


def build_tunable(shape: WindowShape, spec: ExperimentSpec) -> keras.Model:
    """Build the network with the weights that it comes with.

    Args:
        spec: filled in; ``model.fine_tune`` says which weights can learn.

    Returns:
        A model from the parts of a description, ``(batch, targets, ...)`` each, and the scales,
        ``(batch, targets)``, to ``(batch, horizon, targets, 1 + 2 * levels)``: point, then low and
        high end of each range, scaled.
    """
    pretrained = find_pretrained(spec)
    targets, horizon = shape.num_targets, shape.horizon
    sizes = {
        "inputs": (TAIL // PATCH, NUM_INPUTS),
        "queries": (horizon, NUM_QUERIES),
        "tried": (NUM_TRIED,),
        "candidates": (horizon, len(RULES)),
        "spread": (horizon,),
    }
    with layers_in(spec.training.precision):
        given = {name: keras.Input((targets, *sizes[name]), name=name) for name in PARTS}
        scales = [keras.Input((targets,), name=name) for name in SCALES]
        each = {name: ops.reshape(given[name], (-1, *sizes[name])) for name in PARTS}
        said = []
        for number, weights in enumerate(pretrained.members):
            member = build_network(find_sizes(weights))
            give_weights(member, weights)
            _let_learn(member, spec.model.fine_tune or "none")
            said.append(Member(member, name=f"member_{number}")(each))
        mean = sum(said[1:], said[0]) / len(said)
        chosen = ops.take(mean, np.array(ENDS, np.int32), axis=-1)
        by_target = ops.reshape(chosen, (-1, targets, horizon, len(ENDS)))
        scaled = ToScale(name="to_scale")([by_target, *scales])
        out = ops.transpose(scaled, (0, 2, 1, 3))
    return keras.Model([*given.values(), *scales], out, name="pretrained")


def read_members(network: keras.Model) -> tuple[Weights, ...]:
    """Return the weights of the networks that a tunable one is made of, as NumPy reads them."""
    members = [layer for layer in network.layers if isinstance(layer, Member)]
    return tuple(take_weights(member.network) for member in members)


def _let_learn(member: keras.Model, fine_tune: FineTune) -> None:
    for layer in member.layers:
        is_head = not isinstance(layer, keras.layers.LSTM)
        layer.trainable = fine_tune == "all" or (fine_tune == "head" and is_head)


class Member(keras.layers.Layer):
    """One pre-trained network among others: its layers' names are its own."""

    def __init__(self, network: keras.Model, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.network = network

    def call(self, described: dict[str, Any]) -> Any:
        return self.network(described)


class ToScale(keras.layers.Layer):
    """Put quantiles ``(batch, targets, horizon, ends)`` on the run's scale; see ``tell_scales``."""

    def call(self, inputs: list[Any]) -> Any:
        said, *scales = inputs
        location, scale, power, floor, offset, divisor = (
            ops.reshape(one, (-1, one.shape[-1], 1, 1)) for one in scales
        )
        value = location + scale * said
        cut = ops.maximum(value, floor)
        is_bent = ops.logical_and(power != 0, power != 1)
        exponent = ops.where(is_bent, power, ops.ones_like(power))
        bent = (cut**exponent - 1) / exponent
        powered = ops.where(power == 0, ops.log(cut), ops.where(power == 1, value, bent))
        return (powered - offset) / divisor
