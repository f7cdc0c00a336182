"""The recurrent layer without gates."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import Field

from lstm_core.spec.layers.layer import LayerWords
from lstm_core.spec.layers.memory.recurrent import THROUGH, RecurrentLayer, call_keras
from lstm_core.spec.layers.steps import Call


class SimpleRnnLayer(RecurrentLayer):
    """No gates at all: Elman (1990)."""

    words: ClassVar[LayerWords] = LayerWords(
        "Simple RNN",
        "No gates: what it has read fades with each step. Good for seeing why LSTMs were made.",
        (r"h_t = \tanh(W x_t + U h_{t-1} + b)",),
        f"{THROUGH}; $W$, $U$ and $b$ are learnt.",
        "Elman 1990",
    )
    num_gates: ClassVar[int] = 1

    kind: Literal["simple_rnn"] = Field("simple_rnn", description="The kind of layer.")

    def call(self, loop: dict[str, Any]) -> Call:
        return call_keras(self, "SimpleRNN", loop)
