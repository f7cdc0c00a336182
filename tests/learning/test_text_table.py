"""Running text on the device: the state that goes on equals one long stretch."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
import pytest
from keras import ops

from lstm_core.learning.feeds.text_table import TextTable
from lstm_core.learning.feeds.texts import (
    TextFeed,
    TextShape,
    draw_lanes,
    line_up,
    put_in_lanes,
)
from lstm_core.spec import ExperimentSpec, parse_spec
from lstm_core.tasks.language.network.building import build_network
from lstm_core.tasks.language.network.objective import UnitObjective
from lstm_core.tasks.language.passages import Passage
from lstm_core.tasks.language.scoring import Scorer

NUM_UNITS, STEPS = 7, 4


def ask_for(**values: Any) -> ExperimentSpec:
    content = {"task": {"kind": "language", "steps": STEPS, "embedding": 6}}
    small = {"model.architecture": "stacked", "model.units": 5, "training.batch_size": 2}
    return parse_spec(content).with_values(
        small | {k.replace("__", "."): v for k, v in values.items()}
    )


def make_feed(num_units: int = 41) -> TextFeed:
    flat = np.random.default_rng(0).integers(0, NUM_UNITS, num_units).astype(np.int32)
    places = line_up(0, num_units, STEPS)
    return TextFeed(flat, (0, num_units), {"test": places}, TextShape(NUM_UNITS, STEPS))


@pytest.mark.backend
@pytest.mark.parametrize("tied", [True, False])
def test_a_state_that_goes_on_equals_one_long_stretch(tied: bool) -> None:
    keras.utils.set_random_seed(3)
    feed, spec = make_feed(), ask_for(task__tied=tied)
    network = build_network(feed.shape, spec)
    units = feed.flat[None, :-1]
    states = [np.zeros((1, each.shape[-1]), np.float32) for each in network.inputs[1:]]
    said = ops.convert_to_numpy(network([units, *states])[0])[0]
    logs = said - np.log(np.exp(said).sum(axis=-1, keepdims=True))
    whole = logs[np.arange(len(logs)), feed.flat[1:]].reshape(-1, STEPS)
    # One lane: each stretch goes on from the one before.
    places = feed.parts["test"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("lstm_core.tasks.language.scoring.STEPS", STEPS)
        patch.setattr("lstm_core.learning.feeds.text_table.JUDGED_LANES", 1)
        found = Scorer(network).score([Passage(feed.flat, 1)])
        assert found == pytest.approx(whole.ravel(), abs=1e-4)
        found = found.reshape(-1, STEPS)[: len(places)]
        table = TextTable(network, feed, 2)
        (run,) = table.check(places, 2).runs
        losses = []
        for number in range(run.count):
            given = {name: each[number] for name, each in run.batches.items()}
            said = table.run(network, given, training=False)
            at = table.find_places(given, training=False)
            losses.append(float(UnitObjective().measure(table, at, said, False)["units"]))
    assert losses == pytest.approx((-found.mean(axis=1)).tolist(), abs=1e-4)


def test_lanes_hold_every_stretch_once_and_know_where_they_begin() -> None:
    places = np.array([0, 4, 8, 20, 24, 28, 32], np.int32)
    lanes, begins = put_in_lanes(places, 2, STEPS)
    assert sorted(lanes[lanes >= 0].tolist()) == places.tolist()
    assert lanes[:, 0].tolist() == [0, 4, 8, 20]
    assert begins[:, 0].tolist() == [True, False, False, True]
    assert begins[:, 1].tolist() == [True, False, False, True]


@pytest.mark.parametrize("num_batches", [1, 3, 100])
def test_an_epoch_goes_through_the_text_in_lanes_that_never_leave_it(num_batches: int) -> None:
    generator = np.random.default_rng(0)
    places, begins = draw_lanes((5, 200), 3, num_batches, STEPS, generator)
    assert places.min() >= 5
    assert places.max() + STEPS < 200
    assert begins[0].all()
    assert not begins[1:].any()
    assert (np.diff(places, axis=0) == STEPS).all()
    again, _ = draw_lanes((5, 200), 3, num_batches, STEPS, generator)
    assert len(places) == min(num_batches, 195 // 3 // STEPS) or num_batches == 1
    assert again.shape == places.shape
