"""Put classifications into the record with results, without training anything."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np

from lstm_core.data.items.collection import ItemCollection, as_objects
from lstm_core.events import EpochFinished, SpecResolved, TrainingStarted
from lstm_core.runs.snapshots.run import Run
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.runs.stores.store import Store
from lstm_core.spec import ExperimentSpec
from lstm_core.tables import table_to_parquet
from lstm_core.tasks.base import Evaluation
from lstm_core.tasks.classification.answering import ANSWERS, tabulate_answers
from lstm_core.tasks.classification.defaults import resolve_spec
from lstm_core.tasks.classification.framing import Framing, frame_items
from lstm_core.tasks.classification.judging.calibration import Temperature
from lstm_core.tasks.classification.judging.evaluation import Fold, evaluate
from tests.tasks.classification.examples import ask_for, make_moods, make_waves

TEMPERATURE = 1.42
HOSTILE = "<b>x</b> [y](http://z.example) $a$ *b*"
MOODS = replace(
    make_moods(80),
    groups=as_objects([f"person {number % 16}" for number in range(80)]),
    roles=(("label", "mood"), ("group", "who")),
    name="moods.csv",
)
WAVES = replace(make_waves(60, num_channels=2), name="waves.csv")


def make_three_labels(first: str = HOSTILE) -> ItemCollection:
    """Texts of three labels, one of them hostile; the last ten have none."""
    labels = [(first, "glad", "sad")[number % 3] for number in range(80)] + [None] * 10
    plain = make_moods(90)
    assert plain.texts is not None
    texts = [f"{text} {first}" for text in plain.texts]
    return replace(plain, labels=as_objects(labels), texts=as_objects(texts), name="three.csv")


def complete(store: Store, collection: ItemCollection = MOODS, num_folds: int = 1) -> Run:
    """A run with the tables of a result; of every seventh item another label is said."""
    spec = ask_for(task__num_folds=num_folds)
    resolved, reasons = resolve_spec(spec, collection)
    framing = frame_items(resolved.task, collection)
    evaluation = _evaluate(collection.fingerprint, resolved, framing)
    run = store.runs.create_running(spec, store.collections.add(collection))
    store.runs.record_events(
        run.id,
        [
            SpecResolved(resolved.model_dump(mode="json"), reasons),
            TrainingStarted(num_epochs=2, num_parameters=1_234, device="CPU"),
            *(EpochFinished(epoch, 1 / epoch, 2 / epoch, 0.5) for epoch in (1, 2)),
        ],
    )
    tables = dict(evaluation.tables)
    unlabelled = collection.select(~collection.is_labelled)
    if unlabelled.num_items:
        said = np.eye(len(framing.names))[np.arange(unlabelled.num_items) % len(framing.names)]
        tables[ANSWERS] = tabulate_answers(unlabelled.ids, framing.names, said)
    for name, table in tables.items():
        store.artifacts.put(run.id, f"{name}.parquet", table_to_parquet(table))
    model = json.dumps({"task": {"temperature": TEMPERATURE, "fold": num_folds}}).encode()
    store.artifacts.put(run.id, "model.json", model)
    return store.runs.finish(
        run.id,
        RunStatus.COMPLETED,
        metrics=evaluation.metrics,
        baselines=evaluation.baselines,
        verdict=evaluation.verdict,
        diagnoses=[],
    )


_made: dict[tuple[str, str], Evaluation] = {}


def _evaluate(fingerprint: str, spec: ExperimentSpec, framing: Framing) -> Evaluation:
    key = fingerprint, spec.to_json()
    if key not in _made:
        folds = [
            Fold(split, _say(framing, split.test), Temperature(TEMPERATURE, 0.0, 0.0))
            for split in framing.splits
        ]
        _made[key] = evaluate(framing, folds)
    return _made[key]


def _say(framing: Framing, test: np.ndarray) -> np.ndarray:
    """Return probabilities of a test part; of every seventh item another label is the likeliest."""
    labels, num_labels = framing.labels[test], len(framing.names)
    said = labels.copy()
    said[::7] = (said[::7] + 1) % num_labels
    certainty = 0.6 + 0.39 * (np.arange(len(labels)) % 10) / 10
    rest = (1 - certainty) / (num_labels - 1)
    probabilities = np.repeat(rest[:, None], num_labels, axis=1)
    probabilities[np.arange(len(labels)), said] = certainty
    return probabilities
