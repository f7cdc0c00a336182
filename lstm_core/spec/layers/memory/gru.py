"""The gated recurrent unit."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import Field

from lstm_core.spec.layers.layer import LayerWords
from lstm_core.spec.layers.memory.recurrent import SIGNS, THROUGH, RecurrentLayer, call_keras
from lstm_core.spec.layers.options import RecurrentActivation
from lstm_core.spec.layers.steps import Call


class GruLayer(RecurrentLayer):
    """Two gates and no cell state: Cho et al. (2014)."""

    words: ClassVar[LayerWords] = LayerWords(
        "GRU",
        "Two gates and no cell state: fewer weights than an LSTM, often as good.",
        (
            r"u_t = \sigma(W_u x_t + U_u h_{t-1} + b_u)",
            r"r_t = \sigma(W_r x_t + U_r h_{t-1} + b_r)",
            r"\tilde h_t = \tanh(W x_t + r_t \odot (U h_{t-1} + b'))",
            r"h_t = u_t \odot h_{t-1} + (1 - u_t) \odot \tilde h_t",
        ),
        r"$u_t$ is the update gate, $r_t$ the reset gate, each from 0 to 1; $\tilde h_t$ is what "
        r"is new; "
        f"{THROUGH}; $W$, $U$, $b$ and $b'$ are learnt; {SIGNS}.",
        "Cho et al. 2014",
    )
    num_gates: ClassVar[int] = 3
    has_fast_kernel: ClassVar[bool] = True

    kind: Literal["gru"] = Field("gru", description="The kind of layer.")
    recurrent_activation: RecurrentActivation = Field(
        "sigmoid", description="What opens and closes the gates."
    )

    def count_cell(self, width: int) -> tuple[int, int]:
        products, num_weights = super().count_cell(width)
        # Keras keeps a bias for each of the two products.
        return products, num_weights + self.num_gates * self.units

    def call(self, loop: dict[str, Any]) -> Call:
        return call_keras(self, "GRU", loop)
