"""Put runs that write into the record with results, without training anything."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from lstm_core.data.documents.collection import DocumentCollection
from lstm_core.events import EpochFinished, FilmPrepared, SpecResolved, TrainingStarted
from lstm_core.runs.snapshots.run import Run
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.runs.stores.store import Store
from lstm_core.spec import ExperimentSpec
from lstm_core.tables import table_to_parquet
from lstm_core.tasks.base import Evaluation
from lstm_core.tasks.language.defaults import resolve_spec
from lstm_core.tasks.language.encoding import fit_encoding
from lstm_core.tasks.language.framing import frame_texts
from lstm_core.tasks.language.judging.evaluation import ask_baselines, evaluate
from lstm_core.tasks.language.laying_out import list_judged
from lstm_core.tasks.language.reporting import WRITTEN
from tests.data.documents.collections import make_documents, write_prose
from tests.tasks.language.examples import ask_for, make_tales

HOSTILE = "<b>x</b>[y](http://z.example)$a$*b*\u202e"
PROSE = replace(make_documents([write_prose(150)]), name="prose.txt")
TALES = replace(make_tales(40), name="tales.zip")
PROMPT = "Old sea"


def make_hostile() -> DocumentCollection:
    """A text that holds what no page may take for its own."""
    line = f"{HOSTILE} שלום 你好 👩\u200d👧 e\u0301\n"
    return replace(make_documents([line * 60 + write_prose(20)], ids=[HOSTILE]), name=HOSTILE)


def begin(store: Store, collection: DocumentCollection, spec: ExperimentSpec) -> Run:
    """A run in training that has written after two epochs."""
    resolved, reasons = resolve_spec(spec, collection)
    run = store.runs.create_running(spec, store.collections.add(collection))
    store.runs.record_events(
        run.id,
        [
            SpecResolved(resolved.model_dump(mode="json"), reasons),
            TrainingStarted(num_epochs=2, num_parameters=1_234, device="CPU"),
            FilmPrepared({"prompt": PROMPT}),
            *(
                EpochFinished(epoch, 1 / epoch, 2 / epoch, 0.5, text=f" sang {epoch} {HOSTILE}")
                for epoch in (1, 2)
            ),
        ],
    )
    return store.runs.get(run.id)


def complete(store: Store, collection: DocumentCollection = PROSE, units: str | None = None) -> Run:
    """A run with the tables of a result; it is a little better than what it was judged beside."""
    run = begin(store, collection, ask_for(task__units=units))
    assert run.resolved_spec is not None
    evaluation = _evaluate(run.resolved_spec, collection)
    written = pd.DataFrame({"temperature": [0.5, 1.0], "seed": 11, "text": ["The sea", HOSTILE]})
    for name, table in {**evaluation.tables, WRITTEN: written}.items():
        store.artifacts.put(run.id, f"{name}.parquet", table_to_parquet(table))
    return store.runs.finish(
        run.id,
        RunStatus.COMPLETED,
        metrics=evaluation.metrics,
        baselines=evaluation.baselines,
        verdict=evaluation.verdict,
        diagnoses=[],
    )


def _evaluate(spec: ExperimentSpec, collection: DocumentCollection) -> Evaluation:
    framing = frame_texts(spec.task, collection)
    encoding = fit_encoding(spec.task, framing)
    judged = list_judged(framing, encoding)
    counted = ask_baselines(framing, encoding, judged)["ngrams"]
    turns = np.arange(len(counted)) // 1_000 % 2  # ahead in one stretch, behind in the next
    return evaluate(framing, encoding, judged, np.minimum(counted + 0.2 - 0.3 * turns, -0.001))
