"""The forecasting network: what stands before and behind the encoder.

``window -> normalise -> (one channel each) -> encoder -> decoder -> restore -> prediction``.
Direct: all horizon steps come out at once, so no error is fed back.
"""

from __future__ import annotations

import keras

from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.base import LEVELS, NORMALISE, Encode, ExampleShape
from lstm_core.tasks.forecasting.decoder import decode_directly, decode_segments, predict_steps
from lstm_core.tasks.forecasting.window_layers import (
    FoldChannels,
    NormaliseWindow,
    NumberChannels,
    OnlySeries,
    RepeatChannels,
    RestoreWindow,
    UnfoldChannels,
)


def build_network(shape: ExampleShape, spec: ExperimentSpec, encode: Encode) -> keras.Model:
    """Build the network.

    Args:
        shape: the sizes of one example.
        spec: one that ``defaults.resolve_spec`` has filled in.
        encode: turns ``(batch, lookback, features)`` into ``(batch, width)``.

    Returns:
        A model from ``[past]``, ``(batch, lookback, num_past)``, then ``future``, ``(batch,
        horizon, num_future)``, where there are known-future covariates, then ``series``,
        ``(batch,)``, where there are several, to ``(batch, horizon, num_targets, 1 + levels)``:
        the point, then the low and the high end of each range in ``base.LEVELS``. Without a
        quantile head the point alone.
    """
    past = keras.Input((shape.lookback, shape.num_past), name="past")
    future = keras.Input((shape.horizon, shape.num_future), name="future")
    series = keras.Input((), dtype="int32", name="series")
    inputs = [past]
    inputs += [future] if shape.num_future else []
    inputs += [series] if shape.num_series > 1 else []

    kind = spec.forecast.window_normalisation or "last_value"
    window, offset, scale = NormaliseWindow(shape.num_targets, kind, name=NORMALISE)(past)
    known = future if shape.num_future else None
    who = series if shape.num_series > 1 else None  # (batch,) which series a window is of
    num_identities, num_outputs = shape.num_series, shape.num_targets
    one_by_one = not spec.model.mixing and shape.num_targets > 1
    if one_by_one:
        window = FoldChannels(shape.num_targets)(window)  # (batch * targets, lookback, ...)
        known = None if known is None else RepeatChannels(shape.num_targets)(known)
        who = NumberChannels(shape.num_targets)(OnlySeries()(past) if who is None else who)
        num_identities, num_outputs = num_identities * shape.num_targets, 1

    state = encode(window)
    if spec.model.architecture == "segment":
        features, steps = decode_segments(
            state,
            known,
            who,
            shape.horizon,
            min(spec.model.segment or 1, shape.lookback),
            num_identities,
        )
    else:
        features, steps = decode_directly(state, known, shape.horizon)
    num_levels = 2 * len(LEVELS) if spec.forecast.ranges == "quantile" else 0
    prediction = predict_steps(features, steps, shape.horizon, num_outputs, num_levels)
    if one_by_one:
        prediction = UnfoldChannels(shape.num_targets)(prediction)
    return keras.Model(inputs, RestoreWindow()([prediction, offset, scale]), name="forecaster")
