"""Layers that make one vector of all steps of an item."""

from __future__ import annotations

from typing import Any

import keras
from keras import ops

from lstm_core.models.attention import AttentionPooling
from lstm_core.models.items.ends import is_inside
from lstm_core.models.items.shortening import FAR_BELOW


def take_last(steps: Any, lengths: Any) -> Any:
    """Return the last step of each item, ``(batch, width)``."""
    last = ops.reshape(ops.cast(lengths, "int32") - 1, (-1, 1, 1))
    return ops.take_along_axis(steps, last, axis=1)[:, 0]


def weigh_inside(scores: Any, inside: Any) -> Any:
    """Return shares that add up to 1 along an item's own steps.

    ``scores`` and shares ``(batch, steps)``; ``inside`` ``(batch, steps, 1)``.
    """
    own = ops.where(inside[..., 0], scores, ops.full_like(scores, FAR_BELOW))
    return ops.softmax(own, axis=-1)


def mean_inside(steps: Any, weights: Any, inside: Any) -> Any:
    """Return the mean of an item's own steps, ``(batch, width)``, by weights ``(batch, steps)``."""
    own = ops.where(inside, steps, ops.zeros_like(steps))
    return ops.sum(ops.expand_dims(weights, -1) * own, axis=1)


@keras.saving.register_keras_serializable("lstm_studio")
class SummariseSteps(keras.layers.Layer):
    """The mean, the largest or the last of an item's steps.

    ``(batch, steps, width)`` and lengths to ``(batch, width)``.
    """

    def __init__(self, mode: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.mode = mode

    def call(self, steps: Any, lengths: Any) -> Any:
        if self.mode == "last":
            return take_last(steps, lengths)
        inside = is_inside(steps, lengths)
        if self.mode == "max":
            return ops.max(ops.where(inside, steps, ops.full_like(steps, FAR_BELOW)), axis=1)
        total = ops.sum(ops.where(inside, steps, ops.zeros_like(steps)), axis=1)
        return total / ops.expand_dims(ops.cast(lengths, total.dtype), -1)

    def compute_output_shape(self, steps_shape: Any, lengths_shape: Any) -> Any:
        return (steps_shape[0], steps_shape[-1])

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "mode": self.mode}


@keras.saving.register_keras_serializable("lstm_studio")
class WeighSteps(keras.layers.Layer):
    """The mean of an item's steps, weighed by how well each answers a learnt question.

    ``(batch, steps, width)`` and lengths to ``(batch, width)``. Source: Yang et al.,
    "Hierarchical Attention Networks for Document Classification", NAACL 2016, equations 5 to 7.
    """

    def build(self, steps_shape: Any, lengths_shape: Any) -> None:
        width = steps_shape[-1]
        self.key = self.add_weight(shape=(width, width), name="key")
        self.bias = self.add_weight(shape=(width,), initializer="zeros", name="bias")
        self.question = self.add_weight(shape=(width, 1), name="question")

    def call(self, steps: Any, lengths: Any) -> Any:
        heard = ops.tanh(ops.matmul(steps, self.key) + self.bias)
        scores = ops.matmul(heard, self.question)[..., 0]
        inside = is_inside(steps, lengths)
        return mean_inside(steps, weigh_inside(scores, inside), inside)

    def compute_output_shape(self, steps_shape: Any, lengths_shape: Any) -> Any:
        return (steps_shape[0], steps_shape[-1])


@keras.saving.register_keras_serializable("lstm_studio")
class ItemAttention(AttentionPooling):
    """``AttentionPooling`` whose last step is the item's own.

    Input: ``[steps, lengths]``; output ``(batch, 2 * width)``. ``weigh`` counts nothing behind the
    item's end.
    """

    def build(self, input_shape: Any) -> None:
        super().build(input_shape[0])

    def weigh(self, inputs: Any) -> Any:
        steps, lengths = inputs
        asked = ops.matmul(ops.expand_dims(take_last(steps, lengths), 1), self.query)
        if self.score == "additive":
            scores = ops.matmul(ops.tanh(ops.matmul(steps, self.key) + asked), self.value)[..., 0]
        else:
            scores = ops.sum(steps * asked, axis=-1)
        return weigh_inside(scores, is_inside(steps, lengths))

    def call(self, inputs: Any) -> Any:
        steps, lengths = inputs
        seen = mean_inside(steps, self.weigh(inputs), is_inside(steps, lengths))
        return ops.concatenate([seen, take_last(steps, lengths)], axis=-1)

    def compute_output_shape(self, input_shape: Any) -> Any:
        return super().compute_output_shape(input_shape[0])


@keras.saving.register_keras_serializable("lstm_studio")
class EachStep(keras.layers.Layer):
    """The first ``count`` steps of an item side by side, with zeros where it has fewer.

    ``(batch, steps, width)`` and lengths to ``(batch, count * width)``.
    """

    def __init__(self, count: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.count = count

    def call(self, steps: Any, lengths: Any) -> Any:
        own = ops.where(is_inside(steps, lengths), steps, ops.zeros_like(steps))
        longer = ops.pad(own, ((0, 0), (0, self.count), (0, 0)))
        return ops.reshape(longer[:, : self.count], (-1, self.count * steps.shape[-1]))

    def compute_output_shape(self, steps_shape: Any, lengths_shape: Any) -> Any:
        return (steps_shape[0], self.count * steps_shape[-1])

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "count": self.count}
