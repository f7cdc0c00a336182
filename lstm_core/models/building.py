"""From a plan to Keras layers. Backend-neutral; one function for each kind of layer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import keras

from lstm_core.models.attention import AddPosition, AttentionPooling
from lstm_core.models.cells import ForgetBias, PeepholeLSTMCell, SLSTMCell
from lstm_core.models.plan import Place, Plan
from lstm_core.spec.layers import (
    AttentionLayer,
    Conv1dLayer,
    ConvLstmLayer,
    DenseLayer,
    DropoutLayer,
    GruLayer,
    LayerNormalizationLayer,
    LstmLayer,
    PeepholeLayer,
    PoolingLayer,
    PositionLayer,
    RecurrentLayer,
    SegmentsLayer,
    SimpleRnnLayer,
    SlstmLayer,
    SummaryLayer,
    TransformerLayer,
)


@dataclass(frozen=True)
class Encoded:
    """What an encoder makes of a window.

    Attributes:
        state: ``(batch, width)``.
        cell: the last LSTM's cell state, ``(batch, width)``; None where the plan needs none.
        steps: the last layer's output at each step, ``(batch, steps, width)``; None likewise.
        ends: the state at the window's end of each place that was given one to begin with.
    """

    state: keras.KerasTensor
    cell: keras.KerasTensor | None = None
    steps: keras.KerasTensor | None = None
    ends: Mapping[int, Sequence[keras.KerasTensor]] = field(default_factory=dict)


Starts = Mapping[int, Sequence[keras.KerasTensor]]
"""By a place's number, the state that it begins with: vectors, ``(batch, units)``."""


def build_encoder(plan: Plan, window: keras.KerasTensor, starts: Starts | None = None) -> Encoded:
    """Build the plan's layers on ``(batch, lookback, features)``; without ``starts`` from zero."""
    starts = starts or {}
    ends: dict[int, Sequence[keras.KerasTensor]] = {}
    *before, last = plan.places
    values = window
    for place in before if plan.keeps_cell else plan.places:
        if place.number in starts:
            values, ends[place.number] = _build_carrying(place, values, starts[place.number])
        else:
            values = _build(place, values)
    if not plan.keeps_cell:
        return Encoded(values, ends=ends)
    return _build_last_lstm(last, values, plan.keeps_steps, starts, ends)


def _build(place: Place, values: keras.KerasTensor) -> keras.KerasTensor:
    build: Callable[[Any, Place, keras.KerasTensor], keras.KerasTensor] = _BUILDERS[
        type(place.layer)
    ]
    return build(place.layer, place, values)


def _build_carrying(
    place: Place, values: keras.KerasTensor, start: Sequence[keras.KerasTensor]
) -> tuple[keras.KerasTensor, Sequence[keras.KerasTensor]]:
    """Build a recurrent layer that begins with a state; return its output and its last state."""
    layer = place.layer
    assert isinstance(layer, RecurrentLayer)
    returns_steps = place.after.steps is not None
    recurrent = _make_recurrent(layer, place, return_sequences=returns_steps, return_state=True)
    outputs, *end = recurrent(values, initial_state=list(start))
    return _go_around(layer, place, values, outputs), end


def _build_last_lstm(
    place: Place,
    values: keras.KerasTensor,
    keeps_steps: bool,
    starts: Starts,
    ends: dict[int, Sequence[keras.KerasTensor]],
) -> Encoded:
    """Build an LSTM that hands its cell state on."""
    layer = place.layer
    assert isinstance(layer, LstmLayer | PeepholeLayer)
    recurrent = _make_recurrent(layer, place, return_sequences=keeps_steps, return_state=True)
    if place.number in starts:
        outputs, state, cell = recurrent(values, initial_state=list(starts[place.number]))
        ends[place.number] = [state, cell]
    else:
        outputs, state, cell = recurrent(values)
    if layer.residual:
        around = _match(values, place)
        state = keras.layers.Add()([state, around[:, -1, :]])
        if keeps_steps:
            outputs = keras.layers.Add()([outputs, around])
    return Encoded(state, cell, outputs if keeps_steps else None, ends)


def _build_recurrent(
    layer: RecurrentLayer, place: Place, values: keras.KerasTensor
) -> keras.KerasTensor:
    returns_steps = place.after.steps is not None
    recurrent = _make_recurrent(layer, place, return_sequences=returns_steps)
    if layer.bidirectional is not None:
        recurrent = keras.layers.Bidirectional(recurrent, merge_mode=layer.bidirectional)
    return _go_around(layer, place, values, recurrent(values))


