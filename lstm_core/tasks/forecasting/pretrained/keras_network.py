"""The network as a Keras model, to train it and to go on training it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import keras
import numpy as np
from keras import ops

from lstm_core.tasks.forecasting.pretrained.describing import (
    NUM_INPUTS,
    NUM_QUERIES,
    NUM_TRIED,
    PATCH,
    TAIL,
    Description,
)
from lstm_core.tasks.forecasting.pretrained.network import (
    CORRECTION,
    NARROW,
    Weights,
    count_lstms,
    name_lstm,
)
from lstm_core.tasks.forecasting.pretrained.quantiles import MEDIAN, QUANTILES
from lstm_core.tasks.forecasting.pretrained.rules.candidates import RULES

_LITTLE = 0.05


@dataclass(frozen=True)
class Sizes:
    """How large a network is: LSTM layers, the units of each, and the head's width."""

    layers: int = 2
    units: int = 96
    width: int = 160


class Combine(keras.layers.Layer):
    """Weighs the rules, corrects their mean and lays quantiles around it that can't cross."""

    def call(self, weighing: Any, shaping: Any, candidates: Any, spread: Any) -> Any:
        """Return ``(batch, steps, quantiles)``."""
        mixed = ops.sum(ops.softmax(weighing) * candidates, -1, keepdims=True)
        widths = ops.softplus(shaping - NARROW)
        above = ops.cumsum(widths[..., MEDIAN + 1 :], -1)
        below = ops.flip(ops.cumsum(ops.flip(widths[..., :MEDIAN], -1), -1), -1)
        middle = shaping[..., MEDIAN : MEDIAN + 1]
        around = ops.concatenate([-below, 0 * middle, above], -1)
        return mixed + (CORRECTION * middle + around) * ops.expand_dims(spread, -1)


def build_network(sizes: Sizes) -> keras.Model:
    """LSTM layers read a series' end; for each step ahead a head weighs, corrects and widens."""
    inputs = keras.Input((TAIL // PATCH, NUM_INPUTS), name="inputs")
    queries = keras.Input((None, NUM_QUERIES), name="queries")
    candidates = keras.Input((None, len(RULES)), name="candidates")
    spread = keras.Input((None,), name="spread")
    tried = keras.Input((NUM_TRIED,), name="tried")
    reading, ends = inputs, []
    for number in range(sizes.layers):
        name = name_lstm(number)
        states = keras.layers.LSTM(sizes.units, return_sequences=True, name=name)(reading)
        reading = keras.layers.Concatenate()([states, inputs])
        ends.append(states[:, -1])
    read = keras.layers.Concatenate()([*ends, tried])
    state = keras.layers.Dense(sizes.width, name="state")(read)
    asked = keras.layers.Dense(sizes.width, use_bias=False, name="query")(queries)
    mixed = ops.silu(asked + ops.expand_dims(state, 1))
    mixed = mixed + ops.silu(keras.layers.Dense(sizes.width, name="deep")(mixed))
    small = keras.initializers.RandomNormal(stddev=_LITTLE / np.sqrt(sizes.width))
    weighing = keras.layers.Dense(len(RULES), kernel_initializer=small, name="rules")(mixed)
    shaping = keras.layers.Dense(len(QUANTILES), kernel_initializer=small, name="shape")(mixed)
    out = Combine(name="combine")(weighing, shaping, candidates, spread)
    return keras.Model(
        {
            "inputs": inputs,
            "queries": queries,
            "tried": tried,
            "candidates": candidates,
            "spread": spread,
        },
        out,
    )


def name_inputs(description: Description) -> dict[str, np.ndarray]:
    """A description as the model takes it."""
    return {
        "inputs": description.inputs,
        "queries": description.queries,
        "tried": description.tried,
        "candidates": description.candidates,
        "spread": description.spread,
    }


class WeightedPinball(keras.losses.Loss):
    """The pinball loss, averaged over quantiles; the mean of all of them by ``sample_weight``."""

    def call(self, y_true: Any, y_pred: Any) -> Any:
        """Return ``(batch, steps)``."""
        error = ops.expand_dims(y_true, -1) - y_pred
        levels = np.array(QUANTILES, np.float32)
        return ops.mean(ops.maximum(levels * error, (levels - 1) * error), -1)


_PARTS = {"kernel": "kernel", "recurrent_kernel": "recurrent", "bias": "bias"}


def list_weights(model: keras.Model) -> list[str]:
    """The names that ``network`` knows the model's weights by, in the model's order."""
    return [
        f"{layer.name}/{_PARTS[variable.name]}"
        for layer in model.layers
        for variable in layer.weights
    ]


def take_weights(model: keras.Model) -> Weights:
    """The model's weights as ``network`` reads them."""
    return dict(zip(list_weights(model), map(np.asarray, model.get_weights()), strict=True))


def give_weights(model: keras.Model, weights: Weights) -> None:
    """Put weights into a model of their sizes."""
    model.set_weights([weights[name] for name in list_weights(model)])


def find_sizes(weights: Weights) -> Sizes:
    """The sizes that weights were trained with."""
    layers = count_lstms(weights)
    units, width = weights[f"{name_lstm(0)}/recurrent"].shape[0], weights["deep/kernel"].shape[0]
    return Sizes(layers, units, width)
