"""JAX: a loop over the state that Keras's own steps take and return."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import jax
import keras

from lstm_core.engines.rooms import make_room


def keep_compiled(folder: Path) -> None:
    """Keep what is compiled in a folder, unless somebody has said another one.

    Several processes may; a file that is torn is passed over, and compiled again.
    """
    own: Any = jax.config  # whose settings have no types
    if own.jax_compilation_cache_dir is None:
        own.update("jax_compilation_cache_dir", str(folder))
        # Dozens of little things, too, that take .04 s each: the numbers drawn of each shape.
        own.update("jax_persistent_cache_min_compile_time_secs", 0.0)


class JaxStepper:
    """Compiles for each shape of the batches, and for few numbers of them: see ``make_room``."""

    def __init__(self, trainer: keras.Model) -> None:
        self._trainer = trainer
        self._learn = _make_loop(trainer.train_step, "learn")
        self._judge = _make_loop(trainer.test_step, "judge")
        self._predict = jax.jit(self._say)

    def learn(self, batches: Any, first: int, count: int) -> None:
        trainer = self._trainer
        own = trainer.trainable_variables, trainer.non_trainable_variables
        self._run(self._learn, (*own, trainer.optimizer.variables), batches, first, count)

    def judge(self, batches: Any, first: int, count: int) -> None:
        trainer = self._trainer
        own = trainer.trainable_variables, trainer.non_trainable_variables
        self._run(self._judge, own, batches, first, count)

    def predict(self, given: Any) -> Any:
        trainer = self._trainer
        own = trainer.trainable_variables, trainer.non_trainable_variables
        return self._predict(*([variable.value for variable in group] for group in own), given)

    def _say(self, trained: Any, untrained: Any, given: Any) -> Any:
        said, _ = self._trainer.stateless_call(trained, untrained, given, training=False)
        return said

    def _run(self, loop: Any, groups: Any, batches: Any, first: int, count: int) -> None:
        batches = jax.tree.map(make_room, batches)
        groups = (*groups, self._trainer.metrics_variables)
        state = tuple([variable.value for variable in group] for group in groups)
        state = jax.block_until_ready(loop(state, batches, first, first + count))
        for group, values in zip(groups, state, strict=True):
            for variable, value in zip(group, values, strict=True):
                variable.assign(value)


class JaxCaller:
    """See ``engines.caller.Caller``."""

    def __init__(self, network: keras.Model) -> None:
        self._network = network
        self._variables = network.trainable_variables, network.non_trainable_variables
        self._call = jax.jit(self._say)

    def __call__(self, given: Sequence[Any]) -> list[Any]:
        own = ([variable.value for variable in group] for group in self._variables)
        found: list[Any] = self._call(*own, list(given))
        return found

    def _say(self, trained: Any, untrained: Any, given: list[Any]) -> list[Any]:
        said, _ = self._network.stateless_call(trained, untrained, given, training=False)
        found: list[Any] = keras.tree.flatten(said)
        return found


def _make_loop(step: Any, name: str) -> Any:
    """Compile what takes batches one after another; its files in the cache begin with its name."""

    def loop(state: Any, batches: Any, first: Any, end: Any) -> Any:
        def take_step(number: Any, state: Any) -> Any:
            _, state = step(state, (jax.tree.map(lambda each: each[number], batches),))
            return tuple(state)

        return jax.lax.fori_loop(first, end, take_step, state)

    loop.__name__ = name
    return jax.jit(loop, donate_argnums=0)