def _go_around(
    layer: RecurrentLayer, place: Place, values: keras.KerasTensor, outputs: keras.KerasTensor
) -> keras.KerasTensor:
    """Add a layer's input to its output, where it asks for that."""
    if not layer.residual:
        return outputs
    around = _match(values, place)
    is_vector = place.after.steps is None
    return keras.layers.Add()([outputs, around[:, -1, :] if is_vector else around])


def _match(values: keras.KerasTensor, place: Place) -> keras.KerasTensor:
    """Bring a layer's input to the width of its output, for the way around it."""
    if place.before.width == place.after.width:
        return values
    return keras.layers.Dense(place.after.width, use_bias=False)(values)


def _make_recurrent(layer: RecurrentLayer, place: Place, **options: Any) -> keras.layers.Layer:
    shared: dict[str, Any] = {
        "units": layer.units,
        "activation": layer.activation,
        "dropout": layer.dropout,
        "recurrent_dropout": layer.recurrent_dropout,
        "kernel_initializer": layer.initializer,
        "recurrent_initializer": layer.recurrent_initializer,
        "kernel_regularizer": _make_regularizer(layer),
        "recurrent_regularizer": _make_regularizer(layer),
    }
    if not isinstance(layer, SimpleRnnLayer):
        shared["recurrent_activation"] = layer.recurrent_activation
    if isinstance(layer, LstmLayer | PeepholeLayer):
        shared |= _start_forget_gate(layer.forget_bias)
    options["unroll"] = unrolls_faster(place.before.steps or 1)
    if isinstance(layer, PeepholeLayer):
        return keras.layers.RNN(PeepholeLSTMCell(**shared), **options)
    if isinstance(layer, SlstmLayer):
        bias = {"bias_initializer": ForgetBias(layer.forget_bias)}
        cell = SLSTMCell(heads=layer.heads, forget_gate=layer.forget_gate, **shared, **bias)
        return keras.layers.RNN(cell, **options)
    makers: dict[type, Callable[..., keras.layers.Layer]] = {
        LstmLayer: keras.layers.LSTM,
        GruLayer: keras.layers.GRU,
        SimpleRnnLayer: keras.layers.SimpleRNN,
    }
    return makers[type(layer)](**shared, **options)


def _start_forget_gate(bias: float) -> dict[str, Any]:
    """Return the options of an LSTM whose forget gate starts at a bias; Keras's own is 1."""
    if bias == 1.0:
        return {}
    return {"unit_forget_bias": False, "bias_initializer": ForgetBias(bias)}


def unrolls_faster(num_steps: int) -> bool:
    """Whether a loop of few steps is faster written out: yes, where there is no cuDNN kernel."""
    device = keras.distribution.list_devices()[0]
    return num_steps <= _MOST_UNROLLED and device.lower().startswith("cpu")


_MOST_UNROLLED = 16


def _build_conv_lstm(
    layer: ConvLstmLayer, place: Place, values: keras.KerasTensor
) -> keras.KerasTensor:
    frames = _cut(values, layer.frame, split=True)  # (batch, frames, frame, width)
    returns_steps = place.after.steps is not None
    outputs = keras.layers.ConvLSTM1D(
        layer.filters,
        layer.kernel_size,
        padding="same",
        activation=layer.activation,
        recurrent_activation=layer.recurrent_activation,
        dropout=layer.dropout,
        kernel_initializer=layer.initializer,
        recurrent_initializer=layer.recurrent_initializer,
        kernel_regularizer=_make_regularizer(layer),
        recurrent_regularizer=_make_regularizer(layer),
        return_sequences=returns_steps,
    )(frames)
    return keras.layers.Reshape(place.after.shape)(outputs)


def _build_conv1d(layer: Conv1dLayer, place: Place, values: keras.KerasTensor) -> keras.KerasTensor:
    return keras.layers.Conv1D(
        layer.filters,
        layer.kernel_size,
        dilation_rate=layer.dilation,
        padding=layer.padding,
        activation=layer.activation,
        **_weights(layer),
    )(values)


def _build_pooling(
    layer: PoolingLayer, place: Place, values: keras.KerasTensor
) -> keras.KerasTensor:
    pool = keras.layers.MaxPooling1D if layer.mode == "max" else keras.layers.AveragePooling1D
    return pool(layer.size)(values)


