"""``ClassificationTask``: the face of classification."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import keras
import numpy as np
import pandas as pd

from lstm_core.data.items.collection import ItemCollection
from lstm_core.events import EpochFinished
from lstm_core.judging.learning_curves import gather_curves
from lstm_core.learning.encoding.vocabulary import place_vectors
from lstm_core.learning.ensemble import Combine, Member, PredictBy, Tried, mix_probabilities
from lstm_core.learning.feeds.items import ItemFeed
from lstm_core.learning.fitting import Watch
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.base import NOTHING_CHOSEN, Choice, Evaluation, Predict
from lstm_core.tasks.classification.answering import ANSWERS, tabulate_answers
from lstm_core.tasks.classification.doctor.examination import Findings, examine
from lstm_core.tasks.classification.doctor.leaks import measure_apart
from lstm_core.tasks.classification.doctor.settings import read_settings
from lstm_core.tasks.classification.doctor.training import Shares
from lstm_core.tasks.classification.encoding.encoding import Encoding
from lstm_core.tasks.classification.framing import frame_items
from lstm_core.tasks.classification.judging.answers import choose_labels
from lstm_core.tasks.classification.judging.calibration import Temperature, fit_temperature
from lstm_core.tasks.classification.judging.evaluation import Fold, evaluate
from lstm_core.tasks.classification.laying_out import fit_encoding, lay_out, shape_items
from lstm_core.tasks.classification.network.building import build_network
from lstm_core.tasks.classification.network.objective import LabelObjective

MOST_ASKED = 2_000
"""Items of the training part that tell how much of it was learnt by heart."""


class ClassificationTask:
    """Says which label an item has.

    Lives for one run: for each of ``folds``, ``prepare`` fits what items are read by and lays
    them out, and ``observe`` takes down what the networks trained on them say of the test part.
    """

    def __init__(self, spec: ExperimentSpec, collection: ItemCollection) -> None:
        """Take a spec that ``defaults.resolve_spec`` has filled in for this collection."""
        self.spec = spec
        self.collection = collection
        self.framing = frame_items(spec.task, collection)
        self.shape = shape_items(spec, collection)
        self._unlabelled = collection.select(~collection.is_labelled)
        self._encoding: Encoding | None = None
        self._feed: ItemFeed | None = None
        self._fold = 0
        self._folds: list[Fold] = []
        self._temperature = Temperature(1.0, 0.0, 0.0)
        self._shares: Shares | None = None

    @property
    def folds(self) -> Sequence[int | None]:
        count = len(self.framing.splits)
        return [None] if count == 1 else list(range(count))

    @property
    def objective(self) -> LabelObjective:
        task = self.spec.task
        return LabelObjective(task.label_smoothing or 0.0, task.focus)

    @property
    def starts_trained(self) -> bool:
        return False

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
    def feed(self) -> ItemFeed:
        """What ``prepare`` laid out."""
        if self._feed is None:
            raise RuntimeError("prepare() comes first")
        return self._feed

    def prepare(self, fold: int | None) -> ItemFeed:
        self._fold = fold or 0
        encoding = fit_encoding(self.spec.task, self.framing, self._fold)
        if self.shape.has_one_length:  # a new item that is longer is read as far as these
            encoding = replace(encoding, most_steps=self.shape.most_steps)
        self._encoding = encoding
        self._feed = lay_out(
            self.spec, self.framing, self._fold, encoding, self.shape, self._unlabelled
        )
        return self._feed

    def build_network(self, kinds: Mapping[str, str] = NOTHING_CHOSEN) -> keras.Model:
        vectors = self.collection.vectors
        begin = None
        if vectors is not None and self.spec.task.tokens == "words":
            begin = place_vectors(self.encoding.vocabulary, vectors, self.shape.num_tokens)
        return build_network(self.shape, self.spec, begin)

    def choices(self) -> Sequence[Choice]:
        return ()

    def measure_tried(self, predict: Predict) -> float | None:
        return None

    def settle(self, choice: Choice, tried: Tried) -> None:
        self.spec = self.spec.with_valid(choice.setting, tried.kind)

    def watch(self) -> Watch | None:
        return None

    def find_way(self) -> PredictBy | None:
        return None

    def observe(self, judged: Predict, predict: Predict) -> None:
        parts = self.feed.parts
        validation = np.exp(judged(parts["validation"]).astype(np.float64))
        labels = self.framing.labels
        if self.spec.task.calibrate:
            self._temperature = fit_temperature(labels[parts["validation"]], validation)
        self._shares = self._measure_shares(judged, validation)
        said = np.exp(predict(parts["test"]).astype(np.float64))
        self._folds.append(
            Fold(self.framing.splits[self._fold], self._temperature.apply(said), self._temperature)
        )

    def evaluate(self) -> Evaluation:
        return evaluate(self.framing, self._folds)

    def diagnose(
        self,
        evaluation: Evaluation,
        epochs: Sequence[EpochFinished],
        best_epochs: Sequence[int],
    ) -> list[dict[str, Any]]:
        framing, facts, last = self.framing, self.framing.facts, self._folds[-1]
        mixes_groups = facts.groups is not None and framing.plan.how == "stratified"
        found = Findings(
            names=framing.names,
            labels=framing.labels,
            split=last.split,
            probabilities=last.probabilities,
            curves=gather_curves(epochs),
            shares=self._shares,
            copies=facts.copies,
            groups=facts.groups,
            group=facts.group or "group",
            apart=measure_apart(
                facts.items.content,
                facts.sequences,
                facts.labels,
                len(facts.names),
                framing.plan,
                groups=facts.groups,
                copies=facts.copies,
            )
            if mixes_groups
            else None,
        )
        return [diagnosis.to_json() for diagnosis in examine(found, read_settings(self.spec))]

    def answer(self, predict: Predict) -> dict[str, pd.DataFrame]:
        """Return ``answers`` about the items without a label, where there are any."""
        asked = self.feed.parts["asked"]
        if not len(asked):
            return {}
        said = self._temperature.apply(np.exp(predict(asked).astype(np.float64)))
        return {ANSWERS: tabulate_answers(self._unlabelled.ids, self.framing.names, said)}

    def explain(self, network: keras.Model, members: Sequence[Member]) -> dict[str, pd.DataFrame]:
        return {}

    def keep(self) -> dict[str, Any]:
        facts = self.framing.facts
        signals = facts.items.signals
        kept = {
            "labels": list(self.framing.names),
            "encoding": self.encoding.to_json(),
            "temperature": self._temperature.value,
            "fold": self._fold + 1,
            "content": facts.items.content,
            "alphabet": facts.items.alphabet,
            "channels": None if signals is None else list(signals.channels),
            "item": facts.item,
        }
        return {"shape": vars(self.shape), "task": kept}

    def _measure_shares(self, judged: Predict, validation: np.ndarray) -> Shares:
        """Return accuracy on what was learnt from and on the validation part."""
        parts, labels = self.feed.parts, self.framing.labels
        train = parts["train"]
        places = train[np.linspace(0, len(train) - 1, min(len(train), MOST_ASKED)).astype(int)]
        learnt = choose_labels(judged(places)) == labels[places]
        held = choose_labels(validation) == labels[parts["validation"]]
        return Shares(float(learnt.mean()), float(held.mean()))
