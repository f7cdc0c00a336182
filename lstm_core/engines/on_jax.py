"""JAX: a loop over the state that Keras's own steps take and return."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import jax
import keras
import numpy as np

LEAST_SECONDS = 0.2
"""What is compiled sooner is compiled again rather than kept."""


def keep_compiled(folder: Path) -> None:
    """Keep what is compiled in a folder, unless somebody has said another one.

    Several processes may; a file that is torn is passed over, and compiled again.
    """
    own: Any = jax.config  # whose settings have no types
    if own.jax_compilation_cache_dir is None:
        own.update("jax_compilation_cache_dir", str(folder))
        own.update("jax_persistent_cache_min_compile_time_secs", LEAST_SECONDS)


class JaxStepper:
    """Compiles for each shape of the batches, how many there are included."""

    def __init__(self, trainer: keras.Model) -> None:
        self._trainer = trainer
        self._learn = jax.jit(partial(_go_through, trainer.train_step), donate_argnums=0)
        self._judge = jax.jit(partial(_go_through, trainer.test_step), donate_argnums=0)

    def learn(self, batches: Any, first: int, count: int) -> None:
        trainer = self._trainer
        own = trainer.trainable_variables, trainer.non_trainable_variables
        self._run(self._learn, (*own, trainer.optimizer.variables), batches, first, count)

    def judge(self, batches: Any, first: int, count: int) -> None:
        trainer = self._trainer
        own = trainer.trainable_variables, trainer.non_trainable_variables
        self._run(self._judge, own, batches, first, count)

    def predict(self, given: Any) -> np.ndarray:
        return np.asarray(self._trainer.predict_on_batch(given))

    def _run(self, loop: Any, groups: Any, batches: Any, first: int, count: int) -> None:
        groups = (*groups, self._trainer.metrics_variables)
        state = tuple([variable.value for variable in group] for group in groups)
        state = jax.block_until_ready(loop(state, batches, first, first + count))
        for group, values in zip(groups, state, strict=True):
            for variable, value in zip(group, values, strict=True):
                variable.assign(value)


def _go_through(step: Any, state: Any, batches: Any, first: Any, end: Any) -> Any:
    def take_step(number: Any, state: Any) -> Any:
        _, state = step(state, (jax.tree.map(lambda each: each[number], batches),))
        return tuple(state)

    return jax.lax.fori_loop(first, end, take_step, state)
