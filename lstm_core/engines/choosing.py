"""Which engine trains in this process, and why; asked before Keras is imported."""

from __future__ import annotations

import os
from dataclasses import dataclass
from importlib.util import find_spec

from lstm_core.machine import list_gpus
from lstm_core.settings import AUTO, load_settings

ENGINE_VARIABLE = "KERAS_BACKEND"
"""Where Keras looks for its engine; who sets it has the last word."""


@dataclass(frozen=True)
class EngineChoice:
    """``engine`` is Keras's word for it; ``reason`` is a sentence without its full stop."""

    engine: str
    reason: str


def choose_engine(*, of_many_shapes: bool = False) -> EngineChoice:
    """Return the engine that was asked for, or the quickest one for this machine.

    Args:
        of_many_shapes: whether this process carries out many short runs, no two with a network of
            one shape: the trials of a search.
    """
    if asked := os.environ.get(ENGINE_VARIABLE):
        return EngineChoice(asked, f"{ENGINE_VARIABLE} asks for it")
    if (asked := load_settings().engine) != AUTO:
        return EngineChoice(asked, "LSTM_STUDIO_ENGINE asks for it")
    if list_gpus():
        return EngineChoice("tensorflow", "there is a GPU, and it brings NVIDIA's own LSTM")
    if find_spec("jax") is None:
        return EngineChoice("tensorflow", "JAX, quicker without a GPU, is not installed")
    if of_many_shapes:
        return EngineChoice("tensorflow", "JAX would compile anew for each trial's shape")
    return EngineChoice("jax", "there is no GPU, and without one it is the quickest")


_SETTLED: list[EngineChoice] = []


def settle_engine(*, of_many_shapes: bool = False) -> EngineChoice:
    """Return this process's engine, chosen when it was first asked about; the same from then on.

    Args:
        of_many_shapes: see ``choose_engine``; whoever asks first says it for the process.
    """
    if not _SETTLED:
        _SETTLED.append(choose_engine(of_many_shapes=of_many_shapes))
    return _SETTLED[0]
