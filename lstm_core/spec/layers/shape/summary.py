"""One vector of all steps."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from lstm_core.spec.layers.layer import (
    EncoderLayer,
    Flow,
    Group,
    LayerWords,
    Masking,
    Role,
    Size,
)
from lstm_core.spec.layers.options import OptionWords
from lstm_core.spec.layers.steps import Call, Last, Step, apply


class SummaryLayer(EncoderLayer):
    """Makes one vector of all steps."""

    words: ClassVar[LayerWords] = LayerWords(
        "Summary",
        "Makes one vector of all steps: their mean, their largest values, or the last one.",
        (r"y = \tfrac{1}{T} \sum_t x_t",),
        "The mean: $x_t$ is what comes in at step $t$ of $T$, $y$ what goes out.",
        "",
    )
    group: ClassVar[Group] = "Shape"
    role: ClassVar[Role] = "attention"
    masking: ClassVar[Masking] = "told"

    kind: Literal["summary"] = Field("summary", description="The kind of layer.")
    mode: Annotated[
        Literal["last", "mean", "max"],
        OptionWords(
            "Mode",
            "What is kept of all steps?",
            "Summary mode: what becomes of the whole sequence.",
            {"last": "The last step", "mean": "Their mean", "max": "The largest values"},
            is_told=True,
        ),
    ] = Field("mean", description="What is kept of them.")

    def resize(self, size: Size, name: str, wants_steps: bool) -> Size:
        return Size(None, size.width)

    def list_steps(self, flow: Flow) -> list[Step]:
        if flow.is_uneven:
            call = Call("SummariseSteps", (self.mode,))
            return [Step(("x",), call, ("x", "lengths"), self.say_shape(flow))]
        if self.mode == "last":
            return [Step(("x",), None, (Last("x"),), self.say_shape(flow))]
        name = {"mean": "GlobalAveragePooling1D", "max": "GlobalMaxPooling1D"}[self.mode]
        return [apply(Call(f"keras.layers.{name}"), self.say_shape(flow))]
