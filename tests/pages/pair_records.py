"""Put runs that translate into the record with results, without training anything."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from lstm_core.data.items.collection import as_objects
from lstm_core.data.pairs.collection import PairCollection
from lstm_core.data.pairs.samples.dates import make_dates
from lstm_core.events import (
    EpochFinished,
    FilmPrepared,
    NetworkStarted,
    SpecResolved,
    TrainingStarted,
)
from lstm_core.runs.snapshots.run import Run
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.runs.stores.store import Store
from lstm_core.spec import ExperimentSpec
from lstm_core.spec.pairs import PairsDataSpec
from lstm_core.tables import table_to_parquet
from lstm_core.tasks.base import Evaluation
from lstm_core.tasks.translation.answering import ANSWERS, tabulate_answers
from lstm_core.tasks.translation.defaults import resolve_spec
from lstm_core.tasks.translation.encoding import fit_encoding
from lstm_core.tasks.translation.framing import frame_pairs
from lstm_core.tasks.translation.judging.evaluation import Fold, evaluate
from lstm_core.tasks.translation.judging.tables import Said

HOSTILE = "<b>x</b>[y](http://z.example)$a$*b*\u202e"
HEBREW, CHINESE, FAMILY = "\u05e9\u05dc\u05d5\u05dd", "\u4f60\u597d", "\U0001f468\u200d\U0001f469"
DATES = replace(
    make_dates().select(range(600)),
    source="file",
    name="dates.csv",
    understood=PairsDataSpec(source="file", name="dates.csv", given="written", wanted="iso"),
)


def make_hostile(count: int = 60) -> PairCollection:
    """Pairs whose texts and groups hold what no page may take for its own; of six, no target is
    known."""
    signs = [HOSTILE, HEBREW, CHINESE, FAMILY]
    sources = [f"{signs[number % 4]} no{number} {HOSTILE}" for number in range(count)]
    targets = [f"{HOSTILE} {number} {signs[number % 4]}" for number in range(count)]
    return PairCollection(
        ids=as_objects([f"{HOSTILE}{number}" for number in range(count)]),
        sources=as_objects(sources),
        targets=as_objects([*targets[:-6], *[None] * 6]),
        groups=as_objects([f"{HOSTILE} {number % 18}" for number in range(count)]),
        name=HOSTILE,
        roles=(("given", HOSTILE), ("wanted", "w"), ("group", HOSTILE)),
    )


def ask_for(**values: object) -> ExperimentSpec:
    """Return the spec of a small run; names such as ``task__beam``."""
    spec = ExperimentSpec(
        data=PairsDataSpec(source="file", name="t.csv"), task={"kind": "translation"}
    )
    return spec.with_values({name.replace("__", "."): value for name, value in values.items()})


def begin(store: Store, collection: PairCollection = DATES, num_folds: int = 1) -> Run:
    """A run in training that has turned two texts into others after two epochs."""
    spec = ask_for(task__num_folds=num_folds)
    resolved, reasons = resolve_spec(spec, collection)
    run = store.runs.create_running(spec, store.collections.add(collection))
    film = {"sources": ["given 1", HOSTILE], "targets": ["right 2", HEBREW]}
    store.runs.record_events(
        run.id,
        [
            SpecResolved(resolved.model_dump(mode="json"), reasons),
            TrainingStarted(num_epochs=2, num_parameters=1_234, device="CPU"),
            FilmPrepared(film),
            NetworkStarted(1, "network", 2),
            *(
                EpochFinished(epoch, 1 / epoch, 2 / epoch, 0.5, text=f"right {epoch}\n{HOSTILE}")
                for epoch in (1, 2)
            ),
        ],
    )
    return store.runs.get(run.id)


def complete(store: Store, collection: PairCollection = DATES, num_folds: int = 1) -> Run:
    """A run with the tables of a result; of every fifth text something else is said."""
    run = begin(store, collection, num_folds)
    assert run.resolved_spec is not None
    framing = frame_pairs(run.resolved_spec.task, collection)
    encoding = fit_encoding(run.resolved_spec.task, framing)
    folds = [
        Fold(number, encoding, _say(framing.pairs.targets[split.test].tolist()))
        for number, split in enumerate(framing.splits)
    ]
    evaluation: Evaluation = evaluate(framing, folds)
    tables = dict(evaluation.tables)
    unknown = collection.select(~collection.is_known)
    if unknown.num_pairs:
        sources = unknown.sources.tolist()
        tables[ANSWERS] = tabulate_answers(unknown.ids, sources, encoding, _say(sources))
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


def _say(targets: Sequence[str]) -> Said:
    count = np.arange(len(targets))
    said = [
        f"{target[:-1]}x" if number % 5 == 0 else target for number, target in enumerate(targets)
    ]
    return Said(said, 0.6 + 0.39 * (count % 10) / 10, count % 7 > 0)
