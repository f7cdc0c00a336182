"""Which engine computes, and on what."""

from __future__ import annotations

import keras


def is_on_cpu() -> bool:
    """Whether there is nothing quicker to compute on."""
    return keras.distribution.list_devices()[0].lower().startswith("cpu")


def is_tensorflow_on_cpu() -> bool:
    """Whether each operation is called by itself, and none of them is cuDNN's."""
    return keras.config.backend() == "tensorflow" and is_on_cpu()
