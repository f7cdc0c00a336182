"""Keras and the engine under it, imported in one place."""

from __future__ import annotations

from importlib import import_module

from lstm_core.engines.choosing import ENGINE_VARIABLE, settle_engine
from lstm_core.engines.compiled import name_folder
from lstm_core.errors import TrainingError
from lstm_core.machine import leaving_out, setting_variable
from lstm_core.settings import ENGINES, load_settings


def load_keras() -> None:
    """Import Keras with the engine that this process has, and get that ready.

    Raises:
        TrainingError: it is not installed.
    """
    choice = settle_engine()
    backend = choice.engine
    try:
        # Keras asks once; what this process starts chooses for itself. It can wrap scikit-learn,
        # which nobody here asks for.
        with setting_variable(ENGINE_VARIABLE, backend), leaving_out("sklearn"):
            import_module("keras")
    except ModuleNotFoundError as error:
        if error.name != backend:
            raise
        raise TrainingError(
            f"Training is to run on {ENGINES.get(backend, backend)}, which is not installed: "
            f"{choice.reason}.",
            f"Install it (pip install {backend}), or unset {ENGINE_VARIABLE} and "
            "LSTM_STUDIO_ENGINE.",
        ) from error
    if backend == "jax":
        folder = name_folder(load_settings().cache_folder)
        import_module("lstm_core.engines.on_jax").keep_compiled(folder)
