"""Tagging's part that needs the training engine; see ``tasks.kind.Engine``."""

from __future__ import annotations

from functools import partial

from lstm_core.data.tagged.collection import TaggedCollection
from lstm_core.learning.feeds.tags import TagShape, make_tag_noise
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.base import Kept
from lstm_core.tasks.kind import Rehearsal
from lstm_core.tasks.tagging.network.building import build_network
from lstm_core.tasks.tagging.network.objective import TagObjective
from lstm_core.tasks.tagging.predictor import TagPredictor
from lstm_core.tasks.tagging.task import TaggingTask


def make_task(spec: ExperimentSpec, collection: TaggedCollection) -> TaggingTask:
    return TaggingTask(spec, collection)


def open_predictor(model: Kept, weights: bytes) -> TagPredictor:
    return TagPredictor(model, weights)


def rehearse(shape: TagShape, spec: ExperimentSpec) -> Rehearsal:
    return Rehearsal(partial(build_network, shape, spec), make_tag_noise(shape), TagObjective())
