"""From which seed a network's weights are drawn, and what is hidden and changed while it learns."""

from __future__ import annotations

import random

import numpy as np


def set_seed(seed: int) -> None:
    """Let the weights that are drawn next follow from a seed.

    Keras takes a seed for each layer from these generators. ``keras.utils.set_random_seed`` would
    import TensorFlow under every engine, and drop the kernels that TensorFlow has compiled.
    """
    random.seed(seed)
    np.random.seed(seed)
