"""Architectures in which steps are weighed against each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lstm_core.spec.architectures.entry import (
    DIRECT,
    ArchitectureEntry,
    Stack,
    penalties_of,
    repeat,
    width_of,
)
from lstm_core.spec.layers import (
    AttentionLayer,
    Decoder,
    DenseLayer,
    LayerNormalizationLayer,
    LstmLayer,
    PositionLayer,
    SummaryLayer,
    TransformerLayer,
)

if TYPE_CHECKING:
    from lstm_core.spec.model import ModelSpec

_HEADS = 4


def _weigh_behind(spec: ModelSpec, lookback: int) -> tuple[Stack, Decoder]:
    return [*repeat(LstmLayer, spec), AttentionLayer(**penalties_of(spec))], DIRECT


def _look_around(spec: ModelSpec, lookback: int) -> tuple[Stack, Decoder]:
    assert spec.units is not None
    heads = next(count for count in (_HEADS, 2, 1) if spec.units % count == 0)
    block = TransformerLayer(
        heads=heads, feedforward=2 * spec.units, dropout=spec.dropout, **penalties_of(spec)
    )
    stack: Stack = [DenseLayer(activation="linear", **width_of(spec)), PositionLayer()]
    stack += [block] * spec.num_layers
    return [*stack, LayerNormalizationLayer(), SummaryLayer(mode="mean")], DIRECT


ATTENTION = ArchitectureEntry(
    "LSTM with attention",
    "Weighs every step by what the last one asks for, and shows the weights: "
    "for patterns that return after long or uneven gaps.",
    _weigh_behind,
)

TRANSFORMER = ArchitectureEntry(
    "Transformer encoder",
    "Every step looks at every other: not an LSTM, but what many would try instead.",
    _look_around,
    usual_layers=2,
)
