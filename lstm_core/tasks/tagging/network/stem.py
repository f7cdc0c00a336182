"""From a sequence to the steps that the first layer reads."""

from __future__ import annotations

from lstm_core.learning.encoding.words import LONGEST_WORD, NUM_WRITINGS
from lstm_core.models.costs import LayerCost
from lstm_core.models.parts import Part
from lstm_core.spec.layers.steps import Call, Step, apply
from lstm_core.tasks.tagging.network.frame import (
    LETTER_WIDTH,
    WRITING_WIDTH,
    NetworkFrame,
    measure_spelling,
)

EMBEDDING = "word_embedding"
"""What the layer is called that gives words their vectors."""

_SPREAD = 0.1
"""Vectors begin within this of nothing."""

_REACH = 3
"""Letters that a convolution sees at once."""


def list_inputs(frame: NetworkFrame) -> list[Step]:
    """Return a step for each input: a sequence's steps, and how many they are."""
    if frame.reads_words:
        shapes = {"words": (None,), "writings": (None,), "letters": (None, LONGEST_WORD)}
        shapes = shapes if frame.spells else {name: shapes[name] for name in ("words", "writings")}
        kind = "int32"
    else:
        shapes, kind = {"steps": (None, frame.shape.num_channels)}, "float32"
    given = {**{name: (shape, kind) for name, shape in shapes.items()}, "lengths": ((), "int32")}
    return [
        Step(
            (f"given_{name}",),
            Call("keras.Input", (shape,), {"dtype": dtype, "name": name}),
            (),
        )
        for name, (shape, dtype) in given.items()
    ]


def list_stem(frame: NetworkFrame) -> list[Part]:
    """Return the parts from the inputs to ``x``, ``(batch, steps, width)``, and ``lengths``."""
    parts = [Part((Step(("lengths",), None, ("given_lengths",)),))]
    if frame.reads_words:
        parts += [_embed(frame), _tell_writing(frame)]
        found = ["word", "writing"]
        if frame.spells:
            parts.append(_spell(frame))
            found.append("spelt")
        note = f"(steps, {frame.given.width})"
        join = Step(("x",), Call("keras.layers.Concatenate"), (tuple(found),), note)
        parts.append(Part((join,)))
    else:
        parts.append(Part((Step(("x",), None, ("given_steps",)),)))
    hidden = frame.spec.task.input_dropout
    if hidden:
        parts.append(Part((apply(Call("keras.layers.SpatialDropout1D", (hidden,))),)))
    return parts


def _look_up(target: str, source: str, count: int, width: int, label: str = "") -> Step:
    begin = Call("keras.initializers.RandomUniform", (-_SPREAD, _SPREAD))
    options = {"embeddings_initializer": begin}
    embed = Call("keras.layers.Embedding", (count, width), options, label=label)
    return Step((target,), embed, (source,), f"Embedding: (steps, {width})")


def _embed(frame: NetworkFrame) -> Part:
    count, width = frame.shape.num_words, frame.spec.task.embedding
    steps = frame.given.steps or 1
    cost = LayerCost("Word", (steps, width), count * width, 0, steps * width)
    return Part((_look_up("word", "given_words", count, width, EMBEDDING),), cost)


def _tell_writing(frame: NetworkFrame) -> Part:
    steps = frame.given.steps or 1
    size = NUM_WRITINGS * WRITING_WIDTH
    cost = LayerCost("Writing", (steps, WRITING_WIDTH), size, 0, steps * WRITING_WIDTH)
    return Part((_look_up("writing", "given_writings", NUM_WRITINGS, WRITING_WIDTH),), cost)


def _spell(frame: NetworkFrame) -> Part:
    """Sum up each word's letters: by an LSTM from both ends, or by a convolution."""
    width, count = measure_spelling(frame.spec.task), frame.shape.num_letters
    steps = frame.given.steps or 1
    line_up = [
        Step(("spelling",), Call("LineUpWords"), ("given_letters",), "a word a row"),
        Step(("sizes",), Call("CountLetters"), ("spelling",)),
        _look_up("spelling", "spelling", count, LETTER_WIDTH),
    ]
    is_lstm = frame.spec.task.spelling == "lstm"
    summed = _read_both_ways(width // 2) if is_lstm else _look_for_patterns(width)
    back = Step(("spelt",), Call("GiveBackWords"), ("spelt", "given_letters"))
    num_weights = count * LETTER_WIDTH
    if is_lstm:
        half = width // 2
        own = 2 * 4 * half * (LETTER_WIDTH + half + 1)
        values = steps * LONGEST_WORD * 2 * 6 * half
    else:
        own = (_REACH * LETTER_WIDTH + 1) * width
        values = steps * LONGEST_WORD * 3 * width
    flops = 2 * steps * LONGEST_WORD * own
    cost = LayerCost("Spelling", (steps, width), num_weights + own, flops, values)
    return Part((*line_up, *summed, back), cost)


def _read_both_ways(units: int) -> list[Step]:
    read = Call("keras.layers.LSTM", (units,), {"return_sequences": True})
    last = Call("SummariseSteps", ("last",))
    return [
        Step(("ahead",), read, ("spelling",)),
        Step(("ahead",), last, ("ahead", "sizes")),
        Step(("back",), Call("Reverse"), ("spelling", "sizes")),
        Step(("back",), read, ("back",)),
        Step(("back",), last, ("back", "sizes")),
        Step(("spelt",), Call("keras.layers.Concatenate"), (("ahead", "back"),)),
    ]


def _look_for_patterns(width: int) -> list[Step]:
    options = {"padding": "same", "activation": "relu"}
    look = Call("keras.layers.Conv1D", (width, _REACH), options)
    return [
        Step(("spelling",), Call("Silence"), ("spelling", "sizes")),
        Step(("spelling",), look, ("spelling",)),
        Step(("spelt",), Call("SummariseSteps", ("max",)), ("spelling", "sizes")),
    ]
