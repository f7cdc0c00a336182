"""The architectures by name: an entry tells all that is known of one.

A new one is such an entry, with the recipe of its layers, and a name here and in
``spec.Architecture``.
"""

from __future__ import annotations

from lstm_core.spec.architectures.attention import ATTENTION, TRANSFORMER
from lstm_core.spec.architectures.convolution import CNN_LSTM, CONV_LSTM
from lstm_core.spec.architectures.entry import ArchitectureEntry
from lstm_core.spec.architectures.pretrained import PRETRAINED
from lstm_core.spec.architectures.recurrent import (
    BIDIRECTIONAL,
    GRU,
    PEEPHOLE,
    RESIDUAL,
    SEQ2SEQ,
    SIMPLE_RNN,
    SLSTM,
    STACKED,
    VANILLA,
)
from lstm_core.spec.architectures.segment import SEGMENT

OWN = "custom"
"""The name of the architecture whose layers stand in the spec."""

ARCHITECTURES: dict[str, ArchitectureEntry] = {
    "segment": SEGMENT,
    "vanilla": VANILLA,
    "stacked": STACKED,
    "bidirectional": BIDIRECTIONAL,
    "attention": ATTENTION,
    "cnn_lstm": CNN_LSTM,
    "conv_lstm": CONV_LSTM,
    "seq2seq": SEQ2SEQ,
    "residual": RESIDUAL,
    "peephole": PEEPHOLE,
    "slstm": SLSTM,
    "transformer": TRANSFORMER,
    "simple_rnn": SIMPLE_RNN,
    "gru": GRU,
    "pretrained": PRETRAINED,
    OWN: ArchitectureEntry(
        "Your own", "The layers that you have put together in the designer.", None
    ),
}

BUILT = tuple(
    name for name, entry in ARCHITECTURES.items() if entry.recipe and not entry.comes_trained
)
"""The names of those that are built from layers and begin untrained."""
