"""Architectures of recurrent layers alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lstm_core.spec.architectures.entry import DIRECT, ArchitectureEntry, Stack, repeat, width_of
from lstm_core.spec.layers import (
    Decoder,
    DenseLayer,
    GruLayer,
    LayerNormalizationLayer,
    LstmLayer,
    PeepholeLayer,
    SequenceDecoder,
    SimpleRnnLayer,
    SlstmLayer,
)

if TYPE_CHECKING:
    from lstm_core.spec.model import ModelSpec

VANILLA = ArchitectureEntry(
    "LSTM",
    "One LSTM layer: the textbook network, and a good first try.",
    lambda spec, lookback: (repeat(LstmLayer, spec), DIRECT),
    most_layers=1,
    instead="stacked",
)

STACKED = ArchitectureEntry(
    "Stacked LSTM",
    "Several LSTM layers, each reading the states of the one before: for long tables with "
    "patterns within patterns.",
    lambda spec, lookback: (repeat(LstmLayer, spec), DIRECT),
    usual_layers=2,
    fewest_layers=2,
    instead="vanilla",
)

BIDIRECTIONAL = ArchitectureEntry(
    "Bidirectional LSTM",
    "Reads everything forwards and backwards: twice the work, sometimes a clearer view of "
    "the whole.",
    lambda spec, lookback: (repeat(LstmLayer, spec, bidirectional="concat"), DIRECT),
)

PEEPHOLE = ArchitectureEntry(
    "Peephole LSTM",
    "Gates that see the cell state: for patterns where exact timing counts.",
    lambda spec, lookback: (repeat(PeepholeLayer, spec), DIRECT),
)

SLSTM = ArchitectureEntry(
    "sLSTM (xLSTM)",
    "The LSTM's modern relative, with exponential gates that rewrite at once what is stored.",
    lambda spec, lookback: (repeat(SlstmLayer, spec), DIRECT),
)

GRU = ArchitectureEntry(
    "GRU",
    "A lighter relative of the LSTM with two gates and no cell state: faster, often as good.",
    lambda spec, lookback: (repeat(GruLayer, spec), DIRECT),
)

SIMPLE_RNN = ArchitectureEntry(
    "Simple RNN",
    "No gates: it forgets what is some steps back. Good for seeing why LSTMs were made.",
    lambda spec, lookback: (repeat(SimpleRnnLayer, spec), DIRECT),
)

SEQ2SEQ = ArchitectureEntry(
    "Encoder-decoder",
    "A second LSTM goes on from the first one's state, step by step, and is fed what it said "
    "before: every step ahead follows from the one before it.",
    lambda spec, lookback: (repeat(LstmLayer, spec), SequenceDecoder()),
)


def _go_around(spec: ModelSpec, lookback: int) -> tuple[Stack, Decoder]:
    stack: Stack = [DenseLayer(activation="linear", **width_of(spec))]
    for layer in repeat(LstmLayer, spec, residual=True):
        stack += [LayerNormalizationLayer(), layer]
    return stack, DIRECT


RESIDUAL = ArchitectureEntry(
    "Residual LSTM",
    "A deep stack with normalised layers and a way around each: depth that still learns.",
    _go_around,
    usual_layers=2,
)
