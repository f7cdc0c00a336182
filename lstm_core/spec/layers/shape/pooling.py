"""One step of several."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from lstm_core.spec.layers.layer import (
    EncoderLayer,
    Fitting,
    Flow,
    Group,
    LayerWords,
    Masking,
    Role,
    Size,
)
from lstm_core.spec.layers.options import OptionWords
from lstm_core.spec.layers.steps import Call, Step, apply
from lstm_core.spec.layers.uneven import count_stretches


class PoolingLayer(EncoderLayer):
    """Keeps one step of several."""

    words: ClassVar[LayerWords] = LayerWords(
        "Pooling",
        "Keeps one step of several: shorter sequences, less to forget.",
        (r"y_s = \max_{t \in s} x_t",),
        "$x_t$ is what comes in at step $t$; $s$ is a stretch of steps, and $y_s$ the one that it "
        "becomes.",
        "",
    )
    group: ClassVar[Group] = "Shape"
    role: ClassVar[Role] = "shape"
    masking: ClassVar[Masking] = "told"
    fitting: ClassVar[Fitting | None] = Fitting("size", (2, 1))

    kind: Literal["pooling"] = Field("pooling", description="The kind of layer.")
    size: Annotated[
        int,
        OptionWords(
            "Pool size",
            "How many steps become one?",
            "Pool size: 2 halves the sequence, and what comes behind takes half the time.",
            is_told=True,
            nouns=("step becomes one", "steps become one"),
        ),
    ] = Field(2, ge=1, le=1_000, description="Steps that become one.")
    mode: Annotated[
        Literal["max", "average"],
        OptionWords(
            "Mode",
            "What is kept of them?",
            "Pooling mode: the largest value tells that something was there, the mean how much.",
            {"max": "The largest value", "average": "Their mean"},
            is_told=True,
        ),
    ] = Field("max", description="What is kept of them.")

    def resize(self, size: Size, name: str, wants_steps: bool) -> Size:
        return size.cut(self.size, name, "pool")

    def list_steps(self, flow: Flow) -> list[Step]:
        if flow.is_uneven:
            pool = Call("PoolSteps", (self.size,), {"mode": self.mode}, {"mode": "max"})
            return [
                Step(("x",), pool, ("x", "lengths"), self.say_shape(flow)),
                count_stretches(self.size),
            ]
        name = "MaxPooling1D" if self.mode == "max" else "AveragePooling1D"
        return [apply(Call(f"keras.layers.{name}", (self.size,)), self.say_shape(flow))]
