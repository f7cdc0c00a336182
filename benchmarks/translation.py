"""German into English: the app's default beside its baselines, seconds and processor seconds.

The parts are those that the files carry. A default run is carried out for each of three seeds as
the app does it; told are the figures of each and their median, one JSON line. Fails where the
figure is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from lstm_core.data.items.reading.files import GivenFile
from lstm_core.data.pairs.collection import PairCollection
from lstm_core.data.pairs.reading.read import read_pairs
from lstm_core.jobs.working.execution import execute_run
from lstm_core.runs.snapshots.run import Run
from lstm_core.runs.stores.store import Store
from lstm_core.settings import load_settings
from lstm_core.spec import ExperimentSpec, parse_setting, parse_spec
from lstm_core.spec.pairs import PairsDataSpec

FILES = tuple(f"translation/german_english_{part}.tsv" for part in ("train", "dev", "test"))
SEEDS = (42, 43, 44)
MEASURE = "bleu"
LEAST = 19.0


def main() -> None:
    """Print a JSON line; exit status 1 where the figure is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", required=True, type=Path, metavar="FOLDER")
    parser.add_argument("--set", action="append", default=[], metavar="section.key=value")
    parser.add_argument("--seeds", type=int, default=len(SEEDS), help="how many of them: 3")
    arguments = parser.parse_args()
    absent = [file for file in FILES if not (arguments.data / file).exists()]
    if absent:
        print(f"It is left out: there is no {absent[0]} in the folder.", file=sys.stderr)
        return
    report = report_on(arguments.data, arguments.set, SEEDS[: arguments.seeds])
    print(json.dumps(report, ensure_ascii=False), flush=True)
    if report["median"] < LEAST:
        sys.exit("Missed: German into English.")


def report_on(folder: Path, settings: list[str], seeds: tuple[int, ...]) -> dict[str, Any]:
    """Return what came of it: a default run for each seed, each in its own record."""
    collection = read(folder)
    base = parse_spec({"data": {"kind": "pairs"}, "task": {"kind": "translation"}})
    spec = base.with_values(dict(parse_setting(text) for text in settings))
    runs, seconds, processor = [], [], []
    for seed in seeds:
        with tempfile.TemporaryDirectory() as home:
            os.environ["LSTM_STUDIO_HOME"] = home
            with Store.open(load_settings()) as store:
                began = time.monotonic(), time.process_time()
                run = carry_out(store, spec.with_values({"training.seed": seed}), collection)
                seconds.append(time.monotonic() - began[0])
                processor.append(time.process_time() - began[1])
        runs.append(run)
    metrics, baselines = runs[0].metrics, runs[0].baselines
    assert metrics is not None
    assert baselines is not None
    assert runs[0].verdict is not None
    each = [(run.metrics or {}).get(MEASURE) or 0.0 for run in runs]
    return {
        "benchmark": "translation",
        "measure": MEASURE,
        "least": LEAST,
        "median": round(statistics.median(each), 2),
        "each": [round(value, 2) for value in each],
        "chrf": round(metrics["chrf"] or 0.0, 2),
        "seconds": [round(taken, 1) for taken in seconds],
        "processor_seconds": [round(taken, 1) for taken in processor],
        "device": runs[0].device,
        "baselines": {
            rival: round(scores[MEASURE] or 0.0, 2) for rival, scores in baselines.items()
        },
        "signature": runs[0].verdict["signatures"][MEASURE],
        "verdict": runs[0].verdict["sentence"],
    }


def carry_out(store: Store, spec: ExperimentSpec, collection: PairCollection) -> Run:
    """Run a spec as the app does, and return the finished run."""
    dataset_id = store.collections.add(collection)
    run = execute_run(store, store.runs.create_running(spec, dataset_id))
    if not run.has_result:
        sys.exit(f"The run came to nothing: {run.message}")
    return run


def read(folder: Path) -> PairCollection:
    """Return the pairs of all files, as the app reads them."""
    given = [GivenFile(Path(file).name, (folder / file).read_bytes()) for file in FILES]
    spec = PairsDataSpec(source="file", name=given[0].name)
    return read_pairs(given, spec).collection


if __name__ == "__main__":
    main()
