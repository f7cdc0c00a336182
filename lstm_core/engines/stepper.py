"""``Stepper``: goes through batches without coming back to Python for each."""

from __future__ import annotations

from typing import Any, Protocol

import keras


class Stepper(Protocol):
    """Runs the steps that Keras's ``fit`` would, over batches of one shape; returns when done.

    Batches lie one behind another: a tree of arrays, ``(batches, ...)``, of what a step is given.
    """

    def learn(self, batches: Any, first: int, count: int) -> None:
        """Learn from ``count`` batches, from ``first`` on."""

    def judge(self, batches: Any, first: int, count: int) -> None:
        """Add up the loss of them, and learn nothing."""

    def predict(self, given: Any) -> Any:
        """Return what the trainer says of one batch, example by example.

        It may still be computing: ``np.asarray`` waits for it.
        """


def make_stepper(trainer: keras.Model) -> Stepper:
    """Return the one for the engine that computes."""
    backend = keras.config.backend()
    if backend == "tensorflow":
        from lstm_core.engines.on_tensorflow.loop import TensorFlowStepper

        return TensorFlowStepper(trainer)
    if backend == "jax":
        from lstm_core.engines.on_jax import JaxStepper

        return JaxStepper(trainer)
    from lstm_core.engines.one_by_one import OneByOne

    return OneByOne(trainer)
