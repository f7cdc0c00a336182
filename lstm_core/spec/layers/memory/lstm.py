"""The LSTM, and the one whose gates see the cell state."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import Field

from lstm_core.spec.layers.layer import LayerWords
from lstm_core.spec.layers.memory.recurrent import (
    GATES_NAMED,
    SIGNS,
    THROUGH,
    RecurrentLayer,
    call_cell,
    call_keras,
)
from lstm_core.spec.layers.options import ForgetBias, RecurrentActivation
from lstm_core.spec.layers.steps import Call


class _GatedLayer(RecurrentLayer):
    """A cell state beside the output, and a gate that forgets."""

    num_states: ClassVar[int] = 2

    @property
    def has_cell(self) -> bool:
        return self.bidirectional is None


class LstmLayer(_GatedLayer):
    """Hochreiter and Schmidhuber (1997), with the forget gate of Gers et al. (2000)."""

    words: ClassVar[LayerWords] = LayerWords(
        "LSTM",
        "Reads step by step and keeps a cell state that gates write, keep and read: it can "
        "remember over many steps.",
        (
            r"i_t = \sigma(W_i x_t + U_i h_{t-1} + b_i)",
            r"f_t = \sigma(W_f x_t + U_f h_{t-1} + b_f)",
            r"o_t = \sigma(W_o x_t + U_o h_{t-1} + b_o)",
            r"z_t = \tanh(W_z x_t + U_z h_{t-1} + b_z)",
            r"c_t = f_t \odot c_{t-1} + i_t \odot z_t",
            r"h_t = o_t \odot \tanh(c_t)",
        ),
        f"{GATES_NAMED}; $z_t$ is what is new, $c_t$ the cell state; {THROUGH}; $W$, $U$ and $b$ "
        f"are learnt; {SIGNS}.",
        "Hochreiter and Schmidhuber 1997; forget gate: Gers et al. 2000",
    )
    has_fast_kernel: ClassVar[bool] = True

    kind: Literal["lstm"] = Field("lstm", description="The kind of layer.")
    recurrent_activation: RecurrentActivation = Field(
        "sigmoid", description="What opens and closes the gates."
    )
    forget_bias: ForgetBias = Field(
        1.0, ge=-10, le=10, description="Where the forget gate starts: 1 keeps, -1 forgets."
    )

    def call(self, loop: dict[str, Any]) -> Call:
        return call_keras(self, "LSTM", loop, **_start_forget_gate(self.forget_bias))


class PeepholeLayer(_GatedLayer):
    """An LSTM whose gates see the cell state: Gers and Schmidhuber (2000)."""

    words: ClassVar[LayerWords] = LayerWords(
        "Peephole LSTM",
        "An LSTM whose gates also see the cell state: for patterns where exact timing counts.",
        (
            r"i_t = \sigma(W_i x_t + U_i h_{t-1} + p_i \odot c_{t-1} + b_i)",
            r"f_t = \sigma(W_f x_t + U_f h_{t-1} + p_f \odot c_{t-1} + b_f)",
            r"c_t = f_t \odot c_{t-1} + i_t \odot \tanh(W_z x_t + U_z h_{t-1} + b_z)",
            r"o_t = \sigma(W_o x_t + U_o h_{t-1} + p_o \odot c_t + b_o)",
            r"h_t = o_t \odot \tanh(c_t)",
        ),
        f"{GATES_NAMED}; they see the cell state $c_t$ through $p$, and $W_z$ and $U_z$ make what "
        f"is new; {THROUGH}; $W$, $U$, $p$ and $b$ are learnt; {SIGNS}.",
        "Gers and Schmidhuber 2000",
    )

    kind: Literal["peephole_lstm"] = Field("peephole_lstm", description="The kind of layer.")
    recurrent_activation: RecurrentActivation = Field(
        "sigmoid", description="What opens and closes the gates."
    )
    forget_bias: ForgetBias = Field(
        1.0, ge=-10, le=10, description="Where the forget gate starts: 1 keeps, -1 forgets."
    )

    def count_cell(self, width: int) -> tuple[int, int]:
        products, num_weights = super().count_cell(width)
        return products, num_weights + 3 * self.units

    def call(self, loop: dict[str, Any]) -> Call:
        return call_cell(self, "PeepholeLSTMCell", loop, _start_forget_gate(self.forget_bias))


def _start_forget_gate(bias: float) -> dict[str, Any]:
    """Return the options of an LSTM whose forget gate starts at a bias; Keras's own is 1."""
    if bias == 1.0:
        return {}
    return {"unit_forget_bias": False, "bias_initializer": Call("ForgetBias", (bias,))}
