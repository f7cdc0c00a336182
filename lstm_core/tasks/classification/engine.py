"""Classification's part that needs the training engine; see ``tasks.kind.Engine``."""

from __future__ import annotations

from functools import partial

from lstm_core.data.items.collection import ItemCollection
from lstm_core.learning.feeds.items import ItemShape, make_item_noise
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.base import Kept
from lstm_core.tasks.classification.network.building import build_network
from lstm_core.tasks.classification.network.objective import LabelObjective
from lstm_core.tasks.classification.predictor import LabelPredictor
from lstm_core.tasks.classification.task import ClassificationTask
from lstm_core.tasks.kind import Rehearsal


def make_task(spec: ExperimentSpec, collection: ItemCollection) -> ClassificationTask:
    return ClassificationTask(spec, collection)


def open_predictor(model: Kept, weights: bytes) -> LabelPredictor:
    return LabelPredictor(model, weights)


def rehearse(shape: ItemShape, spec: ExperimentSpec) -> Rehearsal:
    return Rehearsal(
        partial(build_network, shape, spec),
        make_item_noise(shape),
        LabelObjective(spec.task.label_smoothing or 0.0, spec.task.focus),
    )
