"""Put taggings into the record with results, without training anything."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np

from lstm_core.data.items.collection import as_objects
from lstm_core.data.tagged.collection import TaggedCollection
from lstm_core.events import EpochFinished, SpecResolved, TrainingStarted
from lstm_core.runs.snapshots.run import Run
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.runs.stores.store import Store
from lstm_core.spec import ExperimentSpec
from lstm_core.tables import table_to_parquet
from lstm_core.tasks.base import Evaluation
from lstm_core.tasks.tagging.answering import ANSWERS, tabulate_answers
from lstm_core.tasks.tagging.defaults import resolve_spec
from lstm_core.tasks.tagging.framing import Framing, frame_sequences
from lstm_core.tasks.tagging.judging.evaluation import Fold, evaluate
from lstm_core.tasks.tagging.judging.said import Said
from tests.tasks.tagging.examples import ask_for, make_motions, make_requests, make_tagged

HOSTILE = "<b>x</b>[y](http://z.example)$a$*b*"
REQUESTS = replace(
    make_requests(90, num_untagged=6),
    groups=as_objects([f"person {number % 18}" for number in range(90)]),
    roles=(("tag", "slot"), ("group", "who")),
    name="requests.conll",
)
MOTIONS = replace(make_motions(40), name="motions.csv")


def make_hostile(count: int = 60) -> TaggedCollection:
    """Sentences of which a word and a type of entity are hostile."""
    text, tags = f"meet {HOSTILE} in Rome", f"O B-{HOSTILE} O B-place"
    sentences = [(f"{text} no{number}", f"{tags} O") for number in range(count)]
    return replace(make_tagged(sentences), name="hostile.conll")


def complete(store: Store, collection: TaggedCollection = REQUESTS, num_folds: int = 1) -> Run:
    """A run with the tables of a result; of every fifth sequence something else is said."""
    spec = ask_for(task__num_folds=num_folds)
    resolved, reasons = resolve_spec(spec, collection)
    framing = frame_sequences(resolved.task, collection)
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
    untagged = collection.select(~collection.is_tagged)
    if untagged.num_sequences:
        first = np.zeros(untagged.num_steps, np.int64)
        first[0] = 1  # of which the name of an entity is said
        tables[ANSWERS] = tabulate_answers(untagged, framing.names, _be_sure(first, framing))
    for name, table in tables.items():
        store.artifacts.put(run.id, f"{name}.parquet", table_to_parquet(table))
    store.artifacts.put(run.id, "model.json", json.dumps({"task": {"fold": num_folds}}).encode())
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
        folds = []
        for split in framing.splits:
            said = _say(framing, split.test)
            known = np.arange(len(said.tags)) % 4 > 0
            folds.append(Fold(split, said, known))
        _made[key] = evaluate(framing, folds)
    return _made[key]


def _say(framing: Framing, test: np.ndarray) -> Said:
    """Return what is said of a test part: nothing, another type or too little now and then."""
    sequences = framing.facts.sequences
    said = []
    for turn, number in enumerate(test):
        tags = framing.tags[sequences.find_steps(int(number))].copy()
        if turn % 5 == 0:
            tags[:] = 0
            tags[0] = 1 if turn % 2 else 0  # invented
        elif turn % 5 == 1 and framing.marks_entities:
            swapped = np.where(tags > 2, tags - 2, tags + 2) % len(framing.names)
            tags = np.where(tags > 0, swapped, 0)
        elif turn % 5 == 2 and framing.marks_entities:
            tags[tags % 2 == 0] = 0  # the insides
        said.append(tags)
    return _be_sure(np.concatenate(said), framing)


def _be_sure(tags: np.ndarray, framing: Framing) -> Said:
    certainty = 0.6 + 0.39 * (np.arange(len(tags)) % 10) / 10
    rest = (1 - certainty) / (len(framing.names) - 1)
    shares = np.repeat(rest[:, None], len(framing.names), axis=1)
    shares[np.arange(len(tags)), tags] = certainty
    return Said(tags, shares)
