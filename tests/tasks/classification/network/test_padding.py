"""An item among longer ones gets the probabilities that it gets alone, to the last but few digits.

What stands behind its end, and how much of it, changes nothing.
"""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
import pytest

from lstm_core.learning.feeds.items import ItemShape
from tests.tasks.classification.network.networks import (
    CLASSIFYING,
    LETTERS,
    NUMBERS,
    TOKENS,
    answer,
    draw_items,
    make_network,
    make_spec,
    pad,
)

pytestmark = pytest.mark.backend(
    each=("architecture", "pooling", "stack"),
    among=("segment", "bidirectional", "slstm", "transformer", "mean_max", "last", "patterns"),
)

LENGTHS = (11, 5, 1)
POOLINGS = ("mean_max", "mean", "max", "last", "attention")
STEM = {"task__convolutions": 1, "task__shorten": 4}
STACKS: dict[str, list[dict[str, Any]]] = {
    "patterns": [
        {"kind": "conv1d", "filters": 3, "kernel_size": 4, "padding": "valid", "dilation": 2},
        {"kind": "pooling", "size": 2, "mode": "average"},
        {"kind": "layer_normalization"},
        {"kind": "gru", "units": 3, "bidirectional": "sum", "residual": True},
        {"kind": "attention", "score": "dot"},
        {"kind": "dense", "units": 4},
    ],
    "frames": [
        {"kind": "segments", "length": 2},
        {"kind": "position"},
        {"kind": "conv_lstm", "frame": 2, "filters": 2},
        {"kind": "conv1d", "filters": 3, "kernel_size": 2},
    ],
}


def check_alone(network: keras.Model, shape: ItemShape) -> None:
    items = draw_items(shape, LENGTHS)
    together = answer(network, pad(items, 13, rubbish=1))
    np.testing.assert_allclose(np.exp(together).sum(axis=1), 1.0, atol=1e-5)
    alone = [answer(network, pad([item], len(item), rubbish=2)) for item in items[1:]]
    np.testing.assert_allclose(together[1:], np.concatenate(alone), atol=1e-5)
    assert together.std(axis=0).min() > 1e-4  # they are told apart at all


@pytest.mark.parametrize("architecture", CLASSIFYING)
def test_every_architecture_reads_an_item_as_if_it_were_alone(architecture: str) -> None:
    check_alone(make_network(TOKENS, make_spec(model__architecture=architecture)), TOKENS)


@pytest.mark.parametrize("pooling", POOLINGS)
def test_every_pooling_leaves_out_what_stands_behind_an_end(pooling: str) -> None:
    spec = make_spec(model__architecture="vanilla", task__pooling=pooling, **STEM)
    check_alone(make_network(NUMBERS, spec), NUMBERS)


def test_so_do_places_that_are_learnt() -> None:
    shape = LETTERS
    spec = make_spec(task__pooling="each", task__places=True, task__convolutions=1, task__shorten=3)
    network = make_network(shape, spec)
    items = draw_items(shape, (10, 10, 6))  # one has been cut, as training may do
    together = answer(network, pad(items, 16, rubbish=1))
    alone = [answer(network, pad([item], 10, rubbish=2)) for item in items]
    np.testing.assert_allclose(together, np.concatenate(alone), atol=1e-5)


@pytest.mark.parametrize("stack", STACKS)
def test_so_does_a_network_of_one_s_own(stack: str) -> None:
    spec = make_spec(model__architecture="custom", model__stack=STACKS[stack])
    check_alone(make_network(NUMBERS, spec), NUMBERS)


def test_what_is_padded_is_not_learnt_from() -> None:
    items = draw_items(NUMBERS, LENGTHS)
    network = make_network(NUMBERS, make_spec(**STEM))
    begun = network.get_weights()
    network.compile(keras.optimizers.SGD(0.1), "mse")
    learnt = []
    for steps, rubbish in ((11, 1), (15, 2)):
        network.set_weights(begun)
        for _ in range(2):
            network.train_on_batch(pad(items, steps, rubbish), np.zeros((len(items), 3)))
        learnt.append(network.get_weights())
    for weight, one, other, old in zip(network.weights, *learnt, begun, strict=True):
        np.testing.assert_allclose(one, other, atol=1e-5, err_msg=weight.path)
        assert not np.array_equal(one, old), f"{weight.path} is stuck"
