"""From the last layer's steps to one vector, and from there to the labels' probabilities."""

from __future__ import annotations

from lstm_core.models.costs import LayerCost
from lstm_core.models.parts import Part, count_dense
from lstm_core.spec.layers.steps import Call, Step, apply
from lstm_core.tasks.classification.network.frame import NetworkFrame

_SUMMARISED = {
    "mean_max": ("mean", "max"),
    "mean": ("mean",),
    "max": ("max",),
    "last": ("last",),
    "each": ("mean", "max"),
}


def pool(frame: NetworkFrame) -> list[Part]:
    """Make one vector of all steps: ``x``, ``(batch, width)``, if the last layer has not."""
    end = frame.plan.end
    if end.steps is None:
        return []
    if frame.spec.task.pooling == "attention":
        return [_weigh(frame)]
    names = _SUMMARISED[frame.spec.task.pooling]
    steps = [
        Step((f"{name}_step",), Call("SummariseSteps", (name,)), ("x", "lengths")) for name in names
    ]
    found = [f"{name}_step" for name in names]
    if frame.spec.task.pooling == "each":
        steps.append(Step(("each_step",), Call("EachStep", (end.steps,)), ("x", "lengths")))
        found.append("each_step")
    if len(found) > 1:
        steps.append(Step(("x",), Call("keras.layers.Concatenate"), (tuple(found),)))
    else:
        steps.append(Step(("x",), None, (found[0],)))
    width = frame.head_width
    flops = 2 * len(names) * end.num_values
    return [Part(tuple(steps), LayerCost("Summary of the steps", (width,), 0, flops, width))]


def _weigh(frame: NetworkFrame) -> Part:
    end = frame.plan.end
    width, steps = end.width, end.steps or 1
    scored = count_dense(width, width, steps)
    cost = LayerCost(
        "Summary of the steps",
        (width,),
        scored.num_weights + width,
        scored.flops + 4 * steps * width,
        scored.num_values + steps + width,
    )
    return Part((Step(("x",), Call("WeighSteps"), ("x", "lengths")),), cost)


def say_label(frame: NetworkFrame) -> list[Part]:
    """Say of each label how likely it is: ``said``, ``(batch, labels)``, logarithms, float32."""
    count = frame.shape.num_labels
    hidden = frame.spec.task.head_dropout
    hide = [apply(Call("keras.layers.Dropout", (hidden,)))] if hidden else []
    exact = {"dtype": "float32"}  # whatever the layers compute in
    counts = count_dense(frame.head_width, count)
    steps = (
        *hide,
        apply(Call("keras.layers.Dense", (count,), exact, label="head")),
        Step(("said",), Call("keras.layers.Activation", ("log_softmax",), exact), ("x",)),
    )
    cost = LayerCost("Label", (count,), counts.num_weights, counts.flops, 2 * counts.num_values)
    return [Part(steps, cost)]
