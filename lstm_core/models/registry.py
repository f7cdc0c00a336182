"""The architectures in words.

Adding one is a recipe (see ``recipes``), an entry here and a name in ``spec.Architecture``.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ArchitectureEntry:
    """One architecture: its name, and in a sentence what it is good for."""

    title: str
    sentence: str


ARCHITECTURES: dict[str, ArchitectureEntry] = {
    "segment": ArchitectureEntry(
        "Segment LSTM",
        "Reads whole segments, such as days, as single steps and predicts segments at once: the "
        "most accurate here where there is a season, and fast.",
    ),
    "vanilla": ArchitectureEntry(
        "LSTM",
        "One LSTM layer: the textbook network, and a good first try.",
    ),
    "stacked": ArchitectureEntry(
        "Stacked LSTM",
        "Several LSTM layers, each reading the states of the one before: for long tables with "
        "patterns within patterns.",
    ),
    "bidirectional": ArchitectureEntry(
        "Bidirectional LSTM",
        "Reads each window forwards and backwards: twice the work, sometimes a clearer view of "
        "the whole window.",
    ),
    "attention": ArchitectureEntry(
        "LSTM with attention",
        "Weighs every step of the window by what the last one asks for, and shows the weights: "
        "for patterns that return after long or uneven gaps.",
    ),
    "cnn_lstm": ArchitectureEntry(
        "CNN-LSTM",
        "A convolution finds short patterns and halves the steps, an LSTM reads what it found: "
        "for long, noisy windows.",
    ),
    "conv_lstm": ArchitectureEntry(
        "ConvLSTM",
        "Reads frame by frame, such as day by day, and looks within the frame by convolutions.",
    ),
    "seq2seq": ArchitectureEntry(
        "Encoder-decoder",
        "A second LSTM goes on from the first one's state, step by step, and is fed what it said "
        "before: every step ahead follows from the one before it.",
    ),
    "residual": ArchitectureEntry(
        "Residual LSTM",
        "A deep stack with normalised layers and a way around each: depth that still learns.",
    ),
    "peephole": ArchitectureEntry(
        "Peephole LSTM",
        "Gates that see the cell state: for patterns where exact timing counts.",
    ),
    "slstm": ArchitectureEntry(
        "sLSTM (xLSTM)",
        "The LSTM's modern relative, with exponential gates that rewrite at once what is stored.",
    ),
    "transformer": ArchitectureEntry(
        "Transformer encoder",
        "Every step looks at every other: not an LSTM, but what many would try instead.",
    ),
    "simple_rnn": ArchitectureEntry(
        "Simple RNN",
        "No gates: it forgets what is some steps back. Good for seeing why LSTMs were made.",
    ),
    "gru": ArchitectureEntry(
        "GRU",
        "A lighter relative of the LSTM with two gates and no cell state: faster, often as good.",
    ),
    "custom": ArchitectureEntry(
        "Your own",
        "The layers that you have put together in the designer.",
    ),
}
