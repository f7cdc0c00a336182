"""Which engine computes, and on what."""

from __future__ import annotations

import keras


def is_tensorflow_on_cpu() -> bool:
    """Whether each operation is called by itself, and none of them is cuDNN's."""
    if keras.config.backend() != "tensorflow":
        return False
    return keras.distribution.list_devices()[0].lower().startswith("cpu")
