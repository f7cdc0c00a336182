"""Items, and networks that read them by their lengths, as tests want them."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
from keras import ops

from lstm_core.learning.feeds.item_lengths import choose_lengths
from lstm_core.learning.feeds.items import Change, ItemFeed, ItemShape
from lstm_core.learning.seeding import set_seed

FIRST_TOLD = 2
"""The token of the first label; the next ones follow."""

NUM_TOKENS = 12


def make_feed(
    num_items: int = 120,
    *,
    num_channels: int = 0,
    num_labels: int = 2,
    change: Change | None = None,
    seed: int = 0,
) -> ItemFeed:
    """Items of 3 to 24 steps, one of which tells the label; the rest is noise."""
    generator = np.random.default_rng(seed)
    lengths = generator.integers(3, 25, num_items).astype(np.int32)
    labels = generator.integers(0, num_labels, num_items).astype(np.int32)
    starts = (np.cumsum(lengths) - lengths).astype(np.int32)
    told = starts + generator.integers(0, lengths)
    if num_channels:
        flat: np.ndarray = generator.normal(size=(lengths.sum(), num_channels)) / 4
        flat[told, 0] = 8.0 * (labels - (num_labels - 1) / 2)
    else:
        flat = generator.integers(FIRST_TOLD + num_labels, NUM_TOKENS, lengths.sum())
        flat[told] = FIRST_TOLD + labels
    numbers = np.arange(num_items, dtype=np.int32)
    train, validation, test = np.split(numbers, [num_items * 6 // 10, num_items * 8 // 10])
    return ItemFeed(
        flat=flat.astype(np.float32 if num_channels else np.int32),
        starts=starts,
        lengths=lengths,
        labels=labels,
        label_weights=np.ones(num_labels, np.float32),
        parts={"train": train, "validation": validation, "test": test},
        padded=choose_lengths(lengths, 2),
        change=change or Change(),
        shape=ItemShape(num_labels, 0 if num_channels else NUM_TOKENS, num_channels, 23, 24, False),
    )


class MeanByLength(keras.layers.Layer):
    """The mean of an item's own steps."""

    def call(self, steps: Any, lengths: Any) -> Any:
        places = ops.arange(ops.shape(steps)[1])[None, :]
        inside = ops.cast(places < lengths[:, None], "float32")[..., None]
        return ops.sum(steps * inside, axis=1) / ops.cast(lengths, "float32")[:, None]

    def compute_output_shape(self, steps_shape: Any, lengths_shape: Any) -> Any:
        return (steps_shape[0], steps_shape[2])


class LastByLength(keras.layers.Layer):
    """An item's own last step."""

    def call(self, steps: Any, lengths: Any) -> Any:
        return ops.take_along_axis(steps, (lengths - 1)[:, None, None], axis=1)[:, 0]

    def compute_output_shape(self, steps_shape: Any, lengths_shape: Any) -> Any:
        return (steps_shape[0], steps_shape[2])


def build_reader(
    shape: ItemShape,
    *,
    seed: int | None = None,
    units: int = 0,
    dropout: float = 0.0,
    has_moments: bool = False,
) -> keras.Model:
    """A network that says log-probabilities; with units, a GRU reads, otherwise a mean will do."""
    if seed is not None:
        set_seed(seed)
    lengths = keras.Input((), dtype="int32", name="lengths")
    if shape.num_tokens:
        steps = keras.Input((None,), dtype="int32", name="steps")
        read = keras.layers.Embedding(shape.num_tokens, 8)(steps)
    else:
        steps = keras.Input((None, shape.num_channels), name="steps")
        read = keras.layers.Dense(8, "tanh")(steps)
    if units:
        read = LastByLength()(keras.layers.GRU(units, return_sequences=True)(read), lengths)
    else:
        read = MeanByLength()(read, lengths)
    if has_moments:
        read = keras.layers.BatchNormalization(name="moments")(read)
    read = keras.layers.Dropout(dropout)(read)
    said = keras.layers.Dense(shape.num_labels)(read)
    return keras.Model([steps, lengths], keras.layers.Activation("log_softmax")(said))
