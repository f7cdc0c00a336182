"""A translating network put together, once, for all that build, count or write it.

``source -> vectors -> layers -> memory``; and from there, unit by unit, ``unit before -> vector ->
LSTM -> what attention finds -> further LSTMs -> what speaks for each unit``. What is found goes up
to the layers above and not back to the first: so all units of a sentence that is known are gone
through at once. Source: Wu et al., "Google's Neural Machine Translation System", 2016, section 3.
"""

from __future__ import annotations

from lstm_core.models.costs import LayerCost
from lstm_core.models.parts import Part, count_dense
from lstm_core.spec.layers.steps import Call, Step, apply
from lstm_core.tasks.translation.network.frame import NetworkFrame

MEMORY = "memory"
"""What the layer is called whose output the decoder looks back at."""

ATTENTION = "attention"

_SPREAD = 0.1
"""Vectors begin within this of nothing."""


def list_inputs() -> list[Step]:
    """Return a step for each input: what is given, its length, and the units before."""
    shapes = {"source": (None,), "lengths": (), "before": (None,)}
    return [
        Step(
            (name if name == "lengths" else f"given_{name}",),
            Call("keras.Input", (shape,), {"dtype": "int32", "name": name}),
            (),
        )
        for name, shape in shapes.items()
    ]


def list_stem(frame: NetworkFrame) -> list[Part]:
    """Return the parts from ``given_source`` to ``x``, ``(batch, steps, width)``."""
    count, width, steps = frame.shape.num_sources, frame.given.width, frame.shape.source_steps
    begin = Call("keras.initializers.RandomUniform", (-_SPREAD, _SPREAD))
    embed = Call("keras.layers.Embedding", (count, width), {"embeddings_initializer": begin})
    cost = LayerCost("Unit", (steps, width), count * width, 0, steps * width)
    parts = [Part((Step(("x",), embed, ("given_source",), f"(steps, {width})"),), cost)]
    hidden = frame.spec.task.input_dropout
    if hidden:
        parts.append(Part((apply(Call("keras.layers.Dropout", (hidden,))),)))
    return parts


def list_bridge(frame: NetworkFrame) -> list[Part]:
    """Return the parts from ``x`` to ``memory``, and to what each layer of the decoder begins with.

    The decoder begins with the mean of what was read, brought to its width.
    """
    end, width, steps = frame.plan.end.width, frame.width, frame.shape.source_steps
    parts = []
    if frame.looks_back:
        counts = count_dense(end, width, steps)
        dense = Call("keras.layers.Dense", (width,), label=MEMORY)
        cost = LayerCost(
            "Memory", (steps, width), counts.num_weights, counts.flops, counts.num_values
        )
        parts.append(Part((Step((MEMORY,), dense, ("x",)),), cost))
    sum_up = Step(("whole",), Call("SummariseSteps", ("mean",)), ("x", "lengths"))
    made = [
        Step(
            (name,),
            Call("keras.layers.Dense", (width,), {"activation": "tanh"}, label=f"begin_{name}"),
            ("whole",),
        )
        for name in frame.states
    ]
    counts = count_dense(end, width)
    many = len(made)
    cost = LayerCost(
        "Bridge",
        (width,),
        many * counts.num_weights,
        many * counts.flops + steps * end,
        many * counts.num_values,
    )
    return [*parts, Part((sum_up, *made), cost)]


