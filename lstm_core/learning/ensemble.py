"""Several networks of one kind, and what they say together.

They share one trainer, and so one compilation: members differ in their weights alone.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from types import MappingProxyType
from typing import Any, Protocol

import keras
import numpy as np

from lstm_core.engines.choosing import settle_engine
from lstm_core.errors import NothingLearnt
from lstm_core.events import Listener, NetworkStarted, TrainingStarted
from lstm_core.learning.elsewhere import Elsewhere, Job
from lstm_core.learning.feeds.feed import Feed
from lstm_core.learning.fitting import Fit, Watch, fit_network
from lstm_core.learning.seeding import set_seed
from lstm_core.learning.trainer import Objective, Trainer, describe_device, make_trainer
from lstm_core.spec import TrainingSpec

TRIAL_EPOCHS = 3
TRIAL_WINDOWS = 2_048
"""How long each choice is tried before one is taken, and on how many windows in each epoch."""

NO_LEADS: Mapping[str, float] = MappingProxyType({})

BuildNetwork = Callable[[Mapping[str, str]], keras.Model]
"""From kinds of layers, by the layers' names, to a network that begins as suits them."""

Weights = list[np.ndarray]
PredictAlone = Callable[[keras.Model, np.ndarray], np.ndarray]
"""From a network and places, ``(n,)``, to what it says of them."""


@dataclass(frozen=True)
class Jointly:
    """A way in which networks predict together from the first step on, and not each for itself.

    Attributes:
        predict: from a network, the weights of each member and places, ``(n,)``, to what they say
            of them together.
    """

    predict: Callable[[keras.Model, Sequence[Weights], np.ndarray], np.ndarray]


PredictBy = PredictAlone | Jointly

Measure = Callable[[Callable[[np.ndarray], np.ndarray]], float | None]
"""From what a network says of places, to how far off it is; see ``Task.measure_tried``."""

_Trial = tuple[frozenset[tuple[str, str]], Measure | None]
"""Which kinds of all layers were tried, and by what they were measured."""

Combine = Callable[[Sequence[np.ndarray]], np.ndarray]
"""From what each network says, one array each, to what they say together."""


class ChoosableLayer(Protocol):
    """A layer that can be told to do its work another way without a new compilation.

    Attributes:
        kind: the way that it does it now.
    """

    kind: str

    def choose(self, kind: str) -> None: ...

    def say(self, kind: str) -> str:
        """Say for people what it does that way."""


@dataclass(frozen=True)
class Member:
    """One trained network.

    Attributes:
        weights: what predicts.
        judged_weights: what the validation part may judge; the same unless it was learnt from
            afterwards.
        fit: how its training went.
    """

    weights: Weights
    judged_weights: Weights
    fit: Fit


@dataclass(frozen=True)
class Tried:
    """What came of trying kinds of a layer.

    Attributes:
        kind: the one that was chosen.
        errors: on the validation part by each that was tried, after the best of its epochs.
    """

    kind: str
    errors: Mapping[str, float]


