"""What pairs are laid out as: what is read, what is to be said, and what counts."""

from __future__ import annotations

from dataclasses import replace

import keras
import numpy as np
import pytest
from keras import ops

from lstm_core.learning.encoding.units import EDGE
from lstm_core.learning.feeds.pair_table import WANTED, PairTable
from lstm_core.learning.feeds.pairs import PairFeed, PairShape, Side
from lstm_core.tasks.translation.network.objective import PairObjective

SOURCES = [[2, 3, 4], [5], [2, 5, 3, 4, 2], [3, 3]]
TARGETS = [[2, 2], [3, 4, 2], [4], [2, 3]]
SHAPE = PairShape(6, 5, 6, 4)


def make_feed(own_words: float = 0.0) -> PairFeed:
    return PairFeed.of(
        Side.of([np.array([*each, EDGE], np.int32) for each in SOURCES]),
        Side.of([np.array([EDGE, *each, EDGE], np.int32) for each in TARGETS]),
        {"train": np.arange(3, dtype=np.int32), "validation": np.array([3], np.int32)},
        SHAPE,
        own_words,
    )


def to_numpy(value: object) -> np.ndarray:
    return np.asarray(ops.convert_to_numpy(value))


@pytest.mark.backend
def test_each_pair_is_gathered_with_edges_where_it_ends() -> None:
    table = PairTable(make_feed())
    given = table.give(np.arange(4))
    found = {name: to_numpy(each) for name, each in table.gather(given).items()}
    units, counts = (to_numpy(each) for each in table.look_up(np.arange(4), len(given[WANTED])))
    for row, (source, target) in enumerate(zip(SOURCES, TARGETS, strict=True)):
        count = len(source) + 1
        assert found["lengths"][row] == count
        assert found["source"][row, :count].tolist() == [*source, EDGE]
        assert not found["source"][row, count:].any()
        assert found["before"][row, : len(target) + 1].tolist() == [EDGE, *target]
        assert units[row, : len(target) + 1].tolist() == [*target, EDGE]
        assert counts[row].sum() == len(target) + 1
    assert float(to_numpy(table.count(given))) == sum(len(each) + 1 for each in TARGETS)


def test_a_filler_counts_nowhere() -> None:
    table = PairTable(make_feed())
    _, counts = table.look_up(np.array([0, -1]), 4)
    assert to_numpy(counts)[1].sum() == 0


def test_smoothing_is_learnt_by_and_not_judged_by() -> None:
    table, places = PairTable(make_feed()), np.array([0, 1])
    said = ops.convert_to_tensor(np.random.default_rng(0).normal(size=(2, 4, 5)).astype("float32"))
    plain, smooth = PairObjective(), PairObjective(0.3)
    judged = [float(each.measure(table, places, said, False)["units"]) for each in (plain, smooth)]
    assert judged[0] == pytest.approx(judged[1])
    logs = np.asarray(said) - np.log(np.exp(np.asarray(said)).sum(-1, keepdims=True))
    total, count = 0.0, 0
    for row, target in enumerate(TARGETS[:2]):
        for step, unit in enumerate([*target, EDGE]):
            total -= 0.7 * logs[row, step, unit] + 0.3 * logs[row, step].mean()
            count += 1
    learnt = float(smooth.measure(table, places, said, True)["units"])
    assert learnt == pytest.approx(total / count, abs=1e-5)


class Parrot(keras.Model):
    """Says one unit, whatever it is given, and notes what it was given before."""

    def __init__(self, unit: int) -> None:
        inputs = {
            "source": keras.Input((None,), dtype="int32", name="source"),
            "lengths": keras.Input((), dtype="int32", name="lengths"),
            "before": keras.Input((None,), dtype="int32", name="before"),
        }
        hot = ops.one_hot(ops.zeros_like(inputs["before"]) + unit, SHAPE.num_targets)
        said = 9.0 * hot + 0.0 * ops.cast(inputs["before"], "float32")[..., None]
        super().__init__(list(inputs.values()), [said, inputs["before"]])


@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_scheduled_sampling_puts_own_words_in_place_of_true_ones(share: float) -> None:
    table = PairTable(make_feed(share))
    places = np.tile(np.arange(3), 200)
    found = table.gather(table.give(places))
    true = to_numpy(found["before"])
    network = Parrot(4)
    plain = keras.Model(network.inputs, network.outputs[0])
    mixed = to_numpy(table._say_own(plain, found)) if share else true
    assert (mixed[:, 0] == EDGE).all()
    differs = mixed[:, 1:] != true[:, 1:]
    assert (mixed[:, 1:][differs] == 4).all()
    could = true[:, 1:] != 4
    assert differs.sum() / could.sum() == pytest.approx(share, abs=0.06)


def test_what_is_only_looked_at_takes_less_at_once_where_units_are_many() -> None:
    places = np.repeat(np.arange(3), 200)
    few = PairTable(make_feed()).check(places, 64)
    feed = make_feed()
    many = PairTable(replace(feed, shape=replace(SHAPE, num_targets=100_000))).check(places, 64)
    assert max(run.batches["items"].shape[1] for run in few.runs) == 256
    assert max(run.batches["items"].shape[1] for run in many.runs) == 8
