"""Items of unequal lengths, learnt from by the same trainer as windows."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import count
from typing import Any

import numpy as np
import pytest
from keras import ops

from lstm_core.errors import NothingLearnt, RunCancelled
from lstm_core.events import EpochFinished, Event, NetworkStarted
from lstm_core.learning.ensemble import Ensemble, mix_probabilities
from lstm_core.learning.feeds import feed as feeds
from lstm_core.learning.feeds.items import Change, ItemFeed, ItemShape, make_item_noise
from lstm_core.learning.fitting import Fit, fit_network
from lstm_core.learning.probes import rate_test
from lstm_core.learning.probes.batch_timing import time_batch
from lstm_core.learning.probes.rate_test import try_rates
from lstm_core.learning.trainer import Trainer, make_trainer
from lstm_core.spec import TrainingSpec
from lstm_core.tasks.classification.network.objective import LabelObjective
from tests.learning.items import build_reader, make_feed


def make_spec(**values: Any) -> TrainingSpec:
    defaults = {
        "epochs": 3,
        "batch_size": 8,
        "learning_rate": 0.03,
        "schedule": "constant",
        "patience": None,
        "retrain": False,
        "num_seeds": 1,
    }
    return TrainingSpec.model_validate(defaults | values)


def fit(
    feed: ItemFeed,
    *,
    units: int = 0,
    should_stop: Callable[[], bool] = lambda: False,
    should_conclude: Callable[[], bool] = lambda: False,
    **values: Any,
) -> tuple[Trainer, list[EpochFinished], Fit]:
    spec = make_spec(**values)
    epochs: list[EpochFinished] = []

    def listen(event: Event) -> None:
        if isinstance(event, EpochFinished):
            epochs.append(event)

    network = build_reader(feed.shape, seed=1, units=units)
    trainer = make_trainer(network, feed, LabelObjective(0.1), spec)
    found = fit_network(
        trainer,
        feed.parts["train"],
        feed.parts["validation"],
        spec,
        on_event=listen,
        should_stop=should_stop,
        should_conclude=should_conclude,
    )
    return trainer, epochs, found


def measure_log_loss(trainer: Trainer, feed: ItemFeed, items: np.ndarray) -> float:
    said = trainer.predict_places(items)
    return float(-said[np.arange(len(items)), feed.labels[items]].mean())


@pytest.mark.backend(each=())
@pytest.mark.parametrize(("num_channels", "units"), [(0, 8), (2, 0)])
def test_a_network_learns_what_items_say(num_channels: int, units: int) -> None:
    feed = make_feed(240, num_channels=num_channels, num_labels=2)
    trainer, epochs, _ = fit(feed, units=units, epochs=8)
    assert epochs[-1].loss < 0.7 * epochs[0].loss
    test = feed.parts["test"]
    said = trainer.predict_places(test)
    assert said.shape == (len(test), 2)
    assert (said.argmax(axis=1) == feed.labels[test]).mean() > 0.9


@pytest.mark.backend
def test_the_validation_loss_is_the_plain_mean_over_all_items() -> None:
    feed = make_feed(150)
    weights = np.array([1.0, 5.0], np.float32)
    # 29 items of two padded lengths fill no batch.
    parts = {**feed.parts, "validation": feed.parts["validation"][:29]}
    feed = replace(feed, parts=parts, label_weights=weights, change=Change(hide=0.5))
    trainer, epochs, found = fit(feed, epochs=1)
    loss = measure_log_loss(trainer, feed, feed.parts["validation"])
    assert epochs[0].validation_loss == pytest.approx(loss, rel=1e-5)
    assert found.validation_loss == epochs[0].validation_loss


def test_a_long_validation_part_is_thinned(monkeypatch: pytest.MonkeyPatch) -> None:
    from lstm_core.learning import fitting as training

    monkeypatch.setattr(training, "MAX_VALIDATION_PLACES", 10)
    feed = make_feed()
    trainer, epochs, _ = fit(feed, epochs=1)
    thinned = feeds.thin(feed.parts["validation"], 10)
    assert epochs[0].validation_loss == pytest.approx(
        measure_log_loss(trainer, feed, thinned), rel=1e-5
    )


@pytest.mark.backend
def test_predictions_come_in_the_order_asked_and_stand_alone() -> None:
    feed = make_feed(300)
    network = build_reader(feed.shape, seed=1)
    trainer = make_trainer(network, feed, LabelObjective(), make_spec())
    items = np.random.default_rng(0).permutation(300).astype(np.int32)
    whole = trainer.predict_places(items)
    assert len(np.unique(whole[:, 0].round(5))) > 200
    for place in (0, 7, 299):
        start, length = feed.starts[items[place]], feed.lengths[items[place]]
        alone = network([feed.flat[None, start : start + length], np.array([length], np.int32)])
        np.testing.assert_allclose(whole[place], ops.convert_to_numpy(alone)[0], atol=1e-5)
    np.testing.assert_allclose(trainer.predict_places(items[7:8])[0], whole[7], atol=1e-5)


def test_the_same_seed_gives_the_same_network() -> None:
    feed = make_feed(change=Change(hide=0.3, crop=0.7))
    first, second = (fit(feed)[0].get_weights() for _ in range(2))
    for ours, theirs in zip(first, second, strict=True):
        np.testing.assert_allclose(ours, theirs, atol=1e-6)


@pytest.mark.backend
def test_a_request_to_stop_is_obeyed_in_the_middle_of_an_epoch() -> None:
    asked = count(1)
    with pytest.raises(RunCancelled):
        fit(make_feed(), epochs=1_000, should_stop=lambda: next(asked) == 13)
    assert next(asked) == 14


@pytest.mark.backend
def test_a_request_to_conclude_leaves_the_best_weights_and_the_trainer_whole() -> None:
    asked = count(1)
    feed = make_feed()
    trainer, epochs, found = fit(
        feed,
        epochs=1_000,
        should_conclude=lambda: next(asked) >= 22,  # in the third epoch: there are nine batches
    )
    losses = [epoch.validation_loss for epoch in epochs]
    assert len(losses) == 2
    assert found == Fit(pytest.approx(min(losses)), losses.index(min(losses)) + 1, 2, is_cut=True)
    left = measure_log_loss(trainer, feed, feed.parts["validation"])
    assert left == pytest.approx(min(losses), rel=1e-4)
    # Learnt again by the same trainer, it comes out as by a new one.
    start = build_reader(feed.shape, seed=1)
    trainer.set_weights(start.get_weights())
    again = fit_network(
        trainer,
        feed.parts["train"],
        feed.parts["validation"],
        make_spec(),
        on_event=lambda event: None,
        should_stop=lambda: False,
    )
    _, _, fresh = fit(feed)
    assert again.validation_loss == pytest.approx(fresh.validation_loss, rel=1e-4)


def test_cut_before_the_first_epoch_ends_nothing_is_learnt() -> None:
    asked = count(1)
    with pytest.raises(NothingLearnt):
        fit(make_feed(), should_conclude=lambda: next(asked) >= 3)


def make_short_feed(**values: Any) -> ItemFeed:
    """Of one padded length, which takes an engine the less time to compile."""
    feed = make_feed(**values)
    return replace(feed, padded=feed.padded[-1:])


def make_ensemble(
    feed: ItemFeed, heard: list[Event] | None = None, **values: Any
) -> tuple[Ensemble, list[ItemShape]]:
    """An ensemble, and the shape that its networks are built for: another may be put in."""
    shapes = [feed.shape]
    ensemble = Ensemble(
        lambda kinds: build_reader(shapes[-1], dropout=0.2, has_moments=True),
        LabelObjective(),
        mix_probabilities,
        make_spec(**values),
        on_event=(heard if heard is not None else []).append,
        should_stop=lambda: False,
    )
    ensemble.begin(feed)
    return ensemble, shapes


@pytest.mark.backend
def test_a_member_does_not_depend_on_who_trained_before() -> None:
    feed = make_short_feed(change=Change(hide=0.3))
    both, _ = make_ensemble(feed, num_seeds=2, epochs=2, seed=3)
    both.fit(feed)
    second, _ = make_ensemble(feed, num_seeds=1, epochs=2, seed=4)
    second.fit(feed)
    for ours, theirs in zip(both.members[1].weights, second.members[0].weights, strict=True):
        np.testing.assert_allclose(ours, theirs, atol=1e-5)
    assert not np.allclose(both.members[0].weights[0], both.members[1].weights[0], atol=1e-2)


def test_together_they_say_the_mean_of_their_probabilities() -> None:
    feed = make_short_feed()
    ensemble, _ = make_ensemble(feed, num_seeds=2, epochs=1)
    ensemble.fit(feed)
    test = feed.parts["test"]
    said = []
    for member in ensemble.members:
        ensemble.trainer.set_weights(member.weights)
        said.append(np.exp(ensemble.trainer.predict_places(test)))
    np.testing.assert_allclose(np.exp(ensemble.predict(test)), np.mean(said, axis=0), atol=1e-6)


def test_a_fold_with_another_vocabulary_gets_a_network_of_its_own() -> None:
    feed = make_short_feed()
    ensemble, shapes = make_ensemble(feed, epochs=1)
    ensemble.fit(feed)
    first, before = ensemble.trainer, ensemble.members
    said = ensemble.predict(feed.parts["test"])
    shapes.append(replace(feed.shape, num_tokens=20))
    other = replace(feed, shape=shapes[-1])
    ensemble.begin(other)
    assert ensemble.trainer is not first
    ensemble.fit(other)
    assert ensemble.members[0].weights[0].shape == (20, 8)
    ensemble.go_back(feed, before)
    np.testing.assert_allclose(ensemble.predict(feed.parts["test"]), said, atol=1e-6)


@pytest.mark.parametrize(("schedule", "num_epochs"), [("cosine", 3), ("constant", 1)])
def test_a_course_that_is_planned_is_run_to_its_end_again(schedule: str, num_epochs: int) -> None:
    feed = make_short_feed()
    wrong = feed.labels.copy()  # the better that is learnt, the worse: the first epoch is best
    wrong[feed.parts["validation"]] = 1 - wrong[feed.parts["validation"]]
    heard: list[Event] = []
    feed = replace(feed, labels=wrong)
    ensemble, _ = make_ensemble(feed, heard, schedule=schedule, retrain=True)
    ensemble.fit(feed)
    assert ensemble.members[0].fit.best_epoch == 1
    _, again = (event for event in heard if isinstance(event, NetworkStarted))
    assert again.num_epochs == num_epochs
    learnt = [event for event in heard if isinstance(event, EpochFinished)]
    assert sum(event.network == 2 for event in learnt) == num_epochs


def test_a_batch_of_items_is_timed() -> None:
    shape = ItemShape(3, 12, 0, 9, 30, False)
    first_seconds, batch_seconds = time_batch(
        partial(build_reader, shape), make_item_noise(shape), LabelObjective(), make_spec()
    )
    assert first_seconds > batch_seconds > 0


def test_rates_are_tried_on_items(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rate_test, "MOST_RATES", 40)
    feed = make_short_feed()
    table = try_rates(partial(build_reader, feed.shape), feed, LabelObjective(), make_spec())
    assert table["smoothed"].min() < 0.8 * table["smoothed"].iloc[0]


def test_seeding_asks_for_no_other_engine() -> None:
    """In a process of its own: whoever was here before may have loaded any."""
    script = (
        "import sys\n"
        "from tests.learning.test_item_training import fit, make_short_feed\n"
        "fit(make_short_feed(num_items=40), epochs=1)\n"
        "sys.exit('tensorflow' in sys.modules)\n"
    )
    environment = {**os.environ, "KERAS_BACKEND": "jax"}
    finished = subprocess.run([sys.executable, "-c", script], env=environment, check=False)
    assert finished.returncode == 0
