"""Hiding values while training."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from lstm_core.spec.layers.layer import EncoderLayer, Flow, Group, LayerWords, Masking
from lstm_core.spec.layers.options import OptionWords
from lstm_core.spec.layers.steps import Call, Step, apply


class DropoutLayer(EncoderLayer):
    """Hides a share of its inputs while training: Srivastava et al. (2014)."""

    words: ClassVar[LayerWords] = LayerWords(
        "Dropout",
        "Hides a share of the values while training, so that the network can't lean on any one.",
        (r"y = x \odot m / (1 - p), \quad m \sim \mathrm{Bernoulli}(1 - p)",),
        r"$x$ is what comes in, $y$ what goes out; each number of $m$ is 0 with probability $p$, "
        r"else 1, and drawn anew for each batch of the training; $\odot$ multiplies number by "
        r"number.",
        "Srivastava et al. 2014",
    )
    group: ClassVar[Group] = "Between layers"
    masking: ClassVar[Masking] = "each"
    reads_steps: ClassVar[bool] = False

    kind: Literal["dropout"] = Field("dropout", description="The kind of layer.")
    rate: Annotated[
        float,
        OptionWords(
            "Rate",
            "How much is hidden while training?",
            "Dropout rate: the share of values set to 0 at random. Against overfitting.",
            is_share=True,
            is_told=True,
        ),
    ] = Field(0.2, ge=0, lt=1, description="Share of the inputs hidden.")

    def list_steps(self, flow: Flow) -> list[Step]:
        return [apply(Call("keras.layers.Dropout", (self.rate,)), self.say_shape(flow))]
