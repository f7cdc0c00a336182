"""The tagging network: what is counted is what is built, and padding is nobody's."""

from __future__ import annotations

import math
from typing import Any

import keras
import numpy as np
import pytest
from keras import ops

from lstm_core.errors import SpecError
from lstm_core.learning.feeds.tags import TagShape, make_tag_noise
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.tagging.network.building import build_network
from lstm_core.tasks.tagging.network.cost import measure_cost
from lstm_core.tasks.tagging.network.objective import TagObjective
from tests.tasks.tagging.examples import ask_for

WORDS = TagShape(5, True, 40, 20, 0, usual_steps=9, most_steps=12)
NUMBERS = TagShape(3, False, 0, 0, 4, usual_steps=20, most_steps=24)


def fill_in(shape: TagShape, **values: Any) -> ExperimentSpec:
    usual = {
        "model__architecture": "bidirectional",
        "task__spelling": "lstm",
        "task__chain": "crf",
        "task__hide": 0.0,
        "task__input_dropout": 0.0,
        "task__head_dropout": 0.0,
    }
    return ask_for(**(usual | values))


@pytest.mark.parametrize("spelling", ["lstm", "convolution", "none"])
@pytest.mark.parametrize("chain", ["crf", "softmax"])
def test_what_is_counted_is_what_is_built(spelling: str, chain: str) -> None:
    for shape in (WORDS, NUMBERS):
        spec = fill_in(shape, task__spelling=spelling, task__chain=chain, task__letters=9)
        built = build_network(shape, spec).trainable_variables
        cost = measure_cost(spec, shape)
        assert cost.num_parameters == sum(math.prod(each.shape) for each in built)


@pytest.mark.backend
@pytest.mark.parametrize("spelling", ["lstm", "convolution"])
def test_padding_changes_nothing(spelling: str) -> None:
    spec = fill_in(WORDS, task__spelling=spelling)
    network = build_network(WORDS, spec)
    generator = np.random.default_rng(0)
    given = {
        "words": generator.integers(1, 40, (2, 5)).astype("int32"),
        "writings": generator.integers(1, 9, (2, 5)).astype("int32"),
        "letters": generator.integers(1, 20, (2, 5, 16)).astype("int32"),
        "lengths": np.array([5, 3], "int32"),
    }
    longer = {
        name: np.concatenate([values, np.ones_like(values)], axis=1) if values.ndim > 1 else values
        for name, values in given.items()
    }
    one, other = ask(network, given), ask(network, longer)
    assert other[0, :5] == pytest.approx(one[0], abs=1e-4)
    assert other[1, :3] == pytest.approx(one[1, :3], abs=1e-4)


def ask(network: keras.Model, given: dict[str, np.ndarray]) -> np.ndarray:
    found = network([given[each.name] for each in network.inputs], training=False)
    return np.asarray(ops.convert_to_numpy(found))


@pytest.mark.backend
@pytest.mark.parametrize("shape", [WORDS, NUMBERS])
def test_the_loss_is_the_surprise_of_a_step(shape: TagShape) -> None:
    """A chain without any links is a softmax, step by step."""
    feed = make_tag_noise(shape)
    losses = []
    for chain in ("crf", "softmax"):
        keras.utils.set_random_seed(1)
        plain = TagShape(**{**vars(shape), "marks_entities": False})
        spec = fill_in(plain, task__chain=chain)
        network = build_network(plain, spec)
        objective = TagObjective()
        table = objective.make_table(network, feed, spec.training)
        given = table.give(np.array([0]))
        said = table.run(network, given, training=False)
        loss = objective.measure(table, table.find_places(given, False), said, training=False)
        losses.append(float(ops.convert_to_numpy(loss["tags"])))
        shares = np.asarray(ops.convert_to_numpy(said))[0, :, shape.num_tags : -1]
        assert losses[-1] == pytest.approx(float(-shares[:, 0].mean()), rel=1e-4)
    assert losses[0] == pytest.approx(losses[1], rel=1e-4)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"model__architecture": "attention"}, "every step is to have its tag"),
        ({"model__architecture": "seq2seq"}, "each step that there is has its tag"),
        ({"training__stateful": True}, "no state goes on"),
    ],
)
def test_what_leaves_no_steps_is_refused(values: dict[str, Any], said: str) -> None:
    with pytest.raises(SpecError, match=said):
        measure_cost(fill_in(WORDS, **values), WORDS)
