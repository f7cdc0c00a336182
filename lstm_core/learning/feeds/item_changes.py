"""What is changed at random of items that are learnt from, each time anew."""

from __future__ import annotations

from typing import Any

import keras
from keras import ops

from lstm_core.learning.feeds.items import UNKNOWN, Change


def crop(
    starts: Any, lengths: Any, least: float, generator: keras.random.SeedGenerator
) -> tuple[Any, Any]:
    """Return where a stretch of each item begins, and how long it is: at least one step.

    Args:
        starts, lengths: int32 of one shape. ``least``: the shortest share that may be left.
    """
    shape = ops.shape(lengths)
    share = keras.random.uniform(shape, least, 1.0, seed=generator)
    kept = ops.maximum(ops.cast(ops.cast(lengths, "float32") * share, "int32"), 1)
    room = lengths - kept
    place = keras.random.uniform(shape, seed=generator) * ops.cast(room + 1, "float32")
    return starts + ops.minimum(ops.cast(place, "int32"), room), kept


def change_steps(
    values: Any, change: Change, is_tokens: bool, generator: keras.random.SeedGenerator
) -> Any:
    """Hide some tokens, or stretch and shake numbers.

    Args:
        values: ``(batch, steps)`` tokens or ``(batch, steps, channels)`` numbers.
    """
    shape = ops.shape(values)
    if is_tokens:
        if change.hide:
            is_hidden = keras.random.uniform(shape, seed=generator) < change.hide
            values = ops.where(is_hidden, UNKNOWN, values)
        return values
    if change.stretch:
        size = (shape[0], 1, shape[2])
        factors = keras.random.normal(size, stddev=change.stretch, seed=generator)
        values = values * ops.exp(factors)
    if change.jitter:
        values = values + keras.random.normal(shape, stddev=change.jitter, seed=generator)
    return values
