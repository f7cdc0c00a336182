"""The scalar LSTM of xLSTM."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from lstm_core.errors import SpecError
from lstm_core.spec.layers.layer import LayerWords, Size
from lstm_core.spec.layers.memory.recurrent import SIGNS, THROUGH, RecurrentLayer, call_cell
from lstm_core.spec.layers.options import ForgetBias, Heads, OptionWords, RecurrentActivation
from lstm_core.spec.layers.steps import Call


class SlstmLayer(RecurrentLayer):
    """The scalar LSTM of xLSTM, with exponential gates: Beck et al. (2024)."""

    words: ClassVar[LayerWords] = LayerWords(
        "sLSTM",
        "The LSTM's modern relative: exponential gates let it rewrite at once what it has stored.",
        (
            r"z_t = \tanh(W_z x_t + R_z h_{t-1} + b_z), \quad o_t = \sigma(\tilde o_t)",
            r"m_t = \max(\log f_t + m_{t-1}, \tilde i_t)",
            r"i'_t = e^{\tilde i_t - m_t}, \quad f'_t = e^{\log f_t + m_{t-1} - m_t}",
            r"c_t = f'_t \odot c_{t-1} + i'_t \odot z_t, \quad n_t = f'_t \odot n_{t-1} + i'_t",
            r"h_t = o_t \odot c_t / n_t",
        ),
        r"$i'_t$, $f'_t$ and $o_t$ are the gates: input, forget and output; $\tilde i_t$ and "
        r"$\tilde o_t$ are weighted sums like the one in $z_t$, which is what is new, and $f_t$ "
        r"comes from such a sum; $m_t$ keeps the powers of $e$ within bounds; $c_t$ is the cell "
        r"state, $n_t$ what it is "
        f"measured by; {THROUGH}; $W$, $R$ and $b$ are learnt; {SIGNS}.",
        "Beck et al. 2024, xLSTM",
    )
    num_states: ClassVar[int] = 4

    kind: Literal["slstm"] = Field("slstm", description="The kind of layer.")
    recurrent_activation: RecurrentActivation = Field(
        "sigmoid", description="What opens and closes the output gate."
    )
    heads: Heads = Field(
        1, ge=1, le=64, description="Groups of the state that see only themselves."
    )
    forget_gate: Annotated[
        Literal["sigmoid", "exponential"],
        OptionWords(
            "Forget gate",
            "What is its forget gate made of?",
            "A sigmoid can only keep or forget; an exponential one can also amplify what is "
            "stored.",
            {"sigmoid": "Sigmoid: between 0 and 1", "exponential": "Exponential: above 1 as well"},
            is_advanced=True,
        ),
    ] = Field("sigmoid", description="What the forget gate is made of.")
    forget_bias: ForgetBias = Field(
        1.0, ge=-10, le=10, description="Where the forget gate starts: 1 keeps, -1 forgets."
    )

    def resize(self, size: Size, name: str, wants_steps: bool) -> Size:
        if self.units % self.heads:
            raise SpecError(
                f"{name} has {self.units} units, which {self.heads} heads can't share evenly.",
                "Make the units a multiple of the heads.",
            )
        return super().resize(size, name, wants_steps)

    def count_cell(self, width: int) -> tuple[int, int]:
        products = self.num_gates * self.units * (width + self.units // self.heads)
        return products, products + self.num_gates * self.units

    def call(self, loop: dict[str, Any]) -> Call:
        own = {
            "heads": self.heads,
            "forget_gate": self.forget_gate,
            "bias_initializer": Call("ForgetBias", (self.forget_bias,)),
        }
        return call_cell(self, "SLSTMCell", loop, own, {"heads": 1, "forget_gate": "sigmoid"})
