"""Writing on's part that needs the training engine; see ``tasks.kind.Engine``."""

from __future__ import annotations

from functools import partial

from lstm_core.data.documents.collection import DocumentCollection
from lstm_core.learning.feeds.texts import TextShape, make_text_noise
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.base import Kept
from lstm_core.tasks.kind import Rehearsal
from lstm_core.tasks.language.network.building import build_network
from lstm_core.tasks.language.network.objective import UnitObjective
from lstm_core.tasks.language.predictor import TextPredictor
from lstm_core.tasks.language.task import LanguageTask


def make_task(spec: ExperimentSpec, collection: DocumentCollection) -> LanguageTask:
    return LanguageTask(spec, collection)


def open_predictor(model: Kept, weights: bytes) -> TextPredictor:
    return TextPredictor(model, weights)


def rehearse(shape: TextShape, spec: ExperimentSpec) -> Rehearsal:
    return Rehearsal(partial(build_network, shape, spec), make_text_noise(shape), UnitObjective())
