"""From the last layer's steps to tags: what speaks for each, and how they follow one another."""

from __future__ import annotations

from lstm_core.models.costs import LayerCost
from lstm_core.models.parts import Part, count_dense
from lstm_core.spec.layers.steps import Call, Step, apply
from lstm_core.tasks.tagging.network.frame import NetworkFrame

CHAIN = "chain"
"""What the layer is called that knows how tags follow one another."""


def say_tags(frame: NetworkFrame) -> list[Part]:
    """Say how likely each tag is: ``said``, ``(batch, steps, 2 * tags + 1)``; see ``TagChain``."""
    count, end = frame.shape.num_tags, frame.plan.end
    hidden = frame.spec.task.head_dropout
    hide = [apply(Call("keras.layers.SpatialDropout1D", (hidden,)))] if hidden else []
    exact = {"dtype": "float32"}  # whatever the layers compute in
    score = (
        *hide,
        Step(("scores",), Call("keras.layers.Dense", (count,), exact, label="head"), ("x",)),
    )
    learns = frame.spec.task.chain == "crf"
    options = {"marks_entities": frame.shape.marks_entities, "learns": learns}
    chain = Call("TagChain", (count,), options, {"learns": True, "marks_entities": False}, CHAIN)
    steps = end.steps or 1
    counts = count_dense(end.width, count, steps)
    follow = Step(("said",), chain, ("scores", "lengths"))
    num_links = count * (count + 2) if learns else 0
    return [
        Part(
            score,
            LayerCost("Scores", (steps, count), counts.num_weights, counts.flops, steps * count),
        ),
        Part(
            (follow,),
            LayerCost(
                "Tags", (steps, count), num_links, 2 * steps * count * count, 2 * steps * count
            ),
        ),
    ]