class Ensemble:
    """Trains members fold by fold, and predicts by what they say together.

    Owns the trainer, from the first fold to the last prediction. Asked to conclude, it keeps the
    networks that it has, the one in training among them with its best weights so far.

    Args:
        build_network: builds the network; each call draws new weights.
        objective: what they make small. ``combine``: how their answers become one.
        spec: filled in.
        num_folds: how often ``fit`` will be called, for the titles of the networks.
        num_trials: how many kinds ``choose`` will try.
        starts_trained: the networks know something before they learn, and may be left as they are.
        elsewhere: who may train members meanwhile; none: all are trained here, in turn.

    Attributes:
        members: of the present fold.
        is_cut: whether a request to conclude left some of the training out.
    """

    def __init__(
        self,
        build_network: BuildNetwork,
        objective: Objective,
        combine: Combine,
        spec: TrainingSpec,
        *,
        num_folds: int = 1,
        num_trials: int = 0,
        starts_trained: bool = False,
        on_event: Listener,
        should_stop: Callable[[], bool],
        should_conclude: Callable[[], bool] = lambda: False,
        elsewhere: Elsewhere | None = None,
    ) -> None:
        self.members: list[Member] = []
        self.is_cut = False
        self._build_network = build_network
        self._objective = objective
        self._combine = combine
        self._spec = spec
        self._num_folds = num_folds
        self._num_trials = num_trials
        self._fit = partial(
            fit_network,
            spec=spec,
            starts_trained=starts_trained,
            on_event=on_event,
            should_stop=should_stop,
            should_conclude=should_conclude,
        )
        self._should_conclude = should_conclude
        self._elsewhere = elsewhere
        self._on_event = on_event
        self._trainer: Trainer | None = None
        self._earlier: Trainer | None = None
        self._chosen: dict[str, str] = {}
        self._tried: dict[_Trial, tuple[Member, float]] = {}
        self._drawn: tuple[int, dict[str, str]] | None = None
        """Of what seed and kinds the network is that has not learnt anything yet."""
        self._number = 0

    @property
    def trainer(self) -> Trainer:
        """What ``begin`` made."""
        if self._trainer is None:
            raise RuntimeError("begin() comes first")
        return self._trainer

    def begin(self, feed: Feed) -> None:
        """Build and compile for these examples, or load them as the next fold's.

        A fold whose examples have other sizes gets a network and a trainer of its own.
        """
        is_first = self._trainer is None
        if self._trainer is not None and self._trainer.table.fits(feed):
            self._trainer.load(feed)
        else:
            self._drawn = self._spec.seed, dict(self._chosen)
            set_seed(self._spec.seed)
            self._earlier = self._trainer
            network = self._build_network(self._chosen)
            self._trainer = make_trainer(network, feed, self._objective, self._spec)
        if is_first:
            weights = self._trainer.network.trainable_variables
            self._on_event(
                TrainingStarted(
                    1 if self._spec.epochs is None else self._spec.epochs,
                    sum(int(np.prod(each.shape)) for each in weights),
                    describe_device(),
                    self._count_networks(),
                    settle_engine().reason,
                )
            )
        self.members = []

    def choose(
        self,
        feed: Feed,
        layer: str,
        kinds: Sequence[str],
        leads: Mapping[str, float] = NO_LEADS,
        measure: Measure | None = None,
    ) -> Tried:
        """Try each kind of a layer for a few epochs, keep the one that validates best.

        What was tried already, when another layer was chosen for, is not tried again.

        Args:
            leads: by which share of its error a kind has to be ahead, where it has to.
            measure: how far off the validation part is; where there is none, or it says None, the
                loss tells.

        Where that was cut, the network that was tried so becomes the one member: it is all there
        is.

        Raises:
            NothingLearnt: it was cut before the first epoch was finished.
        """
        chosen: ChoosableLayer = self.trainer.network.get_layer(layer)
        tried: dict[str, Member] = {}
        errors: dict[str, float] = {}
        for kind in kinds:
            trial = frozenset({**self._list_kinds(), layer: kind}.items()), measure
            if trial in self._tried:
                self._number += 1
            else:
                self._chosen[layer] = kind
                self._draw_weights(self._spec.seed)
                self._announce(f"trying: {chosen.say(kind)}", TRIAL_EPOCHS, is_tryout=True)
                self._try(feed, trial)
            if trial in self._tried:
                tried[kind], errors[kind] = self._tried[trial]
            if self.is_cut:
                break
        if not tried:
            raise NothingLearnt
        best = min(errors, key=lambda kind: errors[kind] / (1.0 - leads.get(kind, 0.0)))
        chosen.choose(best)
        self._chosen[layer] = best
        if self._is_over():
            fit = replace(tried[best].fit, is_cut=True)  # it would have learnt for longer
            self.members = [replace(tried[best], fit=fit)]
        return Tried(best, errors)

    def _try(self, feed: Feed, trial: _Trial) -> None:
        """Train for a few epochs, and note what came of it, unless it was cut before the first."""
        fit = self._train(
            feed.places["train"],
            feed.places["validation"],
            epochs=TRIAL_EPOCHS,
            most_windows=TRIAL_WINDOWS,
        )
        if fit is None:
            return
        weights = self.trainer.get_weights()
        _, measure = trial
        told = measure(self.trainer.predict_places) if measure else None
        error = fit.validation_loss if told is None else told
        self._tried[trial] = Member(weights, weights, fit), error

    def _list_kinds(self) -> dict[str, str]:
        """Return the present kind of each layer that can do its work in several ways."""
        layers = self.trainer.network.layers
        return {layer.name: layer.kind for layer in layers if hasattr(layer, "choose")}

    def fit(self, feed: Feed, fold: int = 0, watch: Watch | None = None) -> None:
        """Train every member on the present fold; the first one is watched.

        Without epochs there is one, as it was built.

        Raises:
            NothingLearnt: it was cut, and there is no member yet.
        """
        if self._spec.epochs == 0:
            weights = self.trainer.get_weights()
            self.members = [Member(weights, weights, Fit(float("nan"), 0, 0))]
            return
        for job in self._list_jobs()[fold * self._num_members :][: self._num_members]:
            if self._is_over():
                break
            found = self._find_member(feed, job, watch if job.member == 0 else None)
            if found is None:
                break
            self.members.append(found)
        if not self.members:
            raise NothingLearnt

    def _find_member(self, feed: Feed, job: Job, watch: Watch | None) -> Member | None:
        """Return a member, trained elsewhere or here; None: it was cut before it had learnt."""
        try:
            found = None if self._elsewhere is None else self._elsewhere.take(job)
        except NothingLearnt:
            self.is_cut = True
            return None
        if found is not None:
            self.is_cut |= found.fit.is_cut
            return found
        began = time.monotonic()
        found = self.train_member(feed, job, watch)
        if self._elsewhere is not None and found is not None and not self.is_cut:
            jobs = self._list_jobs()
            left = jobs[jobs.index(job) + 1 :]
            self._elsewhere.offer(left, self._chosen, time.monotonic() - began)
        return found

    def train_member(self, feed: Feed, job: Job, watch: Watch | None = None) -> Member | None:
        """Train one member on the present fold; None: cut before it had learnt anything."""
        train, validation = feed.places["train"], feed.places["validation"]
        seed = self._spec.seed + job.member
        count = self._num_members
        title = f"seed {job.member + 1} of {count}" if count > 1 else "network"
        if self._num_folds > 1:
            title = f"fold {job.fold + 1} of {self._num_folds}, {title}"
        assert self._spec.epochs is not None
        self._number = job.number - 1
        self._draw_weights(seed)
        self._announce(title, self._spec.epochs)
        fit = self._train(train, validation, seed=seed, watch=watch)
        if fit is None:
            return None
        judged = weights = self.trainer.get_weights()
        if self._spec.retrain and fit.best_epoch and not self._is_over():
            # A rate that is planned to fall to 0 takes another course in fewer epochs.
            epochs = self._spec.epochs if self._spec.plans_rate else fit.best_epoch
            self._draw_weights(seed)
            self._announce(f"{title}, with the validation part", epochs)
            both = np.concatenate([train, validation])
            again = self._train(both, validation[:0], epochs=epochs, seed=seed)
            if again is not None and not again.is_cut:  # else it has not learnt as long
                weights = self.trainer.get_weights()
        return Member(weights, judged, fit)

    def take_kinds(self, kinds: Mapping[str, str]) -> None:
        """Let layers do their work as another process has chosen."""
        self._chosen = dict(kinds)
        for layer, kind in kinds.items():
            self.trainer.network.get_layer(layer).choose(kind)

    def _list_jobs(self) -> list[Job]:
        """Return every member of every fold, in the order in which they are trained."""
        pairs = [(f, m) for f in range(self._num_folds) for m in range(self._num_members)]
        each = self._networks_of_a_member
        return [
            Job(fold, member, self._num_trials + place * each + 1)
            for place, (fold, member) in enumerate(pairs)
        ]

    @property
    def _num_members(self) -> int:
        return self._spec.num_seeds or 1

    @property
    def _networks_of_a_member(self) -> int:
        return 2 if self._spec.retrain else 1

    def go_back(self, feed: Feed, members: list[Member]) -> None:
        """Take the fold before and its members for the present ones."""
        if self._earlier is not None and not self.trainer.table.fits(feed):
            self._trainer = self._earlier
        self.trainer.load(feed)
        self.members = members

    def _train(self, places: np.ndarray, validation: np.ndarray, **options: Any) -> Fit | None:
        """Train the network that was announced last; None: cut before it had learnt anything."""
        if self._is_over():
            return None
        try:
            fit = self._fit(self.trainer, places, validation, number=self._number, **options)
        except NothingLearnt:
            self.is_cut = True
            return None
        self.is_cut |= fit.is_cut
        return fit

    def _is_over(self) -> bool:
        """Whether nothing more is to be trained; what is still to come is then left out."""
        self.is_cut |= self._should_conclude()
        return self.is_cut

    def predict(self, places: np.ndarray, by: PredictBy | None = None) -> np.ndarray:
        """Return what the members say together of places, ``(n,)``.

        Args:
            by: how one network predicts, where that is not the trainer's own way.
        """
        members = [member.weights for member in self.members]
        return predict_together(self.trainer, places, members, self._combine, by)

    def predict_judged(self, places: np.ndarray, by: PredictBy | None = None) -> np.ndarray:
        """The same by weights that have not learnt from the validation part."""
        members = [member.judged_weights for member in self.members]
        return predict_together(self.trainer, places, members, self._combine, by)

    def _count_networks(self) -> int:
        if self._spec.epochs == 0:
            return 0
        each = self._networks_of_a_member
        return self._num_trials + self._num_folds * self._num_members * each

    def _draw_weights(self, seed: int) -> None:
        """Begin anew; the kinds of layers that were chosen stay."""
        is_drawn = self._drawn == (seed, self._chosen)
        self._drawn = None
        if is_drawn:  # it has just been built so, and building takes long
            return
        set_seed(seed)
        network, fresh = self.trainer.network, self._build_network(self._chosen)
        # Also what is not trained: moments that were gathered by who trained before, and where
        # stands what dropout hides.
        for variable, start in zip(network.variables, fresh.variables, strict=True):
            variable.assign(start)
        for layer, kind in self._chosen.items():
            network.get_layer(layer).choose(kind)

    def _announce(self, title: str, epochs: int, *, is_tryout: bool = False) -> None:
        self._number += 1
        self._on_event(NetworkStarted(self._number, title, epochs, is_tryout))


def predict_together(
    trainer: Trainer,
    places: np.ndarray,
    members: Sequence[Weights],
    combine: Combine,
    by: PredictBy | None = None,
) -> np.ndarray:
    """Return what members say together of places, ``(n,)``; one says what it says."""
    if isinstance(by, Jointly):
        return by.predict(trainer.network, members, places)
    said = []
    for weights in members:
        trainer.set_weights(weights)
        said.append(by(trainer.network, places) if by else trainer.predict_places(places))
    return said[0] if len(said) == 1 else combine(said)


def take_median(said: Sequence[np.ndarray]) -> np.ndarray:
    """Return the median over networks; the order of a range's ends survives it.

    Source: Oreshkin et al., "N-BEATS", ICLR 2020, section 3.4.
    """
    median: np.ndarray = np.median(said, axis=0)
    return median


def mix_probabilities(said: Sequence[np.ndarray]) -> np.ndarray:
    """Return the logarithms of the mean probabilities over networks, from their logarithms."""
    exact = np.asarray(said, np.float64)
    mixed: np.ndarray = np.logaddexp.reduce(exact, axis=0) - np.log(len(said))
    return mixed.astype(said[0].dtype)
