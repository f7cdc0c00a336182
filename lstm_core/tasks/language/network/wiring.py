"""A language network put together, once, for all that build, count or write it.

``unit -> vector -> layers whose state goes on -> what speaks for each unit``.
"""

from __future__ import annotations

from lstm_core.models.costs import LayerCost
from lstm_core.models.parts import Part, count_dense
from lstm_core.spec.layers.steps import Call, Step, apply
from lstm_core.tasks.language.network.frame import NetworkFrame

_SPREAD = 0.1
"""Vectors begin within this of nothing."""


def list_inputs(frame: NetworkFrame) -> list[Step]:
    """Return a step for the units that are read."""
    call = Call("keras.Input", ((None,),), {"dtype": "int32", "name": "units"})
    return [Step(("given",), call, ())]


def list_stem(frame: NetworkFrame) -> list[Part]:
    """Return the parts from ``given`` to ``x``, ``(batch, steps, width)``."""
    count, width = frame.shape.num_units, frame.given.width
    steps = frame.given.steps or 1
    cost = LayerCost("Unit", (steps, width), count * width, 0, steps * width)
    note = f"(steps, {width})"
    made: tuple[Step, ...]
    if frame.is_tied:
        made = (
            Step(("vectors",), Call("UnitVectors", (count, width)), ("given",)),
            Step(("x",), Call("LookUpUnits"), ("given", "vectors"), note),
        )
    else:
        begin = Call("keras.initializers.RandomUniform", (-_SPREAD, _SPREAD))
        options = {"embeddings_initializer": begin}
        embed = Call("keras.layers.Embedding", (count, width), options)
        made = (Step(("x",), embed, ("given",), note),)
    parts = [Part(made, cost)]
    hidden = frame.spec.task.input_dropout
    if hidden:
        parts.append(Part((apply(Call("keras.layers.Dropout", (hidden,))),)))
    return parts


def list_head(frame: NetworkFrame) -> list[Part]:
    """Return the parts from ``x`` to ``said``, ``(batch, steps, units)`` float32 logits."""
    count, width = frame.shape.num_units, frame.plan.end.width
    steps = frame.given.steps or 1
    hidden = frame.spec.task.head_dropout
    parts = [Part((apply(Call("keras.layers.Dropout", (hidden,))),))] if hidden else []
    exact = {"dtype": "float32"}  # whatever the layers compute in
    if frame.projects:
        counts = count_dense(width, frame.given.width, steps)
        project = apply(Call("keras.layers.Dense", (frame.given.width,)))
        cost = LayerCost(
            "Projection",
            (steps, frame.given.width),
            counts.num_weights,
            counts.flops,
            counts.num_values,
        )
        parts.append(Part((project,), cost))
    counts = count_dense(frame.given.width if frame.is_tied else width, count, steps)
    if frame.is_tied:
        say = Step(("said",), Call("MatchUnits"), ("x", "vectors"))
    else:
        dense = Call("keras.layers.Dense", (count,), exact, label="head")
        say = Step(("said",), dense, ("x",))
    num_weights = count if frame.is_tied else counts.num_weights
    cost = LayerCost("Next unit", (steps, count), num_weights, counts.flops, counts.num_values)
    return [*parts, Part((say,), cost)]
