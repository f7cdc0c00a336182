"""Keras and the engine under it, imported in one place."""

from __future__ import annotations

import os
from importlib import import_module

from lstm_core.engines.compiled import name_folder
from lstm_core.errors import TrainingError
from lstm_core.machine import leaving_out
from lstm_core.settings import load_settings


def load_keras() -> None:
    """Import Keras with the engine that ``KERAS_BACKEND`` names, and get that ready.

    Raises:
        TrainingError: it is not installed.
    """
    backend = os.environ.get("KERAS_BACKEND") or "tensorflow"
    try:
        with leaving_out("sklearn"):  # Keras can wrap it, which nobody here asks for
            import_module("keras")
    except ModuleNotFoundError as error:
        if error.name != backend:
            raise
        raise TrainingError(
            f"Training was asked to run on {backend}, which is not installed.",
            f"Install it (pip install {backend}), or unset KERAS_BACKEND.",
        ) from error
    if backend == "jax":
        folder = name_folder(load_settings().cache_folder)
        import_module("lstm_core.engines.on_jax").keep_compiled(folder)
