"""Architectures that look for short patterns by convolutions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lstm_core.spec.architectures.entry import (
    DIRECT,
    ArchitectureEntry,
    Stack,
    penalties_of,
    repeat,
)
from lstm_core.spec.layers import Conv1dLayer, ConvLstmLayer, Decoder, LstmLayer, PoolingLayer

if TYPE_CHECKING:
    from lstm_core.spec.model import ModelSpec

_KERNEL = 5
_POOL = 2


def _convolve_first(spec: ModelSpec, lookback: int) -> tuple[Stack, Decoder]:
    assert spec.units is not None
    front: Stack = [
        Conv1dLayer(filters=spec.units, kernel_size=min(_KERNEL, lookback), **penalties_of(spec)),
        PoolingLayer(size=min(_POOL, lookback)),
    ]
    return [*front, *repeat(LstmLayer, spec)], DIRECT


def _convolve_within(spec: ModelSpec, lookback: int) -> tuple[Stack, Decoder]:
    assert spec.units is not None
    one = ConvLstmLayer(
        filters=max(1, spec.units // 4),
        frame=min(spec.segment or 1, lookback),
        dropout=spec.dropout,
        **penalties_of(spec),
    )
    # Between two of them, a frame is made of as many steps as there are frames: keep to one.
    return [one], DIRECT


CNN_LSTM = ArchitectureEntry(
    "CNN-LSTM",
    "A convolution finds short patterns and halves the steps, an LSTM reads what it found: "
    "for what is long and noisy.",
    _convolve_first,
)

CONV_LSTM = ArchitectureEntry(
    "ConvLSTM",
    "Reads frame by frame, such as day by day, and looks within the frame by convolutions.",
    _convolve_within,
    cuts_segments=True,
)
