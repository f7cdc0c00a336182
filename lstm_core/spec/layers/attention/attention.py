"""Attention that the last step pays to all."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from lstm_core.spec.layers.layer import (
    USUAL,
    Counts,
    Flow,
    Group,
    LayerWords,
    Masking,
    Role,
    Size,
    WeightedLayer,
)
from lstm_core.spec.layers.options import SCORES, OptionWords, Score
from lstm_core.spec.layers.steps import Call, Step, apply


class AttentionLayer(WeightedLayer):
    """Weighs the steps by what the last one asks for.

    Additive: Bahdanau et al. (2015); dot: Luong et al. (2015).
    """

    words: ClassVar[LayerWords] = LayerWords(
        "Attention",
        "Weighs all steps by what the last one asks for; the weights can be looked at.",
        (
            r"e_t = v^\top \tanh(W h_t + U q) \;\text{ or }\; e_t = h_t^\top W q",
            r"a_t = \exp(e_t) / \sum_s \exp(e_s), \quad y = \Big[\sum_t a_t h_t; q\Big]",
        ),
        "$h_t$ is what comes in at step $t$ and $q$ the last of them; $e_t$ says how well they go "
        "together, $a_t$ how much the step counts among all steps $s$; $y$ is what goes out; $v$, "
        "$W$ and $U$ are learnt.",
        "Bahdanau et al. 2015; Luong et al. 2015",
    )
    group: ClassVar[Group] = "Attention"
    role: ClassVar[Role] = "attention"
    masking: ClassVar[Masking] = "told"
    shows_weights: ClassVar[bool] = True

    kind: Literal["attention"] = Field("attention", description="The kind of layer.")
    score: Annotated[
        Score,
        OptionWords(
            "Score",
            "How are steps compared?",
            "Score: how well a step answers what the last one asks for.",
            SCORES,
            is_told=True,
        ),
    ] = Field("additive", description="How well a step answers the last one.")

    def resize(self, size: Size, name: str, wants_steps: bool) -> Size:
        return Size(None, 2 * size.width)

    def count(self, flow: Flow) -> Counts:
        width, steps = flow.before.width, flow.num_steps
        asked, scored = width * width, 2 * steps * width
        num_weights, flops = asked, 2 * asked + 2 * scored
        if self.score == "additive":
            products = width * width
            num_weights += products + width
            flops += 2 * steps * products
        return Counts(num_weights, flops, flow.after.num_values)

    def list_steps(self, flow: Flow) -> list[Step]:
        options = self.make_kernel_options()
        if flow.is_uneven:
            call = Call("ItemAttention", (self.score,), options, USUAL)
            return [Step(("x",), call, (("x", "lengths"),), self.say_shape(flow))]
        call = Call("AttentionPooling", (self.score,), options, USUAL)
        return [apply(call, self.say_shape(flow))]
