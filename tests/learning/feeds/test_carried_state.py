"""Stateful training: the state goes on, in training and in prediction, and only from the past."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import keras
import numpy as np
import pytest

from lstm_core.errors import SpecError
from lstm_core.events import EpochFinished, Event, ignore_events
from lstm_core.learning.feeds.carried_state import WARM_WINDOWS
from lstm_core.learning.feeds.window_table import WindowTable
from lstm_core.learning.feeds.windows import WindowFeed
from lstm_core.learning.fitting import fit_network
from lstm_core.learning.trainer import Trainer
from lstm_core.models.building import build_encoder
from lstm_core.models.recipes import plan_model
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.forecasting.defaults import resolve_spec
from lstm_core.tasks.forecasting.framing.examples import frame_dataset
from lstm_core.tasks.forecasting.network.building import build_network
from tests.learning.trainers import make_forecaster
from tests.shares import share
from tests.tasks.datasets import make_dataset, make_sine

on_each_engine = pytest.mark.backend(each=())

LOOKBACK = 4
CARRYING = ["vanilla", "stacked", "peephole", "gru", "simple_rnn", "slstm", "attention", "residual"]


def make_spec(architecture: str = "vanilla", **values: Any) -> ExperimentSpec:
    return ExperimentSpec().with_values(
        {
            "task.lookback": LOOKBACK,
            "task.horizon": 2,
            "task.ranges": "residuals",
            "task.window_normalisation": "none",
            "model.architecture": architecture,
            "model.units": 3,
            "model.mixing": True,
            "training.stateful": True,
            "training.learning_rate": 0.01,
            "training.batch_size": 8,
            **values,
        }
    )


def make_examples(spec: ExperimentSpec, num_targets: int = 1) -> WindowFeed:
    values = np.column_stack([make_sine(80, period) for period in (7, 9)][:num_targets])
    return frame_dataset(make_dataset(values, num_targets=num_targets), spec).examples


def make(spec: ExperimentSpec, num_targets: int = 1) -> tuple[Trainer, WindowFeed]:
    keras.utils.set_random_seed(1)
    examples = make_examples(spec, num_targets)
    return make_forecaster(build_network(examples.shape, spec), examples, spec.training), examples


def read_states(trainer: Trainer) -> list[np.ndarray]:
    return [keras.ops.convert_to_numpy(state) for state in trainer.table.carried._states]


@on_each_engine
@pytest.mark.parametrize(
    ("architecture", "place"),  # of the last layer's output among its states
    [
        ("vanilla", -2),
        ("stacked", -2),
        ("peephole", -2),
        ("slstm", -4),
        ("gru", -1),
        ("simple_rnn", -1),
    ],
)
def test_windows_in_turn_are_one_long_window(architecture: str, place: int) -> None:
    spec = make_spec(architecture)
    trainer, examples = make(spec)
    cutoff = 3 + WARM_WINDOWS * LOOKBACK
    given = keras.ops.convert_to_tensor(np.array([cutoff], np.int32))
    read = partial(trainer.table._read, trainer.network)
    ends = read(given, trainer.table.carried.warm_up(given, read))

    window = keras.Input((cutoff + 1, 1))
    plan = plan_model(spec.model, cutoff + 1, 1)
    long = keras.Model(window, build_encoder(plan, window).state)
    recurrent = [layer for layer in trainer.network.layers if isinstance(layer, keras.layers.RNN)]
    long.set_weights([weight for layer in recurrent for weight in layer.get_weights()])
    expected = np.asarray(long.predict(examples.past[None, : cutoff + 1], verbose=0))
    found = keras.ops.convert_to_numpy(ends[place])[:, 0]
    np.testing.assert_allclose(found, expected, atol=1e-5)


@on_each_engine
@pytest.mark.parametrize("architecture", share(CARRYING, ("vanilla",)))
def test_every_network_with_a_state_learns(architecture: str) -> None:
    spec = make_spec(architecture)
    trainer, examples = make(spec)
    epochs: list[EpochFinished] = []

    def listen(event: Event) -> None:
        if isinstance(event, EpochFinished):
            epochs.append(event)

    fit_network(
        trainer,
        examples.cutoffs["train"],
        examples.cutoffs["validation"],
        spec.training,
        epochs=6,
        on_event=listen,
        should_stop=lambda: False,
    )
    assert epochs[-1].loss < epochs[0].loss
    predicted = trainer.predict_places(examples.cutoffs["test"])
    assert predicted.shape == (len(examples.cutoffs["test"]), 2, 1, 1)
    assert np.isfinite(predicted).all()


@on_each_engine
@pytest.mark.parametrize("num_targets", [1, 2])
def test_a_batch_goes_on_where_the_one_before_ended(num_targets: int) -> None:
    spec = make_spec(**{"model.mixing": False, "training.learning_rate": 1e-30})
    trainer, _ = make(spec, num_targets)
    rows = np.arange(8, dtype=np.int32)
    first = 3 + rows
    trainer.table.set_order(np.concatenate([first, first + LOOKBACK]), np.repeat([True, False], 8))
    trainer.train_on_batch(rows)
    before = read_states(trainer)
    trainer.train_on_batch(rows + 8)
    carried = read_states(trainer)
    assert carried[0].shape == (8, num_targets, 3)

    given = keras.ops.convert_to_tensor(first + LOOKBACK)
    expected = trainer.table._read(
        trainer.network, given, [keras.ops.convert_to_tensor(state) for state in before]
    )
    afresh = trainer.table._read(
        trainer.network, given, [keras.ops.zeros_like(state) for state in before]
    )
    for ours, theirs, other in zip(carried, expected, afresh, strict=True):
        np.testing.assert_allclose(ours, keras.ops.convert_to_numpy(theirs), atol=1e-6)
        assert not np.allclose(ours, keras.ops.convert_to_numpy(other), atol=1e-4)


@on_each_engine
def test_where_a_stream_begins_so_does_its_state() -> None:
    trainer, _ = make(make_spec(**{"training.learning_rate": 1e-30}))
    rows = np.arange(8, dtype=np.int32)
    cutoffs = 3 + rows
    begins = np.concatenate([np.ones(8, bool), rows < 4])
    trainer.table.set_order(np.concatenate([cutoffs, cutoffs]), begins)
    trainer.train_on_batch(rows)
    first = read_states(trainer)[0]
    trainer.train_on_batch(rows + 8)
    again = read_states(trainer)[0]
    np.testing.assert_allclose(again[:4], first[:4], atol=1e-6)
    assert (np.abs(again[4:] - first[4:]).max(axis=(1, 2)) > 1e-4).all()


def test_a_fit_learns_along_streams(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[np.ndarray, np.ndarray]] = []
    plain = WindowTable.set_order
    monkeypatch.setattr(
        WindowTable,
        "set_order",
        lambda self, *order: (seen.append(order), plain(self, *order)),
    )
    spec = make_spec()
    trainer, examples = make(spec)
    fit_network(
        trainer,
        examples.cutoffs["train"],
        examples.cutoffs["validation"],
        spec.training,
        epochs=2,
        on_event=ignore_events,
        should_stop=lambda: False,
    )
    assert len(seen) == 2
    for order, begins in seen:
        lanes, starts = order.reshape(-1, 8), begins.reshape(-1, 8)
        assert starts[0].all()
        assert ((np.diff(lanes, axis=0) == LOOKBACK) | starts[1:]).all()
        assert (~starts).any()
        assert set(order) <= set(examples.cutoffs["train"])


@on_each_engine
def test_a_prediction_depends_on_its_own_past_alone() -> None:
    trainer, examples = make(make_spec())
    cutoffs = examples.cutoffs["test"]
    whole = trainer.predict_places(cutoffs)
    np.testing.assert_allclose(trainer.predict_places(cutoffs[::-1])[::-1], whole, atol=1e-6)
    np.testing.assert_allclose(trainer.predict_places(cutoffs[3:4]), whole[3:4], atol=1e-6)

    cutoff = cutoffs[3]
    scrambled = examples.past.copy()
    scrambled[cutoff + 1 :] = 99
    too_early = cutoff - (WARM_WINDOWS + 1) * LOOKBACK
    scrambled[: too_early + 1] = 99
    trainer.load(replace(examples, past=scrambled))
    np.testing.assert_allclose(trainer.predict_places(cutoffs[3:4]), whole[3:4], atol=1e-6)
    scrambled[too_early + 1] = 99
    trainer.load(replace(examples, past=scrambled))
    assert not np.allclose(trainer.predict_places(cutoffs[3:4]), whole[3:4], atol=1e-6)


def test_a_series_begins_with_no_other_s_state() -> None:
    spec = make_spec()
    values = {name: make_sine(40, period) for name, period in (("a", 7), ("b", 9))}
    examples = frame_dataset(make_dataset(values), spec).examples
    trainer = make_forecaster(build_network(examples.shape, spec), examples, spec.training)
    first = int(np.searchsorted(examples.series, 1)) + LOOKBACK - 1
    whole = trainer.predict_places(np.array([first]))
    scrambled = examples.past.copy()
    scrambled[: first - LOOKBACK + 1] = 99
    trainer.load(replace(examples, past=scrambled))
    np.testing.assert_allclose(trainer.predict_places(np.array([first])), whole, atol=1e-6)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"model.architecture": "bidirectional"}, "reads backwards as well"),
        ({"model.architecture": "conv_lstm"}, "keeps a map for each frame"),
        ({"model.architecture": "transformer"}, "No layer of this network has a state"),
        ({"model.architecture": "gru", "task.strategy": "recursive"}, "fed back"),
    ],
)
def test_what_can_t_go_on_is_refused(values: dict[str, Any], words: str) -> None:
    spec = ExperimentSpec().with_values({"training.stateful": True, **values})
    with pytest.raises(SpecError, match=words):
        resolve_spec(spec, make_dataset(make_sine(120)))


def test_a_network_without_it_is_as_it_was() -> None:
    spec = make_spec(**{"training.stateful": False})
    trainer, examples = make(spec)
    assert trainer.table.carried is None
    assert [given.name for given in trainer.network.inputs] == ["past"]
    assert examples.shape.num_targets == 1
