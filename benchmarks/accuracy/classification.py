"""Labels of public texts, signals and DNA: the app's default beside its baselines, and seconds.

The parts are those that the files carry; where they carry none, those that the app chooses. One
network is trained for each of three seeds, whose median is told. Together, by the mean of their
probabilities, they are what the app's default trains. Each data set is one JSON line.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from lstm_core.data.items.collection import ItemCollection
from lstm_core.data.items.reading.files import GivenFile
from lstm_core.data.items.reading.read import read_items
from lstm_core.judging.comparing import find_rank_gain
from lstm_core.pipeline import ExperimentResult, run_experiment
from lstm_core.predictor import open_predictor
from lstm_core.spec import ExperimentSpec, parse_setting, parse_spec
from lstm_core.spec.items import NO_COLUMN, ItemsDataSpec
from lstm_core.tasks.classification.judging.scoring import score
from lstm_core.tasks.classification.judging.tables.predictions import PROBABILITY, read_predictions

SEEDS = (42, 43, 44)
LONG_ACTIVITIES = ("walking", "walking_upstairs", "walking_downstairs", "sitting", "standing")
LYING = ("lying", "laying")


@dataclass(frozen=True)
class Public:
    """A public data set.

    Attributes:
        files: in the folder. ``measure``: that its figure is of.
        select: leaves items out. ``outside``: a file of items that have none of the labels.
        values: settings beside the default, such as columns.
    """

    files: tuple[str, ...]
    measure: str = "accuracy"
    select: Callable[[ItemCollection], ItemCollection] = lambda collection: collection
    outside: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)


def keep_long_activities(collection: ItemCollection) -> ItemCollection:
    """Leave out the short ones between two postures."""
    return collection.select(np.isin(collection.labels.astype(str), LONG_ACTIVITIES + LYING))


DATA = {
    "movie_sentences": Public(
        ("text_sentiment/movie_sentences_train.csv", "text_sentiment/movie_sentences_test.csv")
    ),
    "assistant_intents": Public(
        tuple(f"text_topics/assistant_intents_{part}.csv" for part in ("train", "val", "test")),
        outside="text_topics/assistant_out_of_scope.csv",
    ),
    "phone_motion": Public(("sensors/phone_motion.csv.gz",), select=keep_long_activities),
    "JapaneseVowels": Public(("sensors/JapaneseVowels_TRAIN.ts", "sensors/JapaneseVowels_TEST.ts")),
    "ecg_rhythm": Public(("medical/ecg_rhythm.csv.gz",), measure="macro_f1"),
    "splice_sites": Public(("dna/splice_sites.csv",)),
    "promoters": Public(("dna/promoters.csv",)),
}


def main() -> None:
    """Print a JSON line for each data set."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", required=True, type=Path, metavar="FOLDER")
    parser.add_argument("--only", choices=DATA, action="append", help="one of them; repeatable")
    parser.add_argument("--single", action="store_true", help="one seed alone")
    parser.add_argument("--set", action="append", default=[], metavar="section.key=value")
    arguments = parser.parse_args()
    for name in arguments.only or DATA:
        missing = [file for file in DATA[name].files if not (arguments.data / file).exists()]
        if missing:
            print(f"{name} is left out: there is no {missing[0]} in the folder.", file=sys.stderr)
            continue
        print(
            json.dumps(measure(name, arguments.data, arguments.single, arguments.set)), flush=True
        )


def measure(name: str, folder: Path, is_single: bool, settings: list[str]) -> dict[str, Any]:
    """Return what came of a data set."""
    public = DATA[name]
    collection = public.select(read(folder, public.files, public.values))
    base = parse_spec({"data": {"kind": "items"}, "task": {"kind": "classification"}})
    base = base.with_values(dict(parse_setting(text) for text in settings))
    singles = [run(base, collection, seed) for seed in SEEDS[: 1 if is_single else None]]
    values = [found.metrics[public.measure] or 0.0 for found, _ in singles]
    report: dict[str, Any] = {
        "benchmark": "classification",
        "data": name,
        "measure": public.measure,
        "median": round(statistics.median(values), 4),
        "each": [round(value, 4) for value in values],
        "seconds_each": [round(seconds, 1) for _, seconds in singles],
    }
    last = singles[-1][0]
    if not is_single:
        together = mix(found for found, _ in singles)
        report["together"] = round(together[public.measure] or 0.0, 4)
        report["seconds"] = round(sum(seconds for _, seconds in singles), 1)
    report["baselines"] = {
        rival: round(scores[public.measure] or 0.0, 4) for rival, scores in last.baselines.items()
    }
    report["wrong"] = int((~last.tables["predictions"]["right"]).sum())
    report["judged"] = len(last.tables["predictions"])
    report["verdict"] = last.verdict["sentence"]
    if public.outside:
        report["out_of_scope_roc_auc"] = round(measure_outside(last, folder / public.outside), 4)
    return report


def run(
    base: ExperimentSpec, collection: ItemCollection, seed: int
) -> tuple[ExperimentResult, float]:
    """Train one network; return the result and the seconds that it took."""
    started = time.monotonic()
    spec = base.update("training", {"seed": seed, "num_seeds": 1})
    result = run_experiment(spec, collection)
    return result, time.monotonic() - started


def mix(results: Iterable[ExperimentResult]) -> dict[str, float | None]:
    """Return the measures of several networks' mean probabilities."""
    judged = [read_predictions(result.tables["predictions"]) for result in results]
    return score(judged[0].labels, np.mean([each.probabilities for each in judged], axis=0))


def measure_outside(result: ExperimentResult, path: Path) -> float:
    """Return how well certainty tells items that have none of the labels from held-out ones.

    Hendrycks and Gimpel, "A baseline for detecting misclassified and out-of-distribution examples
    in neural networks", ICLR (2017).
    """
    choice = ItemsDataSpec(source="file", name=path.name, content="text", label=NO_COLUMN)
    outside = read_items([GivenFile(path.name, path.read_bytes())], choice, labelled=False)
    predictor = open_predictor(result.model, result.weights)
    said = predictor.answer(outside.collection)
    strange = said[
        [name for name in map(str, said.columns) if name.startswith(PROBABILITY)]
    ].to_numpy()
    inside = read_predictions(result.tables["predictions"]).probabilities
    return find_rank_gain(inside.max(axis=1), strange.max(axis=1))


def read(folder: Path, files: tuple[str, ...], values: Mapping[str, Any]) -> ItemCollection:
    """Return the items of some files, as the app reads them."""
    given = [GivenFile(Path(file).name, (folder / file).read_bytes()) for file in files]
    spec = ItemsDataSpec(source="file", name=given[0].name, **values)
    return read_items(given, spec).collection


if __name__ == "__main__":
    main()
