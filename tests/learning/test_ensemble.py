from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import keras
import numpy as np
import pytest

from lstm_core.errors import NothingLearnt
from lstm_core.events import EpochFinished, Event, NetworkStarted, TrainingStarted
from lstm_core.learning.ensemble import TRIAL_EPOCHS, Ensemble, predict_together, take_median
from lstm_core.learning.feeds.windows import WindowFeed
from lstm_core.models.building import Encoded
from lstm_core.spec import ExperimentSpec, TrainingSpec
from lstm_core.tasks.forecasting.framing.examples import frame_dataset
from lstm_core.tasks.forecasting.levels import NORMALISE
from lstm_core.tasks.forecasting.network.building import build_network
from lstm_core.tasks.forecasting.network.objective import ForecastObjective
from tests.shares import share
from tests.tasks.datasets import make_dataset, make_sine

SPEC = ExperimentSpec().with_values(
    {
        "task.lookback": 6,
        "task.horizon": 3,
        "task.ranges": "quantile",
        "model.mixing": True,
        "model.architecture": "vanilla",
        "model.units": 4,
        "training.num_seeds": 3,
        "training.epochs": 2,
        "training.batch_size": 16,
        "training.learning_rate": 0.01,
        "training.decay": 1.0,
    }
)


def make_examples(values: np.ndarray | None = None) -> WindowFeed:
    return frame_dataset(make_dataset(make_sine(120) if values is None else values), SPEC).examples


def make_ensemble(
    examples: WindowFeed,
    heard: list[Event] | None = None,
    should_conclude: Callable[[], bool] = lambda: False,
    **values: Any,
) -> Ensemble:
    def build(kinds: Mapping[str, str]) -> keras.Model:
        return build_network(
            examples.shape,
            SPEC,
            lambda plan, window: Encoded(
                keras.layers.Dense(4, "tanh")(keras.layers.Flatten()(window))
            ),
        )

    ensemble = Ensemble(
        build,
        ForecastObjective(SPEC.training, examples.shape.horizon),
        take_median,
        TrainingSpec.model_validate(SPEC.training.model_dump() | values),
        on_event=(heard if heard is not None else []).append,
        should_stop=lambda: False,
        should_conclude=should_conclude,
    )
    ensemble.begin(examples)
    return ensemble


def test_members_differ_and_their_median_predicts() -> None:
    examples = make_examples()
    ensemble = make_ensemble(examples)
    ensemble.fit(examples)
    cutoffs = examples.cutoffs["test"]
    said = []
    for member in ensemble.members:
        ensemble.trainer.set_weights(member.weights)
        said.append(ensemble.trainer.predict_places(cutoffs))
    assert len(said) == 3
    assert not np.allclose(said[0], said[1])
    together = ensemble.predict(cutoffs)
    np.testing.assert_allclose(together, np.median(said, axis=0), atol=1e-6)
    low, high = together[..., 1::2], together[..., 2::2]
    assert (np.diff(low, axis=-1) <= 0).all()
    assert (np.diff(high, axis=-1) >= 0).all()


@pytest.mark.backend
def test_the_same_seed_gives_the_same_members() -> None:
    examples = make_examples()
    both = [make_ensemble(examples, num_seeds=2) for _ in range(2)]
    for ensemble in both:
        ensemble.fit(examples)
    for ours, theirs in zip(both[0].members, both[1].members, strict=True):
        for one, other in zip(ours.weights, theirs.weights, strict=True):
            np.testing.assert_allclose(one, other, atol=1e-5)


def test_events_number_the_networks() -> None:
    heard: list[Event] = []
    examples = make_examples()
    ensemble = make_ensemble(examples, heard, num_seeds=2)
    ensemble.fit(examples)
    started = heard[0]
    assert isinstance(started, TrainingStarted)
    assert started.num_networks == 2
    networks = [event for event in heard if isinstance(event, NetworkStarted)]
    assert [(event.network, event.title) for event in networks] == [
        (1, "seed 1 of 2"),
        (2, "seed 2 of 2"),
    ]
    epochs = [event.network for event in heard if isinstance(event, EpochFinished)]
    assert epochs == [1, 1, 2, 2]


