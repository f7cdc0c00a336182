"""The architecture that comes trained."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lstm_core.spec.architectures.entry import DIRECT, ArchitectureEntry, Learning, Stack
from lstm_core.spec.layers import Decoder, LstmLayer, SegmentsLayer

if TYPE_CHECKING:
    from lstm_core.spec.model import ModelSpec

VALUES_A_STEP = 4
UNITS = 96
NUM_LAYERS = 2


def _read_patches(spec: ModelSpec, lookback: int) -> tuple[Stack, Decoder]:
    patches = SegmentsLayer(length=min(VALUES_A_STEP, lookback))
    return [patches, *[LstmLayer(units=UNITS)] * NUM_LAYERS], DIRECT


PRETRAINED = ArchitectureEntry(
    "Pre-trained LSTM",
    "Has seen millions of made-up series, and no real one, before it sees yours: it forecasts at "
    "once, weighing simple rules and correcting them. It can go on learning on your rows, and "
    "is kept as it came where that doesn't help.",
    _read_patches,
    comes_trained=True,
    learning=Learning(
        measured_for="the pre-trained LSTM",
        rate=0.0003,
        windows=640,
        num_steps=80,
        epochs=4,
        most_epochs=40,
        is_mixing=False,
    ),
)
