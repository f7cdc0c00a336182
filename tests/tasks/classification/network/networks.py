"""Small networks for labels, and items of unequal lengths for them."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np

from lstm_core.learning.feeds.items import ItemShape
from lstm_core.spec import ExperimentSpec
from lstm_core.spec.architectures import BUILT
from lstm_core.tasks.classification.network.building import build_network

SEED = 7
LABELS = 3

TOKENS = ItemShape(LABELS, 9, 0, usual_steps=8, most_steps=11, has_one_length=False)
NUMBERS = ItemShape(LABELS, 0, 2, usual_steps=8, most_steps=11, has_one_length=False)
LETTERS = ItemShape(LABELS, 6, 0, usual_steps=10, most_steps=10, has_one_length=True)

CLASSIFYING = [name for name in BUILT if name != "seq2seq"]

FILLED_IN = {
    "task.kind": "classification",
    "task.embedding": 8,
    "task.places": False,
    "task.convolutions": 0,
    "task.kernel": 3,
    "task.filters": 4,
    "task.shorten": 1,
    "task.pooling": "mean_max",
    "task.head_dropout": 0.0,
    "task.spatial_dropout": 0.0,
    "model.architecture": "bidirectional",
    "model.units": 4,
    "model.segment": 3,
    "training.batch_size": 8,
}


def make_spec(**values: Any) -> ExperimentSpec:
    """Return a spec that needs no filling in; ``task__pooling`` sets ``task.pooling``."""
    given = {name.replace("__", "."): value for name, value in values.items()}
    return ExperimentSpec().with_values({**FILLED_IN, **given})


def make_network(shape: ItemShape, spec: ExperimentSpec, **options: Any) -> keras.Model:
    """Build; weights that begin at nothing or one are drawn as well, so that they show."""
    keras.utils.set_random_seed(SEED)
    network = build_network(shape, spec, **options)
    rng = np.random.default_rng(SEED)
    for weight in network.weights:
        if weight.name in ("moving_mean", "beta", "bias"):
            weight.assign(rng.normal(0, 0.5, weight.shape))
        elif weight.name in ("moving_variance", "gamma"):
            weight.assign(rng.uniform(0.5, 2, weight.shape))
    return network


def draw_items(shape: ItemShape, lengths: tuple[int, ...]) -> list[np.ndarray]:
    rng = np.random.default_rng(SEED)
    if shape.num_tokens:
        return [rng.integers(1, shape.num_tokens, length).astype("int32") for length in lengths]
    return [rng.normal(size=(length, shape.num_channels)).astype("float32") for length in lengths]


def pad(items: list[np.ndarray], steps: int, rubbish: int) -> list[np.ndarray]:
    """Put items into one batch, with numbers behind their ends that belong to none of them."""
    rng = np.random.default_rng(rubbish)
    shape = (len(items), steps, *items[0].shape[1:])
    if items[0].dtype == np.int32:
        padded = rng.integers(0, 5, shape).astype("int32")
    else:
        padded = rng.normal(0, 100, shape).astype("float32")
    for row, item in zip(padded, items, strict=True):
        row[: len(item)] = item
    lengths = np.array([len(item) for item in items], dtype="int32")
    return [padded, lengths]


def answer(
    network: keras.Model, inputs: dict[str, np.ndarray], training: bool = False
) -> np.ndarray:
    if keras.config.backend() == "jax" and not training:
        return network.predict_on_batch(inputs)  # one step is compiled sooner than each operation
    return keras.ops.convert_to_numpy(network(inputs, training=training))