def test_the_kind_that_validates_best_is_chosen() -> None:
    # What follows depends on the level's change alone, and the level wanders far off.
    steps = np.arange(240.0)
    examples = make_examples(0.5 * steps + np.sin(steps))
    heard: list[Event] = []
    ensemble = make_ensemble(examples, heard, num_seeds=1)
    tried = ensemble.choose(examples, NORMALISE, ("none", "last_value"))
    assert tried.kind == "last_value"
    assert ensemble.trainer.network.get_layer(NORMALISE).kind == "last_value"
    best = {
        number: min(
            event.validation_loss
            for event in heard
            if isinstance(event, EpochFinished) and event.network == number
        )
        for number in (1, 2)
    }
    assert tried.errors == {"none": best[1], "last_value": best[2]}
    assert best[2] < best[1]
    assert sum(isinstance(event, EpochFinished) for event in heard) == 2 * TRIAL_EPOCHS


@pytest.mark.parametrize(("lead", "chosen"), [(0.1, "last_value"), (0.99, "none")])
def test_who_is_asked_for_a_lead_has_to_be_as_far_ahead(lead: float, chosen: str) -> None:
    steps = np.arange(240.0)
    examples = make_examples(0.5 * steps + np.sin(steps))
    ensemble = make_ensemble(examples, num_seeds=1)
    kinds = ("none", "last_value")
    assert ensemble.choose(examples, NORMALISE, kinds, {"last_value": lead}).kind == chosen


def test_what_was_tried_is_not_tried_again() -> None:
    examples = make_examples()
    heard: list[Event] = []
    ensemble = make_ensemble(examples, heard, num_seeds=1)
    first = ensemble.choose(examples, NORMALISE, ("none", "last_value"))
    again = ensemble.choose(examples, NORMALISE, ("last_value", "mean_std", "none"))
    assert again.errors == {**first.errors, "mean_std": again.errors["mean_std"]}
    tried = [event.network for event in heard if isinstance(event, NetworkStarted)]
    assert tried == [1, 2, 4]  # what was left out counts, so that numbers stay as announced
    plain = make_ensemble(examples, num_seeds=1)
    anew = plain.choose(examples, NORMALISE, ("mean_std",))
    assert anew.errors["mean_std"] == pytest.approx(again.errors["mean_std"], rel=1e-5)


def test_a_measure_of_the_task_s_own_decides_where_it_says_something() -> None:
    steps = np.arange(240.0)
    examples = make_examples(0.5 * steps + np.sin(steps))
    ensemble = make_ensemble(examples, num_seeds=1)
    layer = ensemble.trainer.network.get_layer(NORMALISE)
    validation = examples.places["validation"]

    def measure(predict: Callable[[np.ndarray], np.ndarray]) -> float | None:
        assert len(predict(validation)) == len(validation)
        return {"none": 1.0, "last_value": 2.0}[layer.kind]

    kinds = ("none", "last_value")
    tried = ensemble.choose(examples, NORMALISE, kinds, measure=measure)
    assert (tried.kind, tried.errors) == ("none", {"none": 1.0, "last_value": 2.0})
    silent = ensemble.choose(examples, NORMALISE, kinds, measure=lambda _: None)
    assert silent.kind == "last_value"


@pytest.mark.parametrize("kind", share(["none", "last_value", "mean_std"], ("last_value",)))
def test_what_was_chosen_stays_chosen_for_every_member(kind: str) -> None:
    examples = make_examples()
    ensemble = make_ensemble(examples, num_seeds=2, epochs=1)
    assert ensemble.choose(examples, NORMALISE, (kind,)).kind == kind
    layer = ensemble.trainer.network.get_layer(NORMALISE)
    chosen = keras.ops.convert_to_numpy(layer.shares)
    ensemble.fit(examples)
    assert layer.kind == kind
    (place,) = (
        at for at, each in enumerate(ensemble.trainer.network.weights) if each is layer.shares
    )
    for member in ensemble.members:
        np.testing.assert_array_equal(member.weights[place], chosen)


@pytest.mark.backend
def test_retraining_learns_from_the_validation_part_but_is_judged_without_it() -> None:
    heard: list[Event] = []
    examples = make_examples()
    ensemble = make_ensemble(examples, heard, num_seeds=1, retrain=True)
    ensemble.fit(examples)
    (member,) = ensemble.members
    titles = [event.title for event in heard if isinstance(event, NetworkStarted)]
    assert titles == ["network", "network, with the validation part"]
    plain = make_ensemble(examples, num_seeds=1)
    plain.fit(examples)
    for ours, theirs in zip(member.judged_weights, plain.members[0].weights, strict=True):
        np.testing.assert_allclose(ours, theirs, atol=1e-5)
    cutoffs = examples.cutoffs["validation"]
    assert not np.allclose(ensemble.predict(cutoffs), ensemble.predict_judged(cutoffs))


