"""``Voice``: turns texts into others with the halves of networks, many at a time.

A script brings it as it stands here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import keras
import numpy as np
from keras import ops

from lstm_core.engines.caller import Caller, make_caller
from lstm_core.learning.encoding.units import EDGE, UNKNOWN
from lstm_core.tasks.translation.network.halves import Halves
from lstm_core.tasks.translation.searching.beam import Beams, Hypothesis, Plan

SIZES = (1, 8, 32)
"""Of texts that are turned at a time: an engine compiles anew for each of them."""

SHORTEST = 8
"""Units that a text is padded to at the least."""

_NEVER = -1e9

_Texts = Sequence[np.ndarray]
_Found = list[list[Hypothesis]]


class Voice:
    """Says translations with the weights that its networks have when it is asked.

    Networks speak together: the mean of their probabilities says what comes next. What is given is
    read once; states stay where they are computed, and only the likeliest units come back from
    there. Serves one thread. Owns what was compiled: for each number of texts and each length.

    Args:
        halves: of networks of one kind.
    """

    def __init__(self, halves: Sequence[Halves]) -> None:
        self._read: list[Caller] = [make_caller(each.encoder) for each in halves]
        self._halves = halves
        self._steps: dict[int, Caller] = {}
        self._num_targets = int(halves[0].decoder.outputs[0].shape[-1])

    def translate(self, sources: _Texts, limits: np.ndarray, plan: Plan) -> _Found:
        """Return the translations of each text, the best first.

        Args:
            sources: ``(units,)`` int32 each, an edge at its end.
            limits: ``(texts,)`` units of each translation at most, its end among them.
        """
        found: _Found = [[] for _ in sources]
        order = np.argsort([len(source) for source in sources], kind="stable")
        most = SIZES[-1]
        for begin in range(0, len(order), most):
            chosen = [int(number) for number in order[begin : begin + most]]
            said = self._translate([sources[n] for n in chosen], limits[chosen], plan)
            for number, own in zip(chosen, said, strict=True):
                found[number] = own
        return found

    def _translate(self, sources: _Texts, limits: np.ndarray, plan: Plan) -> _Found:
        count = next(size for size in SIZES if size >= len(sources))
        given, lengths = _pad(sources, count)
        beam = plan.beam
        held = [read([given, lengths]) for read in self._read]
        held = [[np.repeat(np.asarray(each), beam, axis=0) for each in own] for own in held]
        memories, states = self._part(held)
        lengths = np.repeat(lengths, beam)
        step = self._make_step(beam)
        filled = np.pad(limits, (0, count - len(limits)), constant_values=1)
        beams = Beams(filled, plan)
        rows = np.arange(count)[:, None] * beam
        order = np.arange(count * beam, dtype=np.int32)
        before = np.full((count * beam, 1), EDGE, np.int32)
        while not beams.is_over.all():
            said = step([before, order, lengths, *memories, *states])
            ends, logs, numbers = (np.asarray(each) for each in said[:3])
            states = said[3:]
            parents, chosen = beams.go_on(
                ends.reshape(count, beam).astype(np.float64),
                logs.reshape(count, beam, -1).astype(np.float64),
                numbers.reshape(count, beam, -1),
            )
            order = (rows + parents).reshape(-1).astype(np.int32)
            before = chosen.reshape(-1, 1).astype(np.int32)
        return beams.tell()[: len(sources)]

    def _part(self, held: Sequence[Sequence[Any]]) -> tuple[list[Any], list[Any]]:
        """Part what is looked back at, which stays, from what goes on from step to step."""
        first = 1 if self._halves[0].looks_back else 0
        memories = [each for own in held for each in own[:first]]
        return memories, [each for own in held for each in own[first:]]

    def _make_step(self, beam: int) -> Caller:
        """Return what says, of each beginning, how likely its end is and which units go on."""
        if beam not in self._steps:
            likeliest = max(1, min(beam, self._num_targets - 2))
            self._steps[beam] = make_caller(_join_step(self._halves, likeliest))
        return self._steps[beam]


def _join_step(halves: Sequence[Halves], likeliest: int) -> keras.Model:
    """Return one step of all networks together."""
    before = keras.Input((1,), dtype="int32", name="before")
    order = keras.Input((), dtype="int32", name="order")
    lengths = keras.Input((), dtype="int32", name="lengths")
    memories: list[Any] = []
    states: list[Any] = []
    logs, after = [], []
    for number, half in enumerate(halves):
        named = {each.name: each for each in half.decoder.inputs}
        values = {"before": before, "lengths": lengths}
        for name, own in named.items():
            if name in values:
                continue
            given = keras.Input(own.shape[1:], dtype=own.dtype, name=f"{name}_of_{number}")
            if len(own.shape) == 3:
                memories.append(given)
                values[name] = given
            else:
                states.append(given)
                values[name] = ops.take(given, order, axis=0)
        said, *rest = half.decoder([values[name] for name in named])
        logs.append(ops.log_softmax(ops.cast(said[:, 0], "float32"), axis=-1))
        after += rest[: len(half.decoder.outputs) - 1 - half.looks_back]
    mixed = logs[0]
    if len(logs) > 1:
        mixed = ops.logsumexp(ops.stack(logs), axis=0) - float(np.log(len(logs)))
    ends = mixed[:, EDGE]
    reserved = np.zeros(mixed.shape[-1], np.float32)
    reserved[[EDGE, UNKNOWN]] = _NEVER  # nobody could read what is unknown
    values, numbers = ops.top_k(mixed + reserved, likeliest)
    return keras.Model(
        [before, order, lengths, *memories, *states], [ends, values, numbers, *after]
    )


def _pad(sources: Sequence[np.ndarray], count: int) -> tuple[np.ndarray, np.ndarray]:
    """Return texts side by side, ``(count, steps)``, and their lengths; fillers are edges."""
    longest = max(len(source) for source in sources)
    steps = max(SHORTEST, 1 << (longest - 1).bit_length())
    given = np.full((count, steps), EDGE, np.int32)
    lengths = np.ones(count, np.int32)
    for row, source in enumerate(sources):
        given[row, : len(source)] = source
        lengths[row] = len(source)
    return given, lengths
