"""How likely a network holds each unit of a text, its state carried along."""

from __future__ import annotations

from collections.abc import Sequence

import keras
import numpy as np
from keras import ops

from lstm_core.engines.caller import Caller, make_caller
from lstm_core.learning.feeds.carried_state import list_states
from lstm_core.tasks.language.passages import Passage

STEPS = 64
"""Units that are read at once."""

SIZES = (1, 16, 64)
"""Of batches: an engine compiles anew for each of them."""


class Scorer:
    """Asks one network, whatever its present weights, how likely units are.

    Owns what was compiled for it.

    Args:
        network: as ``network.building`` makes it.
    """

    def __init__(self, network: keras.Model) -> None:
        wanted = keras.Input((None,), dtype="int32", name="wanted")
        said, *ends = network.outputs
        logs = ops.log_softmax(said, axis=-1)
        own = ops.take_along_axis(logs, wanted[..., None], axis=-1)[..., 0]
        self._call: Caller = make_caller(keras.Model([*network.inputs, wanted], [own, *ends]))
        self._widths = [int(state.shape[-1]) for state in list_states(network)]

    def score(self, passages: Sequence[Passage]) -> np.ndarray:
        """Return the logarithm of the probability of each unit that is judged.

        What is said of a passage does not hang on the others.

        Returns:
            ``(units,)`` float32 natural logarithms, passage by passage.
        """
        cut = [part for passage in passages for part in passage.cut() if part.num_judged]
        found = [np.empty(part.num_judged, np.float32) for part in cut]
        order = np.argsort([-len(part.units) for part in cut], kind="stable")
        for begin in range(0, len(order), SIZES[-1]):
            chosen = [int(number) for number in order[begin : begin + SIZES[-1]]]
            for number, own in zip(chosen, self._ask([cut[n] for n in chosen]), strict=True):
                found[number] = own
        return np.concatenate([np.empty(0, np.float32), *found])

    def _ask(self, parts: Sequence[Passage]) -> list[np.ndarray]:
        """Return what is judged of passages that are read side by side."""
        size = next(size for size in SIZES if size >= len(parts))
        num_calls = -(-(max(len(part.units) for part in parts) - 1) // STEPS)
        given = np.zeros((size, num_calls * STEPS + 1), np.int32)
        for row, part in enumerate(parts):
            given[row, : len(part.units)] = part.units
        states: list[object] = [np.zeros((size, width), np.float32) for width in self._widths]
        found = []
        for call in range(num_calls):
            at = call * STEPS
            read, wanted = given[:, at : at + STEPS], given[:, at + 1 : at + STEPS + 1]
            own, *states = self._call([read, *states, wanted])
            found.append(own)
        logs = np.concatenate([np.asarray(own, np.float32) for own in found], axis=1)
        return [
            logs[row, part.num_read - 1 : len(part.units) - 1] for row, part in enumerate(parts)
        ]
