"""Keras without an engine, for a process that asks Keras Tuner and trains nothing itself.

Keras Tuner's oracles only do sums, but it imports Keras, and Keras an engine: TensorFlow would cost
the search's process some 400 MB. Keras on NumPy is what is left, and that wants JAX for a few
operations.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from lstm_core.engines.choosing import ENGINE_VARIABLE
from lstm_core.machine import setting_variable

_PARTS_OF_JAX = ("jax", "keras.src.backend.jax", "keras.src.backend.jax.math")


def forgo_engine() -> None:
    """Load Keras on NumPy and without JAX: from then on, this process can't train.

    Called before ``advisor`` is imported. Where Keras is loaded already, it stays as it is. So does
    the environment, for the processes of trials inherit it.
    """
    if "keras" in sys.modules:
        return
    with setting_variable(ENGINE_VARIABLE, "numpy"), _stand_in_for_jax():
        importlib.import_module("keras_tuner")


class _Hollow(ModuleType):
    """Has whatever is asked of it."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Hollow(name)


@contextmanager
def _stand_in_for_jax() -> Iterator[None]:
    """Satisfy ``import jax`` for what is never called; a JAX that is loaded stays."""
    stood_in = [] if "jax" in sys.modules else list(_PARTS_OF_JAX)
    sys.modules.update({name: _Hollow(name) for name in stood_in})
    try:
        yield
    finally:
        for name in stood_in:
            del sys.modules[name]
