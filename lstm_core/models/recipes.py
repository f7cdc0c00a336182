"""The named architectures as the layers that they are made of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lstm_core.errors import SpecError, suggest_name
from lstm_core.models.plan import Plan, plan_encoder
from lstm_core.spec import ModelSpec
from lstm_core.spec.layers import (
    AttentionLayer,
    Conv1dLayer,
    ConvLstmLayer,
    Decoder,
    DenseLayer,
    DirectDecoder,
    GruLayer,
    Layer,
    LayerNormalizationLayer,
    LstmLayer,
    PeepholeLayer,
    PoolingLayer,
    PositionLayer,
    SegmentDecoder,
    SegmentsLayer,
    SequenceDecoder,
    SimpleRnnLayer,
    SlstmLayer,
    SummaryLayer,
    TransformerLayer,
)

Stack = list[Layer]

DIRECT = DirectDecoder()

_KERNEL = 5
_POOL = 2
_HEADS = 4


def plan_model(spec: ModelSpec, lookback: int, num_features: int) -> Plan:
    """Return the plan of an architecture, or of the layers that a person has put together.

    Args:
        spec: filled in.

    Raises:
        SpecError: the architecture is unknown, or its layers don't go together.
    """
    stack, decoder = expand_architecture(spec, lookback)
    return plan_encoder(stack, decoder, lookback, num_features)


def expand_architecture(spec: ModelSpec, lookback: int) -> tuple[Stack, Decoder]:
    """Return an architecture's layers and its decoder.

    Raises:
        SpecError: the architecture is unknown.
    """
    if spec.architecture == "custom":
        return list(spec.stack), spec.decoder or DIRECT
    recipe = _RECIPES.get(spec.architecture or "")
    if recipe is None:
        raise SpecError(
            f'There is no architecture "{spec.architecture}".',
            suggest_name(spec.architecture or "", _RECIPES).strip(),
        )
    stack, decoder = recipe(spec, lookback)
    return stack, spec.decoder or decoder


def _recurrent(kind: Callable[..., Layer], spec: ModelSpec, **options: Any) -> Stack:
    """Return as many layers of a kind as the spec says."""
    one = kind(**_width(spec), dropout=spec.dropout, **options)
    return [one] * spec.num_layers


def _width(spec: ModelSpec) -> dict[str, Any]:
    assert spec.units is not None
    return {"units": spec.units, **_penalties(spec)}


def _penalties(spec: ModelSpec) -> dict[str, Any]:
    return {"l1": spec.l1, "l2": spec.l2}


def _segment(spec: ModelSpec, lookback: int) -> tuple[Stack, Decoder]:
    length = min(spec.segment or 1, lookback)
    stack: Stack = [SegmentsLayer(length=length), DenseLayer(**_width(spec))]
    return [*stack, *_recurrent(LstmLayer, spec)], SegmentDecoder(length=length)


def _attention(spec: ModelSpec, lookback: int) -> tuple[Stack, Decoder]:
    return [*_recurrent(LstmLayer, spec), AttentionLayer(**_penalties(spec))], DIRECT


def _cnn_lstm(spec: ModelSpec, lookback: int) -> tuple[Stack, Decoder]:
    assert spec.units is not None
    front: Stack = [
        Conv1dLayer(filters=spec.units, kernel_size=min(_KERNEL, lookback), **_penalties(spec)),
        PoolingLayer(size=min(_POOL, lookback)),
    ]
    return [*front, *_recurrent(LstmLayer, spec)], DIRECT


def _conv_lstm(spec: ModelSpec, lookback: int) -> tuple[Stack, Decoder]:
    assert spec.units is not None
    one = ConvLstmLayer(
        filters=max(1, spec.units // 4),
        frame=min(spec.segment or 1, lookback),
        dropout=spec.dropout,
        **_penalties(spec),
    )
    # Between two of them, a frame is made of as many steps as there are frames: keep to one.
    return [one], DIRECT


def _residual(spec: ModelSpec, lookback: int) -> tuple[Stack, Decoder]:
    stack: Stack = [DenseLayer(activation="linear", **_width(spec))]
    for layer in _recurrent(LstmLayer, spec, residual=True):
        stack += [LayerNormalizationLayer(), layer]
    return stack, DIRECT


def _transformer(spec: ModelSpec, lookback: int) -> tuple[Stack, Decoder]:
    assert spec.units is not None
    heads = next(count for count in (_HEADS, 2, 1) if spec.units % count == 0)
    block = TransformerLayer(
        heads=heads, feedforward=2 * spec.units, dropout=spec.dropout, **_penalties(spec)
    )
    stack: Stack = [DenseLayer(activation="linear", **_width(spec)), PositionLayer()]
    stack += [block] * spec.num_layers
    return [*stack, LayerNormalizationLayer(), SummaryLayer(mode="mean")], DIRECT


_RECIPES: dict[str, Callable[[ModelSpec, int], tuple[Stack, Decoder]]] = {
    "segment": _segment,
    "vanilla": lambda spec, lookback: (_recurrent(LstmLayer, spec), DIRECT),
    "stacked": lambda spec, lookback: (_recurrent(LstmLayer, spec), DIRECT),
    "bidirectional": lambda spec, lookback: (
        _recurrent(LstmLayer, spec, bidirectional="concat"),
        DIRECT,
    ),
    "peephole": lambda spec, lookback: (_recurrent(PeepholeLayer, spec), DIRECT),
    "attention": _attention,
    "cnn_lstm": _cnn_lstm,
    "conv_lstm": _conv_lstm,
    "seq2seq": lambda spec, lookback: (_recurrent(LstmLayer, spec), SequenceDecoder()),
    "residual": _residual,
    "gru": lambda spec, lookback: (_recurrent(GruLayer, spec), DIRECT),
    "simple_rnn": lambda spec, lookback: (_recurrent(SimpleRnnLayer, spec), DIRECT),
    "transformer": _transformer,
    "slstm": lambda spec, lookback: (_recurrent(SlstmLayer, spec), DIRECT),
}
