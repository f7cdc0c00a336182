"""``TaggingTask``: the face of tagging."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import keras
import numpy as np
import pandas as pd

from lstm_core.data.tagged.collection import TaggedCollection
from lstm_core.events import EpochFinished
from lstm_core.judging.learning_curves import gather_curves
from lstm_core.learning.encoding.stretches import Stretches
from lstm_core.learning.ensemble import Combine, Member, PredictBy, Tried
from lstm_core.learning.feeds.tags import TagFeed
from lstm_core.learning.fitting import Watch
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.base import NOTHING_CHOSEN, Choice, Evaluation, Predict
from lstm_core.tasks.tagging.answering import ANSWERS, mix_chains, read_said, tabulate_answers
from lstm_core.tasks.tagging.doctor.examination import Findings, examine
from lstm_core.tasks.tagging.encoding import Encoding
from lstm_core.tasks.tagging.framing import frame_sequences
from lstm_core.tasks.tagging.judging.evaluation import Fold, evaluate
from lstm_core.tasks.tagging.judging.said import Said
from lstm_core.tasks.tagging.laying_out import lay_out, shape_sequences
from lstm_core.tasks.tagging.network.building import build_network
from lstm_core.tasks.tagging.network.objective import TagObjective


class TaggingTask:
    """Says which tag each step of a sequence has.

    Lives for one run: for each of ``folds``, ``prepare`` fits what sequences are read by and lays
    them out, and ``observe`` takes down what the networks trained on them say of the test part.
    """

    def __init__(self, spec: ExperimentSpec, collection: TaggedCollection) -> None:
        """Take a spec that ``defaults.resolve_spec`` has filled in for this collection."""
        self.spec = spec
        self.collection = collection
        self.framing = frame_sequences(spec.task, collection)
        self.shape = shape_sequences(spec, collection)
        self._untagged = collection.select(~collection.is_tagged)
        self._encoding: Encoding | None = None
        self._laid: tuple[TagFeed, Stretches] | None = None
        self._fold = 0
        self._folds: list[Fold] = []

    @property
    def folds(self) -> Sequence[int | None]:
        count = len(self.framing.splits)
        return [None] if count == 1 else list(range(count))

    @property
    def objective(self) -> TagObjective:
        return TagObjective()

    @property
    def starts_trained(self) -> bool:
        return False

    @property
    def combine(self) -> Combine:
        return mix_chains

    @property
    def encoding(self) -> Encoding:
        """What ``prepare`` fitted."""
        if self._encoding is None:
            raise RuntimeError("prepare() comes first")
        return self._encoding

    @property
    def laid(self) -> tuple[TagFeed, Stretches]:
        """What ``prepare`` laid out, and the stretches that its places are."""
        if self._laid is None:
            raise RuntimeError("prepare() comes first")
        return self._laid

    def prepare(self, fold: int | None) -> TagFeed:
        self._fold = fold or 0
        train = self.framing.splits[self._fold].train
        self._encoding = Encoding.fit(self.spec.task, self.framing.facts.sequences, train)
        self._laid = lay_out(
            self.spec, self.framing, self._fold, self._encoding, self.shape, self._untagged
        )
        return self._laid[0]

    def build_network(self, kinds: Mapping[str, str] = NOTHING_CHOSEN) -> keras.Model:
        return build_network(self.shape, self.spec)

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
        split = self.framing.splits[self._fold]
        sequences = self.framing.facts.sequences
        said = self._say(predict, "test", sequences.lengths[split.test])
        self._folds.append(Fold(split, said, self._tell_known(sequences.select(split.test))))

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
            split=self._folds[-1].split,
            steps=evaluation.tables["predictions"],
            by_type=evaluation.tables["by_type"],
            curves=gather_curves(epochs),
        )
        return [diagnosis.to_json() for diagnosis in examine(found, self.spec)]

    def answer(self, predict: Predict) -> dict[str, pd.DataFrame]:
        """Return ``answers`` about the sequences without tags, where there are any."""
        if not self._untagged.num_sequences:
            return {}
        said = self._say(predict, "asked", self._untagged.lengths)
        return {ANSWERS: tabulate_answers(self._untagged, self.framing.names, said)}

    def explain(self, network: keras.Model, members: Sequence[Member]) -> dict[str, pd.DataFrame]:
        return {}

    def keep(self) -> dict[str, Any]:
        sequences = self.framing.facts.sequences
        kept = {
            "tags": list(self.framing.names),
            "encoding": self.encoding.to_json(),
            "content": sequences.content,
            "channels": list(sequences.channels),
            "fold": self._fold + 1,
        }
        return {"shape": vars(self.shape), "task": kept}

    def _say(self, predict: Predict, part: str, lengths: np.ndarray) -> Said:
        """Return what is said of every step of a part, sequence by sequence."""
        feed, stretches = self.laid
        places = feed.parts[part]
        marks = self.framing.marks_entities
        return read_said(predict(places), stretches, places, lengths, marks)

    def _tell_known(self, sequences: TaggedCollection) -> np.ndarray:
        """Return whether the training part has each word, ``(steps,)``."""
        reading = self.encoding.reading
        if reading is None or sequences.words is None:
            return np.ones(sequences.num_steps, bool)
        return np.array([reading.knows(str(word)) for word in sequences.words], bool)
