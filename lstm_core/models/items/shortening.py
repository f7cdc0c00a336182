"""Layers that make fewer steps of an item's own steps, counted from its beginning."""

from __future__ import annotations

from typing import Any

import keras
from keras import ops

from lstm_core.models.items.ends import is_inside

FAR_BELOW = -1e9
"""Less than any value of a network: no largest value, and no attention, falls on the padding."""


def fill_up(steps: Any, size: int) -> Any:
    """Put zeros behind ``(batch, steps, width)``, so that the steps are a multiple of ``size``."""
    count = ops.shape(steps)[1]
    longer = ops.pad(steps, ((0, 0), (0, size - 1), (0, 0))) if size > 1 else steps
    return longer[:, : (count + size - 1) // size * size]


@keras.saving.register_keras_serializable("lstm_studio")
class PoolSteps(keras.layers.Layer):
    """The largest, or the mean, of each ``size`` steps of an item; its last steps may be fewer.

    ``(batch, steps, width)`` and lengths to ``(batch, steps / size, width)``, rounded up; zeros
    behind the item's end.
    """

    def __init__(self, size: int, mode: str = "max", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.size = size
        self.mode = mode

    def call(self, steps: Any, lengths: Any) -> Any:
        steps = fill_up(steps, self.size)
        inside = is_inside(steps, lengths)
        groups = (-1, ops.shape(steps)[1] // self.size, self.size)
        counts = ops.reshape(ops.cast(inside, steps.dtype), (*groups, 1))
        counts = ops.sum(counts, axis=2)  # (batch, groups, 1): steps that are the item's own
        if self.mode == "max":
            own = ops.where(inside, steps, ops.full_like(steps, FAR_BELOW))
            found = ops.max(ops.reshape(own, (*groups, steps.shape[-1])), axis=2)
            return ops.where(counts > 0, found, ops.zeros_like(found))
        own = ops.where(inside, steps, ops.zeros_like(steps))
        total = ops.sum(ops.reshape(own, (*groups, steps.shape[-1])), axis=2)
        return total / ops.maximum(counts, ops.ones_like(counts))

    def compute_output_shape(self, steps_shape: Any, lengths_shape: Any) -> Any:
        batch, count, width = steps_shape
        return (batch, None if count is None else -(-count // self.size), width)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "size": self.size, "mode": self.mode}


@keras.saving.register_keras_serializable("lstm_studio")
class LoseSteps(keras.layers.Layer):
    """How many steps items of lengths ``(batch,)`` have left without ``reach``: at least one."""

    def __init__(self, reach: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.reach = reach

    def call(self, lengths: Any) -> Any:
        return ops.maximum(lengths - self.reach, 1)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "reach": self.reach}


@keras.saving.register_keras_serializable("lstm_studio")
class CutSteps(keras.layers.Layer):
    """Cut ``(batch, steps, width)`` into stretches, the last one filled up with zeros.

    To ``(batch, stretches, length * width)``; with ``split`` to ``(batch, stretches, length,
    width)``.
    """

    def __init__(self, length: int, split: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.length = length
        self.split = split

    def call(self, steps: Any) -> Any:
        steps = fill_up(steps, self.length)
        count = ops.shape(steps)[1] // self.length
        return ops.reshape(steps, (-1, count, *self._shape_stretch(steps.shape[-1])))

    def _shape_stretch(self, width: int) -> tuple[int, ...]:
        return (self.length, width) if self.split else (self.length * width,)

    def compute_output_shape(self, steps_shape: Any) -> Any:
        batch, count, width = steps_shape
        stretches = None if count is None else -(-count // self.length)
        return (batch, stretches, *self._shape_stretch(width))

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "length": self.length, "split": self.split}