def _build_segments(
    layer: SegmentsLayer, place: Place, values: keras.KerasTensor
) -> keras.KerasTensor:
    return _cut(values, layer.length, split=False)


def _cut(values: keras.KerasTensor, length: int, *, split: bool) -> keras.KerasTensor:
    """Cut ``(batch, steps, width)`` into segments; the oldest steps that fill none are left out.

    Returns:
        ``(batch, segments, length * width)``, or ``(batch, segments, length, width)``.
    """
    steps, width = values.shape[1:]
    count = steps // length
    whole = values[:, steps - count * length :, :]
    shape = (count, length, width) if split else (count, length * width)
    return keras.layers.Reshape(shape)(whole)


def _build_dense(layer: DenseLayer, place: Place, values: keras.KerasTensor) -> keras.KerasTensor:
    return keras.layers.Dense(layer.units, activation=layer.activation, **_weights(layer))(values)


def _build_dropout(
    layer: DropoutLayer, place: Place, values: keras.KerasTensor
) -> keras.KerasTensor:
    return keras.layers.Dropout(layer.rate)(values)


def _build_layer_normalization(
    layer: LayerNormalizationLayer, place: Place, values: keras.KerasTensor
) -> keras.KerasTensor:
    return keras.layers.LayerNormalization()(values)


def _build_position(
    layer: PositionLayer, place: Place, values: keras.KerasTensor
) -> keras.KerasTensor:
    return AddPosition()(values)


def _build_transformer(
    layer: TransformerLayer, place: Place, values: keras.KerasTensor
) -> keras.KerasTensor:
    """A block that normalises first: Xiong et al., "On Layer Normalization", ICML 2020."""
    width = place.before.width
    calm = keras.layers.LayerNormalization()(values)
    seen = keras.layers.MultiHeadAttention(layer.heads, width // layer.heads, **_weights(layer))(
        calm, calm
    )
    values = keras.layers.Add()([values, _hide(layer, seen)])
    calm = keras.layers.LayerNormalization()(values)
    inner = keras.layers.Dense(layer.feedforward, activation="relu", **_weights(layer))(calm)
    outer = keras.layers.Dense(width, **_weights(layer))(inner)
    return keras.layers.Add()([values, _hide(layer, outer)])


def _hide(layer: TransformerLayer, values: keras.KerasTensor) -> keras.KerasTensor:
    return keras.layers.Dropout(layer.dropout)(values) if layer.dropout else values


def _build_attention(
    layer: AttentionLayer, place: Place, values: keras.KerasTensor
) -> keras.KerasTensor:
    return AttentionPooling(layer.score, **_weights(layer))(values)


def _build_summary(
    layer: SummaryLayer, place: Place, values: keras.KerasTensor
) -> keras.KerasTensor:
    if layer.mode == "last":
        return values[:, -1, :]
    pool = {
        "mean": keras.layers.GlobalAveragePooling1D,
        "max": keras.layers.GlobalMaxPooling1D,
    }[layer.mode]
    return pool()(values)


def _weights(layer: Any) -> dict[str, Any]:
    """Return the options of a Keras layer with one kernel."""
    return {
        "kernel_initializer": layer.initializer,
        "kernel_regularizer": _make_regularizer(layer),
    }


def _make_regularizer(layer: Any) -> keras.regularizers.Regularizer | None:
    if layer.l1 == 0 and layer.l2 == 0:
        return None
    return keras.regularizers.L1L2(l1=layer.l1, l2=layer.l2)


_BUILDERS: dict[type, Callable[..., keras.KerasTensor]] = {
    LstmLayer: _build_recurrent,
    PeepholeLayer: _build_recurrent,
    SlstmLayer: _build_recurrent,
    GruLayer: _build_recurrent,
    SimpleRnnLayer: _build_recurrent,
    ConvLstmLayer: _build_conv_lstm,
    Conv1dLayer: _build_conv1d,
    PoolingLayer: _build_pooling,
    SegmentsLayer: _build_segments,
    DenseLayer: _build_dense,
    DropoutLayer: _build_dropout,
    LayerNormalizationLayer: _build_layer_normalization,
    PositionLayer: _build_position,
    TransformerLayer: _build_transformer,
    AttentionLayer: _build_attention,
    SummaryLayer: _build_summary,
}
