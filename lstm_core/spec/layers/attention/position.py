"""Where a step stands."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from lstm_core.spec.layers.layer import EncoderLayer, Flow, Group, LayerWords, Masking, Role
from lstm_core.spec.layers.steps import Call, Step, apply


class PositionLayer(EncoderLayer):
    """Adds waves that tell where a step stands: Vaswani et al. (2017), section 3.5."""

    words: ClassVar[LayerWords] = LayerWords(
        "Position",
        "Adds waves that tell where a step stands, which attention alone can't see.",
        (
            r"y_{t, 2k} = x_{t, 2k} + \sin(t / 10000^{2k/d})",
            r"y_{t, 2k+1} = x_{t, 2k+1} + \cos(t / 10000^{2k/d})",
        ),
        "$x_t$ is what comes in at step $t$, $y_t$ what goes out; $k$ counts pairs of features, of "
        "which there are $d$ in all.",
        "Vaswani et al. 2017",
    )
    group: ClassVar[Group] = "Attention"
    role: ClassVar[Role] = "attention"
    masking: ClassVar[Masking] = "each"

    kind: Literal["position"] = Field("position", description="The kind of layer.")

    def list_steps(self, flow: Flow) -> list[Step]:
        name = "AddWaves" if flow.is_uneven else "AddPosition"
        return [apply(Call(name), self.say_shape(flow))]
