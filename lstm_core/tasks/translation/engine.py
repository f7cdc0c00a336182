"""Translation's part that needs the training engine; see ``tasks.kind.Engine``."""

from __future__ import annotations

from functools import partial

from lstm_core.data.pairs.collection import PairCollection
from lstm_core.learning.feeds.pairs import PairShape, make_pair_noise
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.base import Kept
from lstm_core.tasks.kind import Rehearsal
from lstm_core.tasks.translation.network.building import build_network
from lstm_core.tasks.translation.network.objective import PairObjective
from lstm_core.tasks.translation.predictor import PairPredictor
from lstm_core.tasks.translation.task import TranslationTask


def make_task(spec: ExperimentSpec, collection: PairCollection) -> TranslationTask:
    return TranslationTask(spec, collection)


def open_predictor(model: Kept, weights: bytes) -> PairPredictor:
    return PairPredictor(model, weights)


def rehearse(shape: PairShape, spec: ExperimentSpec) -> Rehearsal:
    return Rehearsal(
        partial(build_network, shape, spec),
        make_pair_noise(shape),
        PairObjective(spec.task.smoothing or 0.0),
    )
