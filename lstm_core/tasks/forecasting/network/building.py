"""The forecasting network: what stands before and behind the encoder.

``window -> normalise -> (one channel each) -> encoder -> decoder -> restore -> prediction``.
Direct: all horizon steps come out at once, so no error is fed back.
"""

from __future__ import annotations

from collections.abc import Callable

import keras
from keras import ops

from lstm_core.learning.feeds.windows import STATE, TAUGHT, WindowShape
from lstm_core.models.building import Encoded, build_encoder
from lstm_core.models.carrying import find_carrying, size_states
from lstm_core.models.plan import Plan
from lstm_core.models.precision import layers_in
from lstm_core.models.recipes import plan_model
from lstm_core.spec import ExperimentSpec
from lstm_core.spec.layers import SegmentDecoder, SequenceDecoder
from lstm_core.tasks.forecasting.levels import LEVELS, NORMALISE
from lstm_core.tasks.forecasting.network.decoder import (
    SplitSegments,
    decode_directly,
    decode_segments,
    decode_sequence,
    predict_points,
    predict_widths,
)
from lstm_core.tasks.forecasting.network.window_layers import (
    FoldChannels,
    NormaliseWindow,
    NumberChannels,
    OnlySeries,
    RepeatChannels,
    RestoreWindow,
    UnfoldChannels,
)

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
        horizon, num_future)``, where there are known-future covariates, then ``series``,
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
    past = keras.Input((shape.lookback, shape.num_past), name="past")
    future = keras.Input((shape.horizon, shape.num_future), name="future")
    series = keras.Input((), dtype="int32", name="series")
    inputs = [past]
    inputs += [future] if shape.num_future else []
    inputs += [series] if shape.num_series > 1 else []
    taught = keras.Input((shape.horizon, shape.num_targets), name=TAUGHT)

    kind = spec.task.window_normalisation or "last_value"
    # What is taken from a window and given back stays exact, whatever the layers compute in.
    normalise = NormaliseWindow(shape.num_targets, kind, name=NORMALISE, dtype="float32")
    window, offset, scale = normalise(past)
    known = future if shape.num_future else None
    who = series if shape.num_series > 1 else None  # (batch,) which series a window is of
    num_identities, num_outputs = shape.num_series, shape.num_targets
    one_by_one = not spec.model.mixing and shape.num_targets > 1
    if one_by_one:
        window = FoldChannels(shape.num_targets)(window)  # (batch * targets, lookback, ...)
        known = None if known is None else RepeatChannels(shape.num_targets)(known)
        who = NumberChannels(shape.num_targets)(OnlySeries()(past) if who is None else who)
        num_identities, num_outputs = num_identities * shape.num_targets, 1

    plan = plan_model(spec.model, *window.shape[1:])
    num_channels = shape.num_targets if one_by_one else 1
    given: list[keras.KerasTensor] = []
    if spec.training.stateful:
        given, starts = _begin_with_states(plan, num_channels)
        encoded = encode(plan, window, starts)
    else:
        encoded = encode(plan, window)
    decoder = plan.decoder
    if isinstance(decoder, SequenceDecoder):
        inputs.append(taught)
        actual = (taught - offset) / scale
        if one_by_one:
            actual = FoldChannels(shape.num_targets)(actual)
        features, point = decode_sequence(decoder, encoded, known, window, actual)
        length = 1
    else:
        if isinstance(decoder, SegmentDecoder):
            length = min(decoder.length, shape.lookback)
            features = decode_segments(encoded, known, who, shape.horizon, length, num_identities)
        else:
            features, length = decode_directly(encoded.state, known, shape.horizon)
        point = predict_points(features, length, shape.horizon, num_outputs)
    prediction = point
    if spec.task.ranges == "quantile":
        widths = predict_widths(features, length, shape.horizon, num_outputs, 2 * len(LEVELS))
        prediction = keras.layers.Concatenate(axis=-1)([point, widths])
    if one_by_one:
        prediction = UnfoldChannels(shape.num_targets)(prediction)
    restored = RestoreWindow(dtype="float32")([prediction, offset, scale])
    ends = [SplitSegments(num_channels)(state) for end in encoded.ends.values() for state in end]
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
