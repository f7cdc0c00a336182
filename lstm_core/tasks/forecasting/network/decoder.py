"""From the encoder's state to a prediction for each step.

A decoder gives features ``(batch, groups, width)``, each for the same number of steps one after
another; one dense layer turns those into steps, a second one into the widths of the ranges.
"""

from __future__ import annotations

from typing import Any

import keras
from keras import ops

from lstm_core.models.building import Encoded
from lstm_core.spec.layers import SequenceDecoder
from lstm_core.tasks.forecasting.network.decoder_sizes import KNOWN_WIDTH, MIX_WIDTH
from lstm_core.tasks.forecasting.network.sequence_decoder import FeedbackDecoder


def decode_directly(
    state: keras.KerasTensor, known: keras.KerasTensor | None, horizon: int
) -> tuple[keras.KerasTensor, int]:
    """One dense layer over all steps; known-future covariates are mixed in step by step.

    Args:
        state: ``(batch, width)``.
        known: ``(batch, horizon, covariates)``.

    Returns:
        Features ``(batch, groups, width)``, and how many steps each group stands for.
    """
    if known is None:
        return keras.layers.Reshape((1, state.shape[-1]))(state), horizon
    steps = keras.layers.Dense(horizon * KNOWN_WIDTH, name="steps")(state)
    steps = keras.layers.Reshape((horizon, KNOWN_WIDTH))(steps)
    steps = keras.layers.Concatenate()([steps, known])
    return keras.layers.Dense(MIX_WIDTH, activation="relu", name="mix")(steps), 1


