"""The architecture that reads and predicts whole segments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lstm_core.spec.architectures.entry import (
    ArchitectureEntry,
    Learning,
    Stack,
    repeat,
    width_of,
)
from lstm_core.spec.layers import Decoder, DenseLayer, LstmLayer, SegmentDecoder, SegmentsLayer

if TYPE_CHECKING:
    from lstm_core.spec.model import ModelSpec


def _read_segments(spec: ModelSpec, lookback: int) -> tuple[Stack, Decoder]:
    length = min(spec.segment or 1, lookback)
    stack: Stack = [SegmentsLayer(length=length), DenseLayer(**width_of(spec))]
    return [*stack, *repeat(LstmLayer, spec)], SegmentDecoder(length=length)


SEGMENT = ArchitectureEntry(
    "Segment LSTM",
    "Reads whole segments, such as days, as single steps and predicts segments at once: the "
    "most accurate here where there is a season, and fast.",
    _read_segments,
    cuts_segments=True,
    # Measured on public data; see ``benchmarks``.
    learning=Learning(
        measured_for="the segment LSTM",
        rate=0.002,
        large_batch=64,
        num_steps=640,
        epochs=10,
        most_epochs=100,
        decay=0.7,
        wide_units=128,
        is_mixing=False,
    ),
)
