"""``Caller``: asks a network again and again, with little around what it computes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import keras


class Caller(Protocol):
    """Calls a network's present weights without learning anything.

    Compiles for each shape of what is given. What comes back may still be computing, and may be
    given again as it is: ``np.asarray`` waits for it.
    """

    def __call__(self, given: Sequence[Any]) -> list[Any]:
        """Return a network's outputs.

        Args:
            given: its inputs in their order, arrays or what an earlier call returned.
        """


def make_caller(network: keras.Model) -> Caller:
    """Return the one for the engine that computes."""
    backend = keras.config.backend()
    if backend == "tensorflow":
        from lstm_core.engines.on_tensorflow.caller import TensorFlowCaller

        return TensorFlowCaller(network)
    if backend == "jax":
        from lstm_core.engines.on_jax import JaxCaller

        return JaxCaller(network)
    from lstm_core.engines.one_by_one import PlainCaller

    return PlainCaller(network)
