"""The architectures. Adding one is a builder, a line here and a name in ``spec.Architecture``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lstm_core.errors import SpecError, suggest_name
from lstm_core.spec import ModelSpec

if TYPE_CHECKING:
    import keras


@dataclass(frozen=True)
class ArchitectureEntry:
    """One architecture: its words for people, and its builder's name in ``recurrent``.

    The builder is named, not held, because a page reads the words and must not load Keras.
    """

    title: str
    sentence: str
    builder: str


ARCHITECTURES: dict[str, ArchitectureEntry] = {
    "vanilla": ArchitectureEntry(
        "LSTM", "One LSTM layer: the textbook network, and a good first try.", "build_lstm"
    ),
    "stacked": ArchitectureEntry(
        "Stacked LSTM",
        "Several LSTM layers, each reading the states of the one before: for long tables with "
        "patterns within patterns.",
        "build_lstm",
    ),
    "bidirectional": ArchitectureEntry(
        "Bidirectional LSTM",
        "Reads each window forwards and backwards: twice the work, sometimes a clearer view of "
        "the whole window.",
        "build_bidirectional",
    ),
    "gru": ArchitectureEntry(
        "GRU",
        "A lighter relative of the LSTM with two gates and no cell state: faster, often as good.",
        "build_gru",
    ),
}


def build_encoder(spec: ModelSpec, window: keras.KerasTensor) -> keras.KerasTensor:
    """Build the chosen architecture on ``(batch, lookback, features)``; gives ``(batch, width)``.

    Raises:
        SpecError: the architecture is unknown.
    """
    from lstm_core.models import recurrent

    entry = ARCHITECTURES.get(spec.architecture)
    if entry is None:
        raise SpecError(
            f'There is no architecture "{spec.architecture}".',
            suggest_name(spec.architecture, ARCHITECTURES).strip(),
        )
    builder: Callable[[ModelSpec, keras.KerasTensor], keras.KerasTensor] = getattr(
        recurrent, entry.builder
    )
    return builder(spec, window)