def test_the_next_fold_begins_without_members() -> None:
    examples = make_examples()
    ensemble = make_ensemble(examples, num_seeds=1)
    trainer = ensemble.trainer
    ensemble.fit(examples)
    ensemble.begin(make_examples(make_sine(120, seed=5)))
    assert ensemble.members == []
    assert ensemble.trainer is trainer


@pytest.mark.backend
def test_the_film_shows_the_first_member_alone() -> None:
    examples = make_examples()
    window = examples.cutoffs["validation"][4:5]

    class Frame:
        place = int(window[0])

        def __init__(self) -> None:
            self.frame: dict[str, Any] = {}

        def draw(self, network: Any, noted: np.ndarray) -> tuple[float, ...]:
            return tuple(noted.tolist())

    heard: list[Event] = []
    ensemble = make_ensemble(examples, heard, num_seeds=2)
    ensemble.fit(examples, watch=Frame())
    epochs = [event for event in heard if isinstance(event, EpochFinished)]
    assert [len(event.film) for event in epochs] == [3, 3, 0, 0]
    ensemble.trainer.set_weights(ensemble.members[0].weights)
    best = min(epochs[:2], key=lambda epoch: epoch.validation_loss)
    said = ensemble.trainer.predict_places(window)[0, :, 0, 0]
    np.testing.assert_allclose(best.film, said, atol=1e-5)


def test_one_network_predicts_as_it_is() -> None:
    examples = make_examples()
    ensemble = make_ensemble(examples, num_seeds=1)
    ensemble.fit(examples)
    weights = [member.weights for member in ensemble.members]
    cutoffs = examples.cutoffs["test"]
    found = predict_together(
        ensemble.trainer, cutoffs, weights, take_median, lambda network, rows: rows * 2.0
    )
    np.testing.assert_array_equal(found, cutoffs * 2.0)


def conclude_after(num_epochs: int, examples: WindowFeed, **values: Any) -> Ensemble:
    """An ensemble that is to conclude once so many epochs of its networks are finished."""
    heard: list[Event] = []

    def is_enough() -> bool:
        return sum(isinstance(event, EpochFinished) for event in heard) >= num_epochs

    return make_ensemble(examples, heard, is_enough, **values)


def test_of_several_members_those_that_have_learnt_are_kept() -> None:
    examples = make_examples()
    ensemble = conclude_after(3, examples)
    ensemble.fit(examples)
    assert [member.fit.num_epochs for member in ensemble.members] == [2, 1]
    assert [member.fit.is_cut for member in ensemble.members] == [False, True]
    assert ensemble.is_cut
    assert np.isfinite(ensemble.predict(examples.cutoffs["test"])).all()


def test_an_ensemble_that_came_to_its_end_was_not_cut() -> None:
    examples = make_examples()
    ensemble = conclude_after(6, examples)
    ensemble.fit(examples)
    assert [member.fit.num_epochs for member in ensemble.members] == [2, 2, 2]
    assert not ensemble.is_cut


@pytest.mark.parametrize("num_epochs", [2, 3])
def test_a_second_training_that_was_cut_leaves_the_first(num_epochs: int) -> None:
    examples = make_examples()
    ensemble = conclude_after(num_epochs, examples, num_seeds=1, retrain=True)
    ensemble.fit(examples)
    (member,) = ensemble.members
    for weights, judged in zip(member.weights, member.judged_weights, strict=True):
        np.testing.assert_array_equal(weights, judged)
    assert ensemble.is_cut == (num_epochs == 2 or member.fit.best_epoch == 2)


@pytest.mark.parametrize("num_epochs", share([2, TRIAL_EPOCHS], (TRIAL_EPOCHS,)))
def test_a_network_that_was_only_tried_is_better_than_none(num_epochs: int) -> None:
    examples = make_examples()
    ensemble = conclude_after(num_epochs, examples)
    assert ensemble.choose(examples, NORMALISE, ("last_value", "none")).kind == "last_value"
    ensemble.fit(examples)
    (member,) = ensemble.members
    assert (member.fit.num_epochs, member.fit.is_cut) == (num_epochs, True)


def test_without_an_epoch_nothing_is_learnt() -> None:
    examples = make_examples()
    ensemble = conclude_after(0, examples)
    with pytest.raises(NothingLearnt):
        ensemble.choose(examples, NORMALISE, ("last_value", "none"))
    with pytest.raises(NothingLearnt):
        ensemble.fit(examples)
