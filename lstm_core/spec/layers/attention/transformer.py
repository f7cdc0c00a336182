"""A block of a transformer."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from lstm_core.errors import SpecError
from lstm_core.spec.layers.layer import (
    USUAL,
    Counts,
    Fitting,
    Flow,
    Group,
    LayerWords,
    Masking,
    Role,
    Size,
    WeightedLayer,
)
from lstm_core.spec.layers.options import Heads, OptionWords
from lstm_core.spec.layers.steps import Call, Step, add


class TransformerLayer(WeightedLayer):
    """Self-attention and a small network behind it: Vaswani et al. (2017).

    It normalises first: Xiong et al., "On Layer Normalization", ICML 2020.
    """

    words: ClassVar[LayerWords] = LayerWords(
        "Transformer block",
        "Every step looks at every other at once: no memory to fade, but the cost grows with the "
        "square of the steps.",
        (
            r"A = \mathrm{softmax}(Q K^\top / \sqrt{d}) V",
            r"u = x + A(\mathrm{norm}(x)), \quad y = u + W_2\,\phi(W_1\,\mathrm{norm}(u))",
        ),
        r"$x$ are the steps that come in, $u$ is what attention adds to them, $y$ what goes out; "
        r"$Q$, $K$ and $V$ are weighted sums of them: what is asked for, what is answered to, and "
        r"what is handed on; $A$ is the attention, $d$ the length of a question; $\phi$ is the "
        r"activation; norm is layer normalisation; $W_1$ and $W_2$ are learnt.",
        "Vaswani et al. 2017; norm first: Xiong et al. 2020",
    )
    group: ClassVar[Group] = "Attention"
    role: ClassVar[Role] = "attention"
    masking: ClassVar[Masking] = "told"
    fitting: ClassVar[Fitting | None] = Fitting("heads", (4, 2, 1))

    kind: Literal["transformer"] = Field("transformer", description="The kind of layer.")
    heads: Heads = Field(4, ge=1, le=64, description="Ways of looking, side by side.")
    feedforward: Annotated[
        int,
        OptionWords(
            "Feed-forward width",
            "How wide is the network behind the attention?",
            "Feed-forward width: usually two to four times the width of what comes in.",
        ),
    ] = Field(64, ge=1, le=8_192, description="Width of the network behind it.")
    dropout: Annotated[
        float,
        OptionWords(
            "Dropout",
            "How much of its output is hidden while training?",
            "Dropout: against overfitting, after the attention and after the network behind it.",
            is_share=True,
        ),
    ] = Field(0.0, ge=0, lt=1, description="Share of its outputs hidden while training.")

    def resize(self, size: Size, name: str, wants_steps: bool) -> Size:
        if size.width % self.heads:
            raise SpecError(
                f"{name} is given {size.width} features, which {self.heads} heads can't share "
                "evenly.",
                "Put a dense layer before it whose units are a multiple of the heads.",
            )
        return size

    def count(self, flow: Flow) -> Counts:
        width, steps = flow.before.width, flow.num_steps
        products = 4 * width * width + 2 * width * self.feedforward
        biases, norms = 4 * width + self.feedforward + width, 2 * 2 * width
        return Counts(
            products + biases + norms,
            2 * steps * products + 4 * steps * steps * width,
            steps * (8 * width + 2 * self.feedforward) + self.heads * steps * steps,
        )

    def list_steps(self, flow: Flow) -> list[Step]:
        width = flow.before.width
        sizes = (self.heads, width // self.heads)
        look = Call("keras.layers.MultiHeadAttention", sizes, self.make_kernel_options(), USUAL)
        own = [Step(("own",), Call("MaskAttention"), ("x", "lengths"))] if flow.is_uneven else []
        seeing = {"attention_mask": "own"} if flow.is_uneven else {}
        return [
            *own,
            Step(("calm",), Call("keras.layers.LayerNormalization"), ("x",)),
            Step(("seen",), look, ("calm", "calm"), by_name=seeing),
            *self._hide(),
            add("x", "x", "seen"),
            Step(("seen",), Call("keras.layers.LayerNormalization"), ("x",)),
            Step(("seen",), self.call_dense(self.feedforward, "relu"), ("seen",)),
            Step(("seen",), self.call_dense(width, "linear"), ("seen",)),
            *self._hide(),
            add("x", "x", "seen", note=self.say_shape(flow)),
        ]

    def _hide(self) -> list[Step]:
        if not self.dropout:
            return []
        return [Step(("seen",), Call("keras.layers.Dropout", (self.dropout,)), ("seen",))]
