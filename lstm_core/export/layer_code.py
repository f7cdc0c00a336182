"""Each layer of a plan as the lines of Keras that build it, in the order that a run builds them.

The order counts: every layer draws the seeds of its weights when it is made.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lstm_core.export.code import Code, leave_out, write_call, write_step
from lstm_core.export.source import read_constant
from lstm_core.models.plan import Place, Plan
from lstm_core.models.words import LAYER_TITLES
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

_MOST_UNROLLED: int = read_constant("models/building.py", "_MOST_UNROLLED")

_DEFAULTS: dict[str, Any] = {
    "activation": "tanh",
    "recurrent_activation": "sigmoid",
    "dropout": 0.0,
    "recurrent_dropout": 0.0,
    "kernel_initializer": "glorot_uniform",
    "recurrent_initializer": "orthogonal",
    "return_sequences": False,
    "return_state": False,
    "unroll": False,
}
"""What Keras takes where nothing is said, in every recurrent layer."""


def write_encoder(plan: Plan) -> list[str]:
    """Return the lines from ``x``, a window, to ``x``, its state.

    Where the decoder goes on from more, ``cell`` is the last LSTM's cell state, and ``steps``
    are its outputs.
    """
    lines: list[str] = []
    *before, last = plan.places
    for place in before:
        lines += _write(place)
    return lines + (_write_last_lstm(last, plan.keeps_steps) if plan.keeps_cell else _write(last))


def _write(place: Place) -> list[str]:
    write: Callable[[Any, Place], list[str]] = _WRITERS[type(place.layer)]
    return write(place.layer, place)


def _step(place: Place, expression: str) -> str:
    shape = ", ".join(map(str, place.after.shape))
    return write_step("x", expression, f"{LAYER_TITLES[place.layer.kind]}: ({shape})")


def _apply(place: Place, layer: str) -> str:
    return _step(place, f"{layer}(x)")


def _write_recurrent(layer: RecurrentLayer, place: Place) -> list[str]:
    returns_steps = place.after.steps is not None
    recurrent = _call_recurrent(layer, place, return_sequences=returns_steps)
    if layer.bidirectional is not None:
        options = leave_out({"merge_mode": layer.bidirectional}, {"merge_mode": "concat"})
        recurrent = write_call("keras.layers.Bidirectional", recurrent, **options)
    if not layer.residual:
        return [_apply(place, recurrent)]
    around = "around" if returns_steps else "around[:, -1, :]"
    return [
        "around = x",
        _apply(place, recurrent),
        *_match(place),
        f"x = keras.layers.Add()([x, {around}])",
    ]


def _write_last_lstm(place: Place, keeps_steps: bool) -> list[str]:
    layer = place.layer
    assert isinstance(layer, LstmLayer | PeepholeLayer)
    recurrent = _call_recurrent(layer, place, return_sequences=keeps_steps, return_state=True)
    target = "steps, x, cell" if keeps_steps else "_, x, cell"
    shape = place.after.width
    line = write_step(target, f"{recurrent}(x)", f"{LAYER_TITLES[layer.kind]}: ({shape})")
    if not layer.residual:
        return [line]
    added = ["x = keras.layers.Add()([x, around[:, -1, :]])"]
    added += ["steps = keras.layers.Add()([steps, around])"] if keeps_steps else []
    return ["around = x", line, *_match(place), *added]


def _match(place: Place) -> list[str]:
    if place.before.width == place.after.width:
        return []
    bridge = write_call("keras.layers.Dense", place.after.width, use_bias=False)
    return [f"around = {bridge}(around)"]


def _call_recurrent(layer: RecurrentLayer, place: Place, **returned: bool) -> Code:
    options: dict[str, Any] = {
        "activation": layer.activation,
        "dropout": layer.dropout,
        "recurrent_dropout": layer.recurrent_dropout,
        "kernel_initializer": layer.initializer,
        "recurrent_initializer": layer.recurrent_initializer,
        "kernel_regularizer": _regularizer(layer),
        "recurrent_regularizer": _regularizer(layer),
    }
    if not isinstance(layer, SimpleRnnLayer):
        options["recurrent_activation"] = layer.recurrent_activation
    forget_bias = None if isinstance(layer, GruLayer | SimpleRnnLayer) else layer.forget_bias
    if isinstance(layer, SlstmLayer):
        options |= {"heads": layer.heads, "forget_gate": layer.forget_gate}
        options["bias_initializer"] = write_call("ForgetBias", forget_bias)
    elif forget_bias is not None and forget_bias != 1.0:
        options["unit_forget_bias"] = False
        options["bias_initializer"] = write_call("ForgetBias", forget_bias)
    options = leave_out(options, _DEFAULTS | {"heads": 1, "forget_gate": "sigmoid"})
    unrolled = (place.before.steps or 1) <= _MOST_UNROLLED
    around = leave_out({**returned, "unroll": unrolled}, _DEFAULTS)
    cells = {PeepholeLayer: "PeepholeLSTMCell", SlstmLayer: "SLSTMCell"}
    if type(layer) in cells:
        cell = write_call(cells[type(layer)], layer.units, **options)
        return write_call("keras.layers.RNN", cell, **around)
    names = {LstmLayer: "LSTM", GruLayer: "GRU", SimpleRnnLayer: "SimpleRNN"}
    return write_call(f"keras.layers.{names[type(layer)]}", layer.units, **options, **around)


def _write_conv_lstm(layer: ConvLstmLayer, place: Place) -> list[str]:
    options = {
        "activation": layer.activation,
        "recurrent_activation": layer.recurrent_activation,
        "dropout": layer.dropout,
        "kernel_initializer": layer.initializer,
        "recurrent_initializer": layer.recurrent_initializer,
        "kernel_regularizer": _regularizer(layer),
        "recurrent_regularizer": _regularizer(layer),
        "return_sequences": place.after.steps is not None,
    }
    convolution = write_call(
        "keras.layers.ConvLSTM1D",
        layer.filters,
        layer.kernel_size,
        padding="same",
        **leave_out(options, _DEFAULTS),
    )
    return [
        *_cut(place, layer.frame, split=True),
        f"x = {convolution}(x)",
        _apply(place, write_call("keras.layers.Reshape", place.after.shape)),
    ]


def _cut(place: Place, length: int, *, split: bool) -> list[str]:
    """Cut the window into segments; the oldest steps that fill none are left out."""
    steps, width = place.before.steps, place.before.width
    assert steps is not None
    count = steps // length
    shape = (count, length, width) if split else (count, length * width)
    reshape = write_call("keras.layers.Reshape", shape)
    line = write_step("x", f"{reshape}(x)", f"segments of {length} steps: {count}")
    left = steps - count * length
    return [f"x = x[:, {left}:, :]", line] if left else [line]


def _write_conv1d(layer: Conv1dLayer, place: Place) -> list[str]:
    options = {
        "dilation_rate": layer.dilation,
        "padding": layer.padding,
        "activation": layer.activation,
        **_weights(layer),
    }
    defaults = {**_DEFAULTS, "dilation_rate": 1, "padding": "valid", "activation": "linear"}
    convolution = write_call(
        "keras.layers.Conv1D", layer.filters, layer.kernel_size, **leave_out(options, defaults)
    )
    return [_apply(place, convolution)]


def _write_pooling(layer: PoolingLayer, place: Place) -> list[str]:
    name = "MaxPooling1D" if layer.mode == "max" else "AveragePooling1D"
    return [_apply(place, write_call(f"keras.layers.{name}", layer.size))]


def _write_segments(layer: SegmentsLayer, place: Place) -> list[str]:
    return _cut(place, layer.length, split=False)


def _write_dense(layer: DenseLayer, place: Place) -> list[str]:
    return [_apply(place, _call_dense(layer.units, layer.activation, layer))]


def _call_dense(units: int, activation: str, layer: Any) -> Code:
    options = {"activation": activation, **_weights(layer)}
    defaults = {**_DEFAULTS, "activation": "linear"}
    return write_call("keras.layers.Dense", units, **leave_out(options, defaults))


def _write_dropout(layer: DropoutLayer, place: Place) -> list[str]:
    return [_apply(place, write_call("keras.layers.Dropout", layer.rate))]


def _write_layer_normalization(layer: LayerNormalizationLayer, place: Place) -> list[str]:
    return [_apply(place, "keras.layers.LayerNormalization()")]


def _write_position(layer: PositionLayer, place: Place) -> list[str]:
    return [_apply(place, "AddPosition()")]


def _write_transformer(layer: TransformerLayer, place: Place) -> list[str]:
    width = place.before.width
    weights = leave_out(_weights(layer), _DEFAULTS)
    attention = write_call(
        "keras.layers.MultiHeadAttention", layer.heads, width // layer.heads, **weights
    )
    dropout = write_call("keras.layers.Dropout", layer.dropout)
    hide = [f"seen = {dropout}(seen)"] if layer.dropout else []
    return [
        "calm = keras.layers.LayerNormalization()(x)",
        f"seen = {attention}(calm, calm)",
        *hide,
        "x = keras.layers.Add()([x, seen])",
        "seen = keras.layers.LayerNormalization()(x)",
        f"seen = {_call_dense(layer.feedforward, 'relu', layer)}(seen)",
        f"seen = {_call_dense(width, 'linear', layer)}(seen)",
        *hide,
        _step(place, "keras.layers.Add()([x, seen])"),
    ]


def _write_attention(layer: AttentionLayer, place: Place) -> list[str]:
    weights = leave_out(_weights(layer), _DEFAULTS)
    return [_apply(place, write_call("AttentionPooling", layer.score, **weights))]


def _write_summary(layer: SummaryLayer, place: Place) -> list[str]:
    if layer.mode == "last":
        return [_step(place, "x[:, -1, :]")]
    name = {"mean": "GlobalAveragePooling1D", "max": "GlobalMaxPooling1D"}[layer.mode]
    return [_apply(place, f"keras.layers.{name}()")]


def _weights(layer: Any) -> dict[str, Any]:
    return {
        "kernel_initializer": layer.initializer,
        "kernel_regularizer": _regularizer(layer),
    }


def _regularizer(layer: Any) -> Code | None:
    if layer.l1 == 0 and layer.l2 == 0:
        return None
    sizes = leave_out({"l1": layer.l1, "l2": layer.l2}, {"l1": 0.0, "l2": 0.0})
    return write_call("keras.regularizers.L1L2", **sizes)


_WRITERS: dict[type, Callable[..., list[str]]] = {
    LstmLayer: _write_recurrent,
    PeepholeLayer: _write_recurrent,
    SlstmLayer: _write_recurrent,
    GruLayer: _write_recurrent,
    SimpleRnnLayer: _write_recurrent,
    ConvLstmLayer: _write_conv_lstm,
    Conv1dLayer: _write_conv1d,
    PoolingLayer: _write_pooling,
    SegmentsLayer: _write_segments,
    DenseLayer: _write_dense,
    DropoutLayer: _write_dropout,
    LayerNormalizationLayer: _write_layer_normalization,
    PositionLayer: _write_position,
    TransformerLayer: _write_transformer,
    AttentionLayer: _write_attention,
    SummaryLayer: _write_summary,
}
