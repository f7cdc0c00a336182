"""The architectures. Adding one is a builder, a line here and a name in ``spec.Architecture``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from lstm_core.errors import SpecError, suggest_name
from lstm_core.spec import ModelSpec

if TYPE_CHECKING:
    import keras


@dataclass(frozen=True)
class ArchitectureEntry:
    """One architecture: its words for people, and where its builder stands.

    The builder is named, ``module.function``, not held, because a page reads the words and must
    not load Keras.
    """

    title: str
    sentence: str
    builder: str


ARCHITECTURES: dict[str, ArchitectureEntry] = {
    "segment": ArchitectureEntry(
        "Segment LSTM",
        "Reads whole segments, such as days, as single steps and predicts segments at once: the "
        "most accurate here where there is a season, and fast.",
        "segment.build_segment_lstm",
    ),
    "vanilla": ArchitectureEntry(
        "LSTM",
        "One LSTM layer: the textbook network, and a good first try.",
        "recurrent.build_lstm",
    ),
    "stacked": ArchitectureEntry(
        "Stacked LSTM",
        "Several LSTM layers, each reading the states of the one before: for long tables with "
        "patterns within patterns.",
        "recurrent.build_lstm",
    ),
    "bidirectional": ArchitectureEntry(
        "Bidirectional LSTM",
        "Reads each window forwards and backwards: twice the work, sometimes a clearer view of "
        "the whole window.",
        "recurrent.build_bidirectional",
    ),
    "gru": ArchitectureEntry(
        "GRU",
        "A lighter relative of the LSTM with two gates and no cell state: faster, often as good.",
        "recurrent.build_gru",
    ),
}


def build_encoder(spec: ModelSpec, window: keras.KerasTensor) -> keras.KerasTensor:
    """Build the chosen architecture on ``(batch, lookback, features)``; gives ``(batch, width)``.

    Raises:
        SpecError: the architecture is unknown.
    """
    entry = ARCHITECTURES.get(spec.architecture or "")
    if entry is None:
        raise SpecError(
            f'There is no architecture "{spec.architecture}".',
            suggest_name(spec.architecture or "", ARCHITECTURES).strip(),
        )
    module, _, name = entry.builder.partition(".")
    builder: Callable[[ModelSpec, keras.KerasTensor], keras.KerasTensor] = getattr(
        import_module(f"lstm_core.models.{module}"), name
    )
    return builder(spec, window)
