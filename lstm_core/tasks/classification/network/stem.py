"""From an item to the steps that the first layer reads."""

from __future__ import annotations

import numpy as np

from lstm_core.models.costs import LayerCost
from lstm_core.models.parts import Part
from lstm_core.spec.layers.layer import USUAL
from lstm_core.spec.layers.steps import Call, Step, apply
from lstm_core.spec.layers.uneven import count_stretches, silence
from lstm_core.tasks.classification.network.frame import Block, NetworkFrame

EMBEDDING = "embedding"
"""What the layer is called that gives tokens their vectors."""

_MOMENTUM = 0.9
"""Of a convolution's level and spread from batch to batch: an epoch may be of few batches."""

_SPREAD = 0.1
"""Tokens' vectors begin within this of nothing."""


def list_inputs(frame: NetworkFrame) -> list[Step]:
    """Return a step for each input: an item's steps, and how many they are."""
    shape = (None, frame.shape.num_channels) if not frame.shape.num_tokens else (None,)
    kind = "int32" if frame.shape.num_tokens else "float32"
    steps = Call("keras.Input", (shape,), {"dtype": kind, "name": "steps"})
    lengths = Call("keras.Input", ((),), {"dtype": "int32", "name": "lengths"})
    return [Step(("given",), steps, ()), Step(("given_lengths",), lengths, ())]


def list_stem(frame: NetworkFrame, vectors: np.ndarray | None = None) -> list[Part]:
    """Return the parts from the inputs to ``x``, ``(batch, steps, width)``, and ``lengths``.

    Args:
        vectors: what tokens' vectors begin as, ``(tokens, width)``; none: drawn.
    """
    own = Part((Step(("lengths",), None, ("given_lengths",)),))
    if frame.shape.num_tokens:
        first = _embed(frame, vectors)
    else:
        first = Part((Step(("x",), None, ("given",)),))
    parts = [own, first, *([_add_places(frame)] if frame.has_places else [])]
    hidden = frame.spec.task.spatial_dropout
    if frame.shape.num_tokens and hidden:
        parts.append(Part((apply(Call("keras.layers.SpatialDropout1D", (hidden,))),)))
    for number, block in enumerate(frame.blocks, 1):
        parts.append(_convolve(block, frame.spec.task.kernel, f"Convolution {number}"))
    return parts


def _embed(frame: NetworkFrame, vectors: np.ndarray | None) -> Part:
    count, width = frame.shape.num_tokens, frame.given.width
    begin = Call("keras.initializers.RandomUniform", (-_SPREAD, _SPREAD))
    if vectors is not None:
        begin = Call("GivenVectors", (vectors,))
    options = {"embeddings_initializer": begin}
    embed = Call("keras.layers.Embedding", (count, width), options, label=EMBEDDING)
    step = Step(("x",), embed, ("given",), f"Embedding: (steps, {width})")
    cost = LayerCost("Embedding", frame.given.shape, count * width, 0, frame.given.num_values)
    return Part((step,), cost)


def _add_places(frame: NetworkFrame) -> Part:
    most, given = frame.shape.most_steps, frame.given
    cost = LayerCost("Places", given.shape, most * given.width, given.num_values, given.num_values)
    return Part((apply(Call("AddPlaces", (most,))),), cost)


def _convolve(block: Block, kernel: int, title: str) -> Part:
    """Look for patterns, bring what is found to one level, and keep the largest of each pool."""
    before, after = block.before, block.after
    found = before.with_width(after.width)
    options = {"padding": "same", "use_bias": False}
    convolve = Call("keras.layers.Conv1D", (after.width, kernel), options, USUAL)
    normalise = Call("MaskedBatchNormalization", (), {"momentum": _MOMENTUM})
    steps = [
        silence(),
        apply(convolve),
        Step(("x",), normalise, ("x", "lengths")),
        apply(Call("keras.layers.Activation", ("relu",)), f"{title}: (steps, {after.width})"),
    ]
    if block.pool > 1:
        pool = Call("PoolSteps", (block.pool,))
        steps += [Step(("x",), pool, ("x", "lengths")), count_stretches(block.pool)]
    products = kernel * before.width * after.width
    cost = LayerCost(
        title,
        after.shape,
        products + 2 * after.width,
        2 * (before.steps or 1) * products + 8 * found.num_values,
        3 * found.num_values + (after.num_values if block.pool > 1 else 0),
    )
    return Part(tuple(steps), cost)
