"""The numbers that a network computes with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import keras


@contextmanager
def layers_in(precision: str) -> Iterator[None]:
    """Build layers in a precision: a name of Keras's dtype policies; weights stay in 32 bits.

    The policy is the process's own again afterwards. Source: Micikevicius et al., "Mixed
    Precision Training", ICLR 2018.
    """
    before = keras.config.dtype_policy()
    keras.config.set_dtype_policy(precision)
    try:
        yield
    finally:
        keras.config.set_dtype_policy(before)
