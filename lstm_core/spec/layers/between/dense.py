"""Weighted sums, step by step."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from lstm_core.spec.layers.layer import (
    Counts,
    Flow,
    Group,
    LayerWords,
    Masking,
    Size,
    WeightedLayer,
)
from lstm_core.spec.layers.options import Activation, OptionWords
from lstm_core.spec.layers.steps import Step, apply


class DenseLayer(WeightedLayer):
    """The same weighted sums at every step."""

    words: ClassVar[LayerWords] = LayerWords(
        "Dense",
        "The same weighted sums at every step.",
        (r"y_t = \phi(W x_t + b)",),
        r"$x_t$ is what comes in at step $t$, $y_t$ what goes out; $W$ and $b$ are learnt, and the "
        r"same at every step; $\phi$ is the activation.",
        "",
    )
    group: ClassVar[Group] = "Between layers"
    masking: ClassVar[Masking] = "each"
    reads_steps: ClassVar[bool] = False

    kind: Literal["dense"] = Field("dense", description="The kind of layer.")
    units: Annotated[
        int,
        OptionWords(
            "Units",
            "How many sums?",
            "Units: weighted sums of what comes in, at every step.",
            is_told=True,
            nouns=("unit",),
        ),
    ] = Field(32, ge=1, le=4_096, description="Sums.")
    activation: Activation = Field("relu", description="What squashes the output.")

    def resize(self, size: Size, name: str, wants_steps: bool) -> Size:
        return size.with_width(self.units)

    def count(self, flow: Flow) -> Counts:
        products = flow.before.width * self.units
        flops = 2 * flow.num_steps * products
        return Counts(products + self.units, flops, flow.after.num_values)

    def list_steps(self, flow: Flow) -> list[Step]:
        return [apply(self.call_dense(self.units, self.activation), self.say_shape(flow))]
