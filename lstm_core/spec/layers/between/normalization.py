"""One level and spread for each step."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from lstm_core.spec.layers.layer import Counts, EncoderLayer, Flow, Group, LayerWords, Masking
from lstm_core.spec.layers.steps import Call, Step, apply


class LayerNormalizationLayer(EncoderLayer):
    """Brings each step's features to one level and spread: Ba et al. (2016)."""

    words: ClassVar[LayerWords] = LayerWords(
        "Layer normalisation",
        "Brings each step's features to one level and spread: steadier learning in deep stacks.",
        (r"y = \gamma \odot (x - \mu) / \sqrt{\sigma^2 + \epsilon} + \beta",),
        r"$x$ is a step that comes in, $y$ what goes out; $\mu$ and $\sigma^2$ are the mean and "
        r"the variance of the step's own features, $\epsilon$ is small; $\gamma$ and $\beta$ are "
        r"learnt; $\odot$ multiplies number by number.",
        "Ba et al. 2016",
    )
    group: ClassVar[Group] = "Between layers"
    masking: ClassVar[Masking] = "each"
    reads_steps: ClassVar[bool] = False

    kind: Literal["layer_normalization"] = Field(
        "layer_normalization", description="The kind of layer."
    )

    def count(self, flow: Flow) -> Counts:
        values = flow.before.num_values
        return Counts(2 * flow.before.width, 8 * values, flow.after.num_values)

    def list_steps(self, flow: Flow) -> list[Step]:
        return [apply(Call("keras.layers.LayerNormalization"), self.say_shape(flow))]
