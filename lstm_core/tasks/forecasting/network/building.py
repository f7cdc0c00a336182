"""The forecasting network with Keras: the steps of ``wiring``, carried out around the encoder."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import keras
from keras import ops

from lstm_core.learning.feeds.windows import STATE, WindowShape
from lstm_core.models.building import Encoded, build_encoder, carry_out, know_classes
from lstm_core.models.carrying import find_carrying, size_states
from lstm_core.models.plan import Plan
from lstm_core.models.precision import layers_in
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.forecasting.network import (
    category_layers,
    covariate_layers,
    decoder_layers,
    sequence_decoder,
    window_layers,
)
from lstm_core.tasks.forecasting.network.decoder_layers import SplitSegments
from lstm_core.tasks.forecasting.network.frame import NetworkFrame
from lstm_core.tasks.forecasting.network.wiring import (
    list_back,
    list_decoding,
    list_front,
    list_inputs,
)

know_classes(category_layers, covariate_layers, decoder_layers, sequence_decoder, window_layers)

Encode = Callable[..., Encoded]
"""From a plan and a window, and in stateful training what each place begins with."""


def build_network(
    shape: WindowShape, spec: ExperimentSpec, encode: Encode = build_encoder
) -> keras.Model:
    """Build the network.

    Args:
        shape: the sizes of one example.
        spec: one that ``defaults.resolve_spec`` has filled in.
        encode: builds the encoder on a window, ``(batch, lookback, features)``.

    Returns:
        A model from ``[past]``, ``(batch, lookback, num_past)``, then ``future``, ``(batch,
        horizon, num_future)``, where there are known-future covariates, then ``earlier``,
        ``(batch, horizon, 2 * num_targets)``, where earlier seasons are told of, then ``series``,
        ``(batch,)``, where there are several, then ``taught``, the actual values ahead, ``(batch,
        horizon, num_targets)``, where the decoder is fed them in training. To ``(batch, horizon,
        num_targets, 1 + levels)``: the point, then the low and the high end of each range in
        ``base.LEVELS``. Without a quantile head the point alone.

        In stateful training, behind these inputs the state to begin with and behind the
        prediction the state at the window's end, vector by vector, ``(batch, channels, units)``;
        channels: targets that are predicted one by one, else 1.
    """
    with layers_in(spec.training.precision):
        return _connect(shape, spec, encode)


def _connect(shape: WindowShape, spec: ExperimentSpec, encode: Encode) -> keras.Model:
    frame = NetworkFrame.of(spec, shape)
    values: dict[str, Any] = {}
    carry_out(list_inputs(frame), values)
    inputs = list(values.values())
    carry_out(list_front(frame), values)
    if spec.training.stateful:
        given, starts = _begin_with_states(frame.plan, frame.num_channels)
        encoded = encode(frame.plan, values["x"], starts)
    else:
        given = []
        encoded = encode(frame.plan, values["x"])
    values |= {"x": encoded.state, "cell": encoded.cell, "steps": encoded.steps}
    carry_out((step for part in list_decoding(frame) for step in part.steps), values)
    carry_out(list_back(frame), values)
    restored = values["restored"]
    ends = [
        SplitSegments(frame.num_channels)(state) for end in encoded.ends.values() for state in end
    ]
    return keras.Model(inputs + given, [restored, *ends] if ends else restored, name="forecaster")


def _begin_with_states(
    plan: Plan, num_channels: int
) -> tuple[list[keras.KerasTensor], dict[int, list[keras.KerasTensor]]]:
    """Return inputs for the state, and for each place what it begins with, window by window."""
    given = []
    starts = {}
    for place in find_carrying(plan):
        states = [
            keras.Input((num_channels, width), name=f"{STATE}_{place.number}_{number}")
            for number, width in enumerate(size_states(place))
        ]
        starts[place.number] = [ops.reshape(state, (-1, state.shape[-1])) for state in states]
        given += states
    return given, starts
