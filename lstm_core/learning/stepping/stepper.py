"""``Stepper``: goes through batches without coming back to Python for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import keras

if TYPE_CHECKING:
    from lstm_core.learning.trainer import Trainer


class Stepper(Protocol):
    """Runs a trainer's own steps over batches of one shape; it returns when they are done.

    Batches lie one behind another: a tree of arrays, ``(batches, ...)``, of what a step is given.
    """

    def learn(self, batches: Any, first: int, count: int) -> None:
        """Learn from ``count`` batches, from ``first`` on."""

    def judge(self, batches: Any, first: int, count: int) -> None:
        """Add up the loss of them, and learn nothing."""


def make_stepper(trainer: Trainer) -> Stepper:
    """Return the one for the engine that computes."""
    backend = keras.config.backend()
    if backend == "tensorflow":
        from lstm_core.learning.stepping.tensorflow import TensorFlowStepper

        return TensorFlowStepper(trainer)
    if backend == "jax":
        from lstm_core.learning.stepping.jax import JaxStepper

        return JaxStepper(trainer)
    from lstm_core.learning.stepping.one_by_one import OneByOne

    return OneByOne(trainer)
