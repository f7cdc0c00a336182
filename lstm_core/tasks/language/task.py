"""``LanguageTask``: the face of writing on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import keras
import numpy as np
import pandas as pd

from lstm_core.data.documents.collection import DocumentCollection
from lstm_core.events import EpochFinished
from lstm_core.judging.learning_curves import gather_curves
from lstm_core.learning.ensemble import Combine, Member, PredictBy, Tried, mix_probabilities
from lstm_core.learning.feeds.texts import TextFeed
from lstm_core.learning.fitting import Watch
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.base import NOTHING_CHOSEN, Choice, Evaluation, Predict
from lstm_core.tasks.language.doctor.examination import Findings, examine
from lstm_core.tasks.language.encoding import Encoding, fit_encoding
from lstm_core.tasks.language.film import WritingFilm
from lstm_core.tasks.language.framing import frame_texts
from lstm_core.tasks.language.judging.evaluation import evaluate
from lstm_core.tasks.language.laying_out import Judged, lay_out, list_judged, shape_text
from lstm_core.tasks.language.network.building import build_network
from lstm_core.tasks.language.network.objective import UnitObjective
from lstm_core.tasks.language.samples import WRITTEN, write_samples
from lstm_core.tasks.language.scoring import Scorer


class LanguageTask:
    """Says which unit of running text comes next.

    Lives for one run: ``prepare`` fits what text is read by and lays it out, and ``observe`` takes
    down how likely the trained networks hold each unit of the test part.
    """

    folds: Sequence[int | None] = (None,)
    starts_trained = False

    def __init__(self, spec: ExperimentSpec, collection: DocumentCollection) -> None:
        """Take a spec that ``defaults.resolve_spec`` has filled in for this collection."""
        self.spec = spec
        self.framing = frame_texts(spec.task, collection)
        self.encoding: Encoding = fit_encoding(spec.task, self.framing)
        self.shape = shape_text(spec, collection)
        self._judged: list[Judged] = []
        self._logs: np.ndarray | None = None
        self._scorer: tuple[keras.Model, Scorer] | None = None

    @property
    def objective(self) -> UnitObjective:
        return UnitObjective()

    @property
    def combine(self) -> Combine:
        return mix_probabilities

    def prepare(self, fold: int | None) -> TextFeed:
        self._judged = list_judged(self.framing, self.encoding)
        return lay_out(self.spec.task, self.framing, self.encoding, self.shape)

    def build_network(self, kinds: Mapping[str, str] = NOTHING_CHOSEN) -> keras.Model:
        return build_network(self.shape, self.spec)

    def choices(self) -> Sequence[Choice]:
        return ()

    def measure_tried(self, predict: Predict) -> float | None:
        return None

    def settle(self, choice: Choice, tried: Tried) -> None:
        self.spec = self.spec.with_valid(choice.setting, tried.kind)

    def watch(self) -> Watch | None:
        return WritingFilm(self.framing, self.encoding)

    def find_way(self) -> PredictBy | None:
        """Return how likely a network holds the units of the stretches at some places."""
        return self._score

    def observe(self, judged: Predict, predict: Predict) -> None:
        self._logs = predict(np.arange(len(self._judged)))

    def evaluate(self) -> Evaluation:
        if self._logs is None:
            raise RuntimeError("observe() comes first")
        return evaluate(self.framing, self.encoding, self._judged, self._logs)

    def diagnose(
        self,
        evaluation: Evaluation,
        epochs: Sequence[EpochFinished],
        best_epochs: Sequence[int],
    ) -> list[dict[str, Any]]:
        found = Findings(
            framing=self.framing,
            units=evaluation.tables["predictions"],
            kind=self.encoding.units.kind,
            curves=gather_curves(epochs),
        )
        return [diagnosis.to_json() for diagnosis in examine(found, self.spec)]

    def answer(self, predict: Predict) -> dict[str, pd.DataFrame]:
        return {}

    def explain(self, network: keras.Model, members: Sequence[Member]) -> dict[str, pd.DataFrame]:
        """Return ``written``: drafts by the first network, to begin with."""
        network.set_weights(members[0].weights)
        return {WRITTEN: write_samples(network, self.encoding)}

    def keep(self) -> dict[str, Any]:
        return {"shape": vars(self.shape), "task": {"encoding": self.encoding.to_json()}}

    def _score(self, network: keras.Model, places: np.ndarray) -> np.ndarray:
        """Return the logarithms of the probabilities of units, ``(units,)``, stretch by stretch."""
        if self._scorer is None or self._scorer[0] is not network:
            self._scorer = network, Scorer(network)
        return self._scorer[1].score([self._judged[place].passage for place in places])