def decode_segments(
    encoded: Encoded,
    known: keras.KerasTensor | None,
    who: keras.KerasTensor | None,
    horizon: int,
    length: int,
    num_identities: int,
) -> keras.KerasTensor:
    """One LSTM step for each segment of the horizon, all from the encoder's last state.

    Each segment's step is fed where it stands, which series or channel it is of, and the
    known-future covariates of that time. Parallel decoding as in SegRNN (Lin et al. 2023).

    Args:
        encoded: with the cell state.
        known: ``(batch, horizon, covariates)``.
        who: ``(batch,)`` int32 below ``num_identities``.
        length: steps in one segment.

    Returns:
        Features ``(batch, segments, units)``.
    """
    units = encoded.state.shape[-1]
    count = -(-horizon // length)
    query = SegmentQuery(count, units, num_identities if who is not None else 0, name="query")(
        [encoded.state] if who is None else [encoded.state, who]
    )  # (batch, segments, units)
    if known is not None:
        padded = keras.layers.ZeroPadding1D((0, count * length - horizon))(known)
        grouped = keras.layers.Reshape((count, length * known.shape[-1]))(padded)
        told = keras.layers.Dense(units, name="known")(grouped)
        query = keras.layers.Add()([query, told])
    repeat = RepeatState(count)
    outputs, cells = repeat(encoded.state), repeat(encoded.cell)  # each (batch * segments, units)
    flat = FlattenSegments()(query)  # (batch * segments, 1, units)
    decoded = keras.layers.LSTM(units, unroll=True, name="decode")(
        flat, initial_state=[outputs, cells]
    )
    return SplitSegments(count)(decoded)


def decode_sequence(
    decoder: SequenceDecoder,
    encoded: Encoded,
    known: keras.KerasTensor | None,
    window: keras.KerasTensor,
    taught: keras.KerasTensor,
) -> tuple[keras.KerasTensor, keras.KerasTensor]:
    """One LSTM step for each step of the horizon, fed the prediction of the step before.

    Args:
        encoded: with the cell state, and with the steps where the decoder has attention.
        known: ``(batch, horizon, covariates)``.
        window: ``(batch, lookback, features)``, targets first.
        taught: the actual values, ``(batch, horizon, targets)``; used in training alone.

    Returns:
        Features ``(batch, horizon, units)``, and points ``(batch, horizon, targets, 1)``.
    """
    units = encoded.state.shape[-1]
    horizon, num_outputs = taught.shape[1:]
    first = window[:, -1, :num_outputs]
    inputs = [encoded.state, encoded.cell, first, taught]
    inputs += [] if known is None else [known]
    inputs += [] if encoded.steps is None else [encoded.steps]
    decoded = FeedbackDecoder(
        units,
        num_outputs,
        decoder.attention,
        decoder.teacher_forcing,
        has_known=known is not None,
        name="decode",
    )(inputs)
    point = keras.layers.Reshape((horizon, num_outputs, 1))(decoded[:, :, units:])
    return decoded[:, :, :units], point


def predict_points(
    features: keras.KerasTensor, length: int, horizon: int, num_outputs: int
) -> keras.KerasTensor:
    """Turn features into ``(batch, horizon, num_outputs, 1)``."""
    flat = keras.layers.Dense(length * num_outputs, name="head")(features)
    return _arrange(flat, features.shape[1] * length, horizon, num_outputs, 1)


def predict_widths(
    features: keras.KerasTensor, length: int, horizon: int, num_outputs: int, num_levels: int
) -> keras.KerasTensor:
    """Turn features into widths, ``(batch, horizon, num_outputs, num_levels)``, none negative.

    They learn from features that they can't change: ranges cost the point nothing.
    """
    flat = keras.layers.Dense(
        length * num_outputs * num_levels, activation="softplus", name="widths"
    )(StopGradient()(features))
    return _arrange(flat, features.shape[1] * length, horizon, num_outputs, num_levels)


def _arrange(
    flat: keras.KerasTensor, num_steps: int, horizon: int, num_outputs: int, num_levels: int
) -> keras.KerasTensor:
    """``(batch, groups, length * outputs * levels)`` to ``(batch, horizon, outputs, levels)``."""
    steps = keras.layers.Reshape((num_steps, num_outputs, num_levels))(flat)
    return steps[:, :horizon]


@keras.saving.register_keras_serializable("lstm_studio")
class SegmentQuery(keras.layers.Layer):
    """What each horizon segment asks with: an embedding of its place, and one of its series.

    Input ``[state, who]`` or ``[state]``; output ``(batch, segments, units)``.
    """

    def __init__(self, count: int, units: int, num_identities: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.count = count
        self.units = units
        self.num_identities = num_identities

    def build(self, input_shape: Any) -> None:
        shared = self.units if not self.num_identities else self.units - self.units // 2
        self.places = self.add_weight(
            shape=(self.count, shared), initializer="random_normal", name="places"
        )
        if self.num_identities:
            self.identities = self.add_weight(
                shape=(self.num_identities, self.units // 2),
                initializer="random_normal",
                name="identities",
            )

    def call(self, inputs: list[Any]) -> Any:
        num_windows = ops.shape(inputs[0])[0]
        places = ops.tile(ops.expand_dims(self.places, 0), (num_windows, 1, 1))
        if not self.num_identities:
            return places
        own = ops.expand_dims(ops.take(self.identities, inputs[1], axis=0), 1)
        return ops.concatenate([places, ops.tile(own, (1, self.count, 1))], axis=-1)

    def compute_output_shape(self, input_shape: Any) -> Any:
        return (input_shape[0][0], self.count, self.units)

    def get_config(self) -> dict[str, Any]:
        return {
            **super().get_config(),
            "count": self.count,
            "units": self.units,
            "num_identities": self.num_identities,
        }


@keras.saving.register_keras_serializable("lstm_studio")
class RepeatState(keras.layers.Layer):
    """Hand each segment the state: ``(batch, units)`` to ``(batch * count, units)``."""

    def __init__(self, count: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.count = count

    def call(self, state: keras.KerasTensor) -> Any:
        return ops.repeat(state, self.count, axis=0)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "count": self.count}


@keras.saving.register_keras_serializable("lstm_studio")
class FlattenSegments(keras.layers.Layer):
    """``(batch, segments, units)`` to ``(batch * segments, 1, units)``."""

    def call(self, query: keras.KerasTensor) -> Any:
        return ops.reshape(query, (-1, 1, query.shape[-1]))


@keras.saving.register_keras_serializable("lstm_studio")
class SplitSegments(keras.layers.Layer):
    """``(batch * segments, units)`` to ``(batch, segments, units)``."""

    def __init__(self, count: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.count = count

    def call(self, decoded: keras.KerasTensor) -> Any:
        return ops.reshape(decoded, (-1, self.count, decoded.shape[-1]))

    def compute_output_shape(self, input_shape: Any) -> Any:
        # Said, because JAX can't know that an open number of rows divides by the count.
        num_rows, units = input_shape
        return (None if num_rows is None else num_rows // self.count, self.count, units)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "count": self.count}


@keras.saving.register_keras_serializable("lstm_studio")
class StopGradient(keras.layers.Layer):
    """The same values, from which nothing before learns."""

    def call(self, values: keras.KerasTensor) -> Any:
        return ops.stop_gradient(values)
