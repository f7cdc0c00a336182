"""``TranslationTask``: the face of translation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import keras
import numpy as np
import pandas as pd

from lstm_core.data.pairs.collection import PairCollection
from lstm_core.events import EpochFinished
from lstm_core.judging.learning_curves import gather_curves
from lstm_core.learning.ensemble import (
    Combine,
    Jointly,
    Member,
    PredictBy,
    Tried,
    Weights,
    mix_probabilities,
)
from lstm_core.learning.feeds.pairs import PairFeed
from lstm_core.learning.fitting import Watch
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.base import NOTHING_CHOSEN, Choice, Evaluation, Predict
from lstm_core.tasks.translation.answering import ANSWERS, read_said, tabulate_answers
from lstm_core.tasks.translation.doctor.examination import Findings, examine
from lstm_core.tasks.translation.encoding import Encoding, fit_encoding
from lstm_core.tasks.translation.film import TranslationFilm
from lstm_core.tasks.translation.framing import frame_pairs
from lstm_core.tasks.translation.judging.evaluation import Fold, evaluate
from lstm_core.tasks.translation.laying_out import lay_out, shape_pairs
from lstm_core.tasks.translation.network.building import build_network
from lstm_core.tasks.translation.network.objective import PairObjective
from lstm_core.tasks.translation.searching.beam import Plan
from lstm_core.tasks.translation.searching.speaker import Speaker


class TranslationTask:
    """Turns texts into others.

    Lives for one run: for each of ``folds``, ``prepare`` fits what texts are read by and lays them
    out, and ``observe`` takes down what the trained networks make of the test part.
    """

    starts_trained = False

    def __init__(self, spec: ExperimentSpec, collection: PairCollection) -> None:
        """Take a spec that ``defaults.resolve_spec`` has filled in for this collection."""
        self.spec = spec
        self.framing = frame_pairs(spec.task, collection)
        self.shape = shape_pairs(spec, collection)
        self._unknown = collection.select(~collection.is_known)
        self._encoding: Encoding | None = None
        self._asked: list[np.ndarray] = []
        self._fold = 0
        self._folds: list[Fold] = []
        self._opened: tuple[list[keras.Model], Speaker] | None = None

    @property
    def folds(self) -> Sequence[int | None]:
        count = len(self.framing.splits)
        return [None] if count == 1 else list(range(count))

    @property
    def objective(self) -> PairObjective:
        return PairObjective(self.spec.task.smoothing or 0.0)

    @property
    def combine(self) -> Combine:
        return mix_probabilities

    @property
    def encoding(self) -> Encoding:
        """What ``prepare`` fitted."""
        if self._encoding is None:
            raise RuntimeError("prepare() comes first")
        return self._encoding

    @property
    def plan(self) -> Plan:
        """How what is judged and answered is searched for."""
        return make_plan(self.spec)

    def prepare(self, fold: int | None) -> PairFeed:
        self._fold = fold or 0
        self._encoding = fit_encoding(self.spec.task, self.framing, self._fold)
        feed, sources = lay_out(self.spec, self.framing, self._fold, self._encoding, self.shape)
        self._asked = sources + self._encoding.encode_sources(self._unknown.sources.tolist())
        return feed

    def build_network(self, kinds: Mapping[str, str] = NOTHING_CHOSEN) -> keras.Model:
        return build_network(self.shape, self.spec)

    def choices(self) -> Sequence[Choice]:
        return ()

    def measure_tried(self, predict: Predict) -> float | None:
        return None

    def settle(self, choice: Choice, tried: Tried) -> None:
        self.spec = self.spec.with_valid(choice.setting, tried.kind)

    def watch(self) -> Watch | None:
        return TranslationFilm(self.framing, self.encoding, self.shape, self.spec)

    def find_way(self) -> PredictBy | None:
        """Return how networks translate texts by their places, together, as ``Hypothesis``."""
        return Jointly(self._translate)

    def observe(self, judged: Predict, predict: Predict) -> None:
        test = self.framing.splits[self._fold].test
        said = read_said(self.encoding, predict(test).tolist())
        self._folds.append(Fold(self._fold, self.encoding, said))

    def evaluate(self) -> Evaluation:
        return evaluate(self.framing, self._folds)

    def diagnose(
        self,
        evaluation: Evaluation,
        epochs: Sequence[EpochFinished],
        best_epochs: Sequence[int],
    ) -> list[dict[str, Any]]:
        found = Findings(
            framing=self.framing,
            fold=self._folds[-1],
            pairs=evaluation.tables["predictions"],
            curves=gather_curves(epochs),
        )
        return [diagnosis.to_json() for diagnosis in examine(found, self.spec)]

    def answer(self, predict: Predict) -> dict[str, pd.DataFrame]:
        """Return ``answers`` about the texts whose target is not known, where there are any."""
        count = self._unknown.num_pairs
        if not count:
            return {}
        places = len(self._asked) - count + np.arange(count)
        said = read_said(self.encoding, predict(places).tolist())
        sources = self._unknown.sources.tolist()
        return {ANSWERS: tabulate_answers(self._unknown.ids, sources, self.encoding, said)}

    def explain(self, network: keras.Model, members: Sequence[Member]) -> dict[str, pd.DataFrame]:
        return {}

    def keep(self) -> dict[str, Any]:
        return {
            "shape": vars(self.shape),
            "task": {"encoding": self.encoding.to_json(), "fold": self._fold + 1},
        }

    def _translate(
        self, network: keras.Model, members: Sequence[Weights], places: np.ndarray
    ) -> np.ndarray:
        speaker = self._open(network, members)
        sources = [self._asked[place] for place in places]
        found = np.empty(len(places), object)
        if len(places):
            said = speaker.translate(sources, self.encoding.limit(sources), self.plan)
            found[:] = [each[0] for each in said]
        return found

    def _open(self, network: keras.Model, members: Sequence[Weights]) -> Speaker:
        """Return what speaks with the weights of all members; compiled once for as many."""
        kept = self._opened
        if kept is None or kept[0][0] is not network or len(kept[0]) != len(members):
            networks = [network, *(self.build_network() for _ in members[1:])]
            kept = self._opened = networks, Speaker(networks, self.shape, self.spec)
        for each, weights in zip(kept[0], members, strict=True):
            each.set_weights(weights)
        return kept[1]


def make_plan(spec: ExperimentSpec, num_wanted: int = 1) -> Plan:
    """Return how translations are searched for; the spec is filled in."""
    return Plan(spec.task.beam, spec.task.length_penalty, num_wanted)


def open_networks(first: keras.Model, members: Sequence[Weights], build: Any) -> list[keras.Model]:
    """Return a network with the weights of each member, the first of them ``first``."""
    networks = [first, *(build() for _ in members[1:])]
    for network, weights in zip(networks, members, strict=True):
        network.set_weights(weights)
    return networks
