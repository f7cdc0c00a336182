"""Tags of public sentences: the app's default beside its baselines, and seconds.

The parts are those that the files carry. A default run is carried out as the app does it, in a
record of its own; it trains three networks, of three seeds. Told are the figure of each by itself,
their median, and what they say together, which is what the app reports. Each data set is one JSON
line. Fails where a figure is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import numpy as np

from lstm_core.data.items.reading.files import GivenFile
from lstm_core.data.tagged.collection import TaggedCollection
from lstm_core.data.tagged.reading.read import read_tagged
from lstm_core.jobs.working.execution import execute_run
from lstm_core.predictor import open_predictor
from lstm_core.runs.snapshots.run import Run
from lstm_core.runs.stores.store import Store
from lstm_core.settings import load_settings
from lstm_core.spec import ExperimentSpec, parse_setting, parse_spec
from lstm_core.spec.tagged import TaggedDataSpec
from lstm_core.tables import table_from_parquet
from lstm_core.tasks.tagging.judging.said import Truth, count
from lstm_core.tasks.tagging.judging.scoring import measure
from lstm_core.tasks.tagging.predictor import TagPredictor


@dataclass(frozen=True)
class Public:
    """A public data set.

    Attributes:
        files: in the folder. ``least``: what the median of three seeds has to reach.
        measure: that its figure is of.
    """

    files: tuple[str, ...]
    least: float
    measure: str = "entity_f1"


DATA = {
    "diseases": Public(
        tuple(f"tagging/diseases_{part}.conll" for part in ("train", "dev", "test")), 0.75
    ),
    "voice_slots": Public(
        tuple(f"tagging/voice_slots_{part}.conll" for part in ("train", "dev", "test")), 0.90
    ),
}


def main() -> None:
    """Print a JSON line for each data set; exit status 1 where a figure is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", required=True, type=Path, metavar="FOLDER")
    parser.add_argument("--only", choices=DATA, action="append", help="one of them; repeatable")
    parser.add_argument("--set", action="append", default=[], metavar="section.key=value")
    arguments = parser.parse_args()
    missed = []
    for name in arguments.only or DATA:
        absent = [file for file in DATA[name].files if not (arguments.data / file).exists()]
        if absent:
            print(f"{name} is left out: there is no {absent[0]} in the folder.", file=sys.stderr)
            continue
        report = report_on(name, arguments.data, arguments.set)
        print(json.dumps(report), flush=True)
        if report["median"] < DATA[name].least:
            missed.append(name)
    if missed:
        sys.exit(f"Below the figure: {', '.join(missed)}.")


def report_on(name: str, folder: Path, settings: list[str]) -> dict[str, Any]:
    """Return what came of a data set."""
    public = DATA[name]
    collection = read(folder, public.files)
    base = parse_spec({"data": {"kind": "tagged"}, "task": {"kind": "tagging"}})
    spec = base.with_values(dict(parse_setting(text) for text in settings))
    with tempfile.TemporaryDirectory() as home:
        os.environ["LSTM_STUDIO_HOME"] = home
        with Store.open(load_settings()) as store:
            run, seconds = carry_out(store, spec, collection)
            each = judge_each(store, run, collection, public.measure)
    assert run.metrics is not None
    assert run.baselines is not None
    assert run.verdict is not None
    return {
        "benchmark": "tagging",
        "data": name,
        "measure": public.measure,
        "least": public.least,
        "median": round(statistics.median(each), 4),
        "each": [round(value, 4) for value in each],
        "together": round(run.metrics[public.measure] or 0.0, 4),
        "seconds": round(seconds, 1),
        "baselines": {
            rival: round(scores[public.measure] or 0.0, 4)
            for rival, scores in run.baselines.items()
        },
        "verdict": run.verdict["sentence"],
    }


def carry_out(
    store: Store, spec: ExperimentSpec, collection: TaggedCollection
) -> tuple[Run, float]:
    """Run a spec as the app does, and return the finished run with its seconds."""
    dataset_id = store.collections.add(collection)
    began = time.monotonic()
    run = execute_run(store, store.runs.create_running(spec, dataset_id))
    if not run.has_result:
        sys.exit(f"The run came to nothing: {run.message}")
    return run, time.monotonic() - began


def judge_each(store: Store, run: Run, collection: TaggedCollection, key: str) -> list[float]:
    """Return the measure of each network by itself, on the test part."""
    model = json.loads(store.artifacts.get(run.id, "model.json"))
    weights = store.artifacts.get(run.id, "weights.npz")
    table = table_from_parquet(store.artifacts.get(run.id, "predictions.parquet"))
    judged = collection.select(table["position"].unique())
    predictor = cast(TagPredictor, open_predictor(model, weights))
    units = np.arange(judged.num_sequences)
    marks = judged.scheme == "bio"
    truth = Truth(predictor.names, marks, judged.tags, judged.lengths, units)
    found = []
    for member in list(predictor.members):
        predictor.members = [member]
        found.append(measure(count(truth, predictor.say(judged).tags), key))
    return found


def read(folder: Path, files: tuple[str, ...]) -> TaggedCollection:
    """Return the sequences of some files, as the app reads them."""
    given = [GivenFile(Path(file).name, (folder / file).read_bytes()) for file in files]
    spec = TaggedDataSpec(source="file", name=given[0].name)
    return read_tagged(given, spec).collection


if __name__ == "__main__":
    main()
