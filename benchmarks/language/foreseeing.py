"""A public text, its end kept apart: the app's default beside its baselines."""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lstm_core.data.documents.collection import DocumentCollection
from lstm_core.data.documents.reading.read import read_documents
from lstm_core.data.items.reading.files import GivenFile
from lstm_core.jobs.working.execution import execute_run
from lstm_core.runs.snapshots.run import Run
from lstm_core.runs.stores.store import Store
from lstm_core.settings import load_settings
from lstm_core.spec import ExperimentSpec, parse_setting, parse_spec
from lstm_core.spec.documents import DocumentsDataSpec

TEXT = "text_generation/shakespeare.txt"
SEEDS = (42, 43, 44)


@dataclass(frozen=True)
class Figure:
    """What is to be reached in units of a kind.

    Attributes:
        measure: that its figure is of. ``most``: what the median of the seeds may be.
    """

    measure: str
    most: float


FIGURES = {"characters": Figure("nats", 1.50), "words": Figure("perplexity", 95.0)}


def report_on(
    units: str, folder: Path, settings: list[str], seeds: tuple[int, ...] = SEEDS
) -> dict[str, Any]:
    """Return what came of units of a kind: a default run for each seed, each in its own record."""
    figure = FIGURES[units]
    collection = read_text(folder)
    base = parse_spec({"data": {"kind": "documents"}, "task": {"kind": "language"}})
    spec = base.with_values({"task.units": units, **dict(parse_setting(text) for text in settings)})
    runs, seconds = [], []
    for seed in seeds:
        with tempfile.TemporaryDirectory() as home:
            os.environ["LSTM_STUDIO_HOME"] = home
            with Store.open(load_settings()) as store:
                run, taken = carry_out(store, spec.with_values({"training.seed": seed}), collection)
        runs.append(run)
        seconds.append(taken)
    found = [read_metrics(run) for run in runs]
    each = [metrics[figure.measure] or float("nan") for metrics, _ in found]
    _, baselines = found[0]
    assert runs[0].verdict is not None
    return {
        "benchmark": "language",
        "units": units,
        "measure": figure.measure,
        "most": figure.most,
        "median": round(statistics.median(each), 4),
        "each": [round(value, 4) for value in each],
        "seconds": [round(taken, 1) for taken in seconds],
        "device": runs[0].device,
        "unknown": round(found[0][0]["unknown"] or 0.0, 4),
        "baselines": {
            rival: round(scores[figure.measure] or 0.0, 4) for rival, scores in baselines.items()
        },
        "verdict": runs[0].verdict["sentence"],
    }


def carry_out(
    store: Store, spec: ExperimentSpec, collection: DocumentCollection
) -> tuple[Run, float]:
    """Run a spec as the app does, and return the finished run with its seconds."""
    dataset_id = store.collections.add(collection)
    began = time.monotonic()
    run = execute_run(store, store.runs.create_running(spec, dataset_id))
    if not run.has_result:
        sys.exit(f"The run came to nothing: {run.message}")
    return run, time.monotonic() - began


def read_metrics(run: Run) -> tuple[dict[str, float | None], dict[str, dict[str, float | None]]]:
    assert run.metrics is not None
    assert run.baselines is not None
    return run.metrics, run.baselines


def read_text(folder: Path) -> DocumentCollection:
    """Return the text as the app reads it."""
    path = folder / TEXT
    spec = DocumentsDataSpec(source="file", name=path.name)
    return read_documents([GivenFile(path.name, path.read_bytes())], spec).collection
