from __future__ import annotations

from dataclasses import replace

import keras
import numpy as np
import pytest
from keras import ops

from lstm_core.learning.ensemble import mix_probabilities
from lstm_core.learning.feeds.item_table import ItemTable
from lstm_core.tasks.classification.network.objective import LabelObjective
from tests.learning.items import make_feed

pytestmark = pytest.mark.backend

WEIGHTS = np.array([0.5, 1.0, 3.0], np.float32)
ITEMS = np.arange(20, dtype=np.int32)


def measure(
    objective: LabelObjective, said: np.ndarray, items: np.ndarray = ITEMS, *, training: bool
) -> float:
    table = ItemTable(replace(make_feed(num_labels=3), label_weights=WEIGHTS))
    given = ops.convert_to_tensor(items)
    return float(objective.measure(table, given, said, training)["labels"])


@pytest.fixture
def said() -> np.ndarray:
    logits = np.random.default_rng(0).normal(size=(20, 3)) * 2
    shares = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
    return shares.astype(np.float32)


@pytest.fixture
def labels() -> np.ndarray:
    return make_feed(num_labels=3).labels[:20]


@pytest.fixture
def own(said: np.ndarray, labels: np.ndarray) -> np.ndarray:
    return said[np.arange(20), labels]


@pytest.mark.parametrize("focus", [0.0, 2.0])
@pytest.mark.parametrize("smoothing", [0.0, 0.1])
def test_what_is_held_out_is_judged_by_the_plain_log_loss(
    said: np.ndarray, own: np.ndarray, smoothing: float, focus: float
) -> None:
    found = measure(LabelObjective(smoothing, focus), said, training=False)
    assert found == pytest.approx(-own.mean(), rel=1e-5)


def test_labels_count_by_their_weights(
    said: np.ndarray, own: np.ndarray, labels: np.ndarray
) -> None:
    found = measure(LabelObjective(), said, training=True)
    assert found == pytest.approx(np.average(-own, weights=WEIGHTS[labels]), rel=1e-5)


def test_smoothing_is_the_cross_entropy_with_a_softened_label(
    said: np.ndarray, labels: np.ndarray
) -> None:
    target = 0.8 * np.eye(3)[labels] + 0.2 / 3
    losses = -(target * said).sum(axis=1)
    found = measure(LabelObjective(0.2), said, training=True)
    assert found == pytest.approx(np.average(losses, weights=WEIGHTS[labels]), rel=1e-5)


def test_what_is_right_already_counts_less(
    said: np.ndarray, own: np.ndarray, labels: np.ndarray
) -> None:
    losses = -own * (1 - np.exp(own)) ** 2
    found = measure(LabelObjective(focus=2.0), said, training=True)
    assert found == pytest.approx(np.average(losses, weights=WEIGHTS[labels]), rel=1e-4)


@pytest.mark.parametrize("training", [False, True])
def test_what_fills_a_batch_up_has_no_say(said: np.ndarray, training: bool) -> None:
    objective = LabelObjective(0.1, 1.0)
    filled = np.append(ITEMS, [-1, -1]).astype(np.int32)
    rubbish = np.vstack([said, [[-9, -9, 0], [-99, 0, -99]]]).astype(np.float32)
    assert measure(objective, rubbish, filled, training=training) == pytest.approx(
        measure(objective, said, training=training), rel=1e-5
    )


def test_a_certain_network_still_learns() -> None:
    network = keras.Sequential([keras.Input((1,)), keras.layers.Dense(3)])
    network.set_weights([np.array([[60.0, 0.0, 0.0]]), np.zeros(3)])
    objective = LabelObjective(focus=0.5)
    certain = ops.log_softmax(network(np.ones((20, 1), np.float32)))
    assert np.isfinite(measure(objective, certain, training=True))


def test_the_mean_of_probabilities_is_taken_where_they_vanish() -> None:
    said = [np.array([[-1000.0, 0.0]], np.float32), np.array([[-1002.0, 0.0]], np.float32)]
    mixed = mix_probabilities(said)
    assert mixed.dtype == np.float32
    expected = -1000 + np.log((1 + np.exp(-2.0)) / 2)
    np.testing.assert_allclose(mixed, [[expected, 0.0]], rtol=1e-6)
