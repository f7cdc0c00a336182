from __future__ import annotations

import keras
import numpy as np
import pytest

from tests.tasks.classification.network.networks import (
    NUMBERS,
    TOKENS,
    answer,
    draw_items,
    make_network,
    make_spec,
    pad,
)

STEM = {"task__convolutions": 1, "task__shorten": 2}


@pytest.mark.backend(each=())
@pytest.mark.parametrize("precision", ["mixed_bfloat16", "mixed_float16"])
@pytest.mark.parametrize("architecture", ["bidirectional", "transformer"])
def test_sixteen_bits_say_about_the_same(architecture: str, precision: str) -> None:
    values = {"model__architecture": architecture, "task__pooling": "attention", **STEM}
    exact = make_network(NUMBERS, make_spec(**values))
    mixed = make_network(NUMBERS, make_spec(training__precision=precision, **values))
    assert mixed.get_layer("head").compute_dtype == "float32"
    assert any(layer.compute_dtype == precision.removeprefix("mixed_") for layer in mixed.layers)
    assert all(weight.dtype == "float32" for weight in mixed.weights)
    inputs = pad(draw_items(NUMBERS, (9, 2, 5)), 12, rubbish=1)
    inputs[0] = np.clip(inputs[0], -30, 30)
    said = answer(mixed, inputs)
    assert said.dtype == np.float32
    np.testing.assert_allclose(said, answer(exact, inputs), atol=0.1)
    np.testing.assert_allclose(np.exp(said).sum(axis=1), 1.0, atol=1e-5)


def test_tokens_begin_as_the_vectors_that_are_given() -> None:
    vectors = np.random.default_rng(3).normal(size=(TOKENS.num_tokens, 8)).astype("float32")
    network = make_network(TOKENS, make_spec(), vectors=vectors)
    (found,) = network.get_layer("embedding").get_weights()
    np.testing.assert_array_equal(found, vectors)


def test_dropout_and_penalties_are_heeded() -> None:
    inputs = pad(draw_items(TOKENS, (9, 2)), 9, rubbish=1)
    for values in (
        {"task__head_dropout": 0.5},
        {"task__spatial_dropout": 0.5},
        {"model__dropout": 0.5},
    ):
        network = make_network(TOKENS, make_spec(**values))
        assert not np.allclose(answer(network, inputs), answer(network, inputs, training=True))
    still = make_network(TOKENS, make_spec())
    np.testing.assert_array_equal(answer(still, inputs), answer(still, inputs, training=True))
    assert not still.losses
    penalised = make_network(TOKENS, make_spec(model__l2=0.1))
    assert sum(float(loss) for loss in penalised.losses) > 0


@pytest.mark.backend
def test_the_network_learns_which_item_holds_a_token() -> None:
    rng = np.random.default_rng(1)
    items = [rng.integers(2, 9, rng.integers(4, 12)).astype("int32") for _ in range(96)]
    labels = np.arange(96) % 3
    for item, label in zip(items, labels, strict=True):
        item[(item == 8) | (item == 7)] = 2
        if label:
            item[rng.integers(len(item))] = 6 + label
    network = make_network(TOKENS, make_spec(model__units=8))
    network.compile(keras.optimizers.Adam(0.03), lambda true, said: -keras.ops.sum(true * said, -1))
    inputs = pad(items, 12, rubbish=0)
    true = np.eye(3, dtype="float32")[labels]
    losses = [float(network.train_on_batch(inputs, true)) for _ in range(40)]
    assert losses[-1] < 0.3 < losses[0]
    assert (answer(network, inputs).argmax(axis=1) == labels).mean() > 0.9