def list_decoder(frame: NetworkFrame) -> list[Part]:
    """Return the parts from ``given_before`` to ``said``, ``(batch, steps, units)`` float32 logits.

    They take ``memory``, ``lengths`` and the states by their names, and give the states at the
    end; and ``weights``, ``(batch, steps, given)``, where it looks back. Each layer has a label, so
    that a network of single steps can be made of the same layers.
    """
    task = frame.spec.task
    width, vector, steps = frame.width, frame.given.width, frame.shape.target_steps
    parts = [_read_before(frame)]
    if task.input_dropout:
        hide = Call("keras.layers.Dropout", (task.input_dropout,), label="hide_before")
        parts.append(Part((apply(hide),)))
    parts.append(_remember(frame, 1, vector))
    wide = width
    if frame.looks_back:
        look = Call("LookBack", (task.attention,), label=ATTENTION)
        join = Call("keras.layers.Concatenate", label="join_1")
        made = (
            Step(("found", "weights"), look, ("x", MEMORY, "lengths")),
            Step(("x",), join, (("x", "found"),)),
        )
        parts.append(Part(made, _cost_attention(frame)))
        wide = 2 * width
    for number in range(2, frame.num_layers + 1):
        parts.append(_remember(frame, number, wide))
        wide = width
        if frame.looks_back:
            join = Call("keras.layers.Concatenate", label=f"join_{number}")
            parts.append(Part((Step(("x",), join, (("x", "found"),)),)))
            wide = 2 * width
    counts = count_dense(wide, vector, steps)
    gather = Call("keras.layers.Dense", (vector,), {"activation": "tanh"}, label="gather")
    cost = LayerCost(
        "Projection", (steps, vector), counts.num_weights, counts.flops, counts.num_values
    )
    parts.append(Part((apply(gather),), cost))
    if task.head_dropout:
        parts.append(
            Part((apply(Call("keras.layers.Dropout", (task.head_dropout,), label="hide_head")),))
        )
    return [*parts, _say(frame)]


def _read_before(frame: NetworkFrame) -> Part:
    count, width, steps = frame.shape.num_targets, frame.given.width, frame.shape.target_steps
    made: tuple[Step, ...]
    if frame.spec.task.tied:
        vectors = Call("UnitVectors", (count, width), label="vectors")
        made = (
            Step(("vectors",), vectors, ("given_before",)),
            Step(("x",), Call("LookUpUnits", label="look_up"), ("given_before", "vectors")),
        )
    else:
        begin = Call("keras.initializers.RandomUniform", (-_SPREAD, _SPREAD))
        options = {"embeddings_initializer": begin}
        embed = Call("keras.layers.Embedding", (count, width), options, label="look_up")
        made = (Step(("x",), embed, ("given_before",)),)
    return Part(made, LayerCost("Unit before", (steps, width), count * width, 0, steps * width))


def _remember(frame: NetworkFrame, number: int, width: int) -> Part:
    """Return one LSTM of the decoder, which goes on from its state."""
    units, steps = frame.width, frame.shape.target_steps
    options = {"return_sequences": True, "return_state": True}
    states = f"state_{number}", f"cell_{number}"
    read = Step(
        ("x", *states),
        Call("keras.layers.LSTM", (units,), options, label=f"decoder_{number}"),
        ("x",),
        by_name={"initial_state": states},
    )
    products = 4 * units * (width + units)
    cost = LayerCost(
        f"Decoder {number}" if frame.num_layers > 1 else "Decoder",
        (steps, units),
        products + 4 * units,
        steps * (2 * products + 10 * units),
        steps * 6 * units,
    )
    return Part((read,), cost)


def _cost_attention(frame: NetworkFrame) -> LayerCost:
    width, given, steps = frame.width, frame.shape.source_steps, frame.shape.target_steps
    looked = steps * given
    if frame.spec.task.attention == "additive":
        num_weights = width * width + 2 * width
        flops = 2 * steps * width * width + 6 * looked * width
        num_values = looked * (width + 2) + steps * width
    else:
        num_weights, flops, num_values = 0, 4 * looked * width, 2 * looked + steps * width
    return LayerCost("Attention", (steps, 2 * width), num_weights, flops, num_values)


def _say(frame: NetworkFrame) -> Part:
    count, vector, steps = frame.shape.num_targets, frame.given.width, frame.shape.target_steps
    counts = count_dense(vector, count, steps)
    if frame.spec.task.tied:
        say = Step(("said",), Call("MatchUnits", label="head"), ("x", "vectors"))
    else:
        exact = {"dtype": "float32"}  # whatever the layers compute in
        say = Step(("said",), Call("keras.layers.Dense", (count,), exact, label="head"), ("x",))
    num_weights = count if frame.spec.task.tied else counts.num_weights
    cost = LayerCost("Next unit", (steps, count), num_weights, counts.flops, counts.num_values)
    return Part((say,), cost)
