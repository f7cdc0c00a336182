"""How likely networks hold a translation, unit by unit, and where they looked for each of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np
from keras import ops

from lstm_core.engines.caller import Caller, make_caller
from lstm_core.learning.encoding.units import EDGE
from lstm_core.learning.ensemble import mix_probabilities
from lstm_core.tasks.translation.network.wiring import ATTENTION
from lstm_core.tasks.translation.searching.voice import SHORTEST


@dataclass(frozen=True, eq=False)
class Reading:
    """What networks say of a translation that is there.

    Attributes:
        logs: ``(units + 1,)`` natural logarithms of each unit's probability, the end's among them.
        weights: ``(units + 1, given)`` how much each unit of what is given counted, the end's
            among them; None where nothing is looked back at.
    """

    logs: np.ndarray
    weights: np.ndarray | None


class Reader:
    """Reads pairs with networks of one kind, whose probabilities and weights are averaged."""

    def __init__(self, networks: Sequence[keras.Model], *, looks_back: bool) -> None:
        self._looks_back = looks_back
        self._calls: list[Caller] = [make_caller(_open(each, looks_back)) for each in networks]

    def read(self, source: np.ndarray, numbers: np.ndarray) -> Reading:
        """Read a pair.

        Args:
            source: ``(given,)`` int32, an edge at its end. ``numbers``: ``(units,)`` int32 of what
                it is turned into, without edges.
        """
        given = _fill(source)
        wanted = np.append(numbers, EDGE).astype(np.int32)
        before = _fill(np.append(np.int32(EDGE), numbers).astype(np.int32))
        lengths = np.array([len(source)], np.int32)
        logs: list[np.ndarray] = []
        weights: list[np.ndarray] = []
        for call in self._calls:
            said: list[Any] = call([given, lengths, before])
            own = np.asarray(said[0], np.float32)[0, : len(wanted)]
            logs.append(np.take_along_axis(own, wanted[:, None], axis=1)[:, 0])
            if self._looks_back:
                weights.append(np.asarray(said[1])[0, : len(wanted), : len(source)])
        together = logs[0] if len(logs) == 1 else mix_probabilities(logs)
        return Reading(together, np.mean(weights, axis=0) if weights else None)


def _open(network: keras.Model, looks_back: bool) -> keras.Model:
    logs = ops.log_softmax(ops.cast(network.output, "float32"), axis=-1)
    if not looks_back:
        return keras.Model(network.inputs, [logs])
    weights = network.get_layer(ATTENTION).output[1]
    return keras.Model(network.inputs, [logs, weights])


def _fill(units: np.ndarray) -> np.ndarray:
    """Pad to one of few lengths, ``(1, steps)``."""
    steps = max(SHORTEST, 1 << (len(units) - 1).bit_length())
    return np.pad(units, (0, steps - len(units)), constant_values=EDGE)[None].astype(np.int32)
