"""Convolution along the steps."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

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
    check_length,
)
from lstm_core.spec.layers.options import Activation, Filters, KernelSize, OptionWords
from lstm_core.spec.layers.steps import Call, Step, apply
from lstm_core.spec.layers.uneven import silence


class Conv1dLayer(WeightedLayer):
    """Looks for short patterns, wherever they are."""

    words: ClassVar[LayerWords] = LayerWords(
        "Convolution",
        "Looks for short patterns wherever they are; a fast front for an LSTM.",
        (r"y_t = \phi\Big(\sum_{k} W_k x_{t - d k} + b\Big)",),
        r"$x_t$ is what comes in at step $t$, $y_t$ what goes out; $k$ counts the steps of a "
        r"pattern, which are $d$ apart; $\phi$ is the activation; $W_k$ and $b$ are learnt.",
        "LeCun et al. 1989",
    )
    group: ClassVar[Group] = "Shape"
    role: ClassVar[Role] = "shape"
    masking: ClassVar[Masking] = "zeros"
    fitting: ClassVar[Fitting | None] = Fitting("kernel_size", (5, 3, 2, 1))

    kind: Literal["conv1d"] = Field("conv1d", description="The kind of layer.")
    filters: Filters = Field(32, ge=1, le=4_096, description="Patterns looked for.")
    kernel_size: KernelSize = Field(5, ge=1, le=999, description="Steps in a pattern.")
    dilation: Annotated[
        int,
        OptionWords(
            "Dilation",
            "How far apart are a pattern's steps?",
            "Dilation: 1 looks at neighbours, 24 at the same hour of other days.",
        ),
    ] = Field(1, ge=1, le=512, description="Gap between the steps of a pattern.")
    padding: Annotated[
        Literal["causal", "same", "valid"],
        OptionWords(
            "Padding",
            "What stands beyond the ends?",
            "Padding. Causal sees the past alone; same looks both ways; valid keeps only whole "
            "patterns, so that steps are lost.",
            {
                "causal": "Zeros before it (causal)",
                "same": "Zeros on both sides (same)",
                "valid": "Nothing (valid)",
            },
        ),
    ] = Field("causal", description="What stands beyond the ends of what it reads.")
    activation: Activation = Field("relu", description="What squashes the output.")

    def resize(self, size: Size, name: str, wants_steps: bool) -> Size:
        steps = size.steps or 1
        if self.padding == "valid":
            if not size.is_uneven:
                check_length(name, "pattern", self._reach + 1, steps)
            steps = max(1, steps - self._reach)
        return Size(steps, self.filters, size.is_uneven)

    @property
    def _reach(self) -> int:
        """Steps of a pattern beside its first."""
        return (self.kernel_size - 1) * self.dilation

    def count(self, flow: Flow) -> Counts:
        products = self.kernel_size * flow.before.width * self.filters
        flops = 2 * (flow.after.steps or 1) * products
        return Counts(products + self.filters, flops, flow.after.num_values)

    def list_steps(self, flow: Flow) -> list[Step]:
        options = {
            "dilation_rate": self.dilation,
            "padding": self.padding,
            "activation": self.activation,
            **self.make_kernel_options(),
        }
        usual = {**USUAL, "dilation_rate": 1, "padding": "valid", "activation": "linear"}
        sizes = (self.filters, self.kernel_size)
        convolve = apply(Call("keras.layers.Conv1D", sizes, options, usual), self.say_shape(flow))
        return self._respect_ends(convolve) if flow.is_uneven else [convolve]

    def _respect_ends(self, convolve: Step) -> list[Step]:
        """Show no item what lies behind its end."""
        if self.padding != "valid":
            return [silence(), convolve]
        fewer = Call("LoseSteps", (self._reach,))
        said = f"ops.maximum(lengths - {self._reach}, 1)"
        return [
            silence(self._reach),
            convolve,
            Step(("lengths",), fewer, ("lengths",), says=said),
        ]
