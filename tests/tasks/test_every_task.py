"""The contract of tasks, over those that there are and a toy that only tests know."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lstm_core.data.documents.collection import DocumentCollection
from lstm_core.data.items.collection import ItemCollection, as_objects
from lstm_core.data.pairs.collection import PairCollection
from lstm_core.data.series.dataset import Dataset
from lstm_core.data.tagged.collection import TaggedCollection
from lstm_core.jobs.working.execution import execute_run
from lstm_core.runs.stores.store import Store
from lstm_core.settings import load_settings
from lstm_core.spec import ExperimentSpec, parse_spec
from lstm_core.tasks import registry
from lstm_core.tasks.classification.framing import frame_items
from lstm_core.tasks.forecasting.framing.cutting import cut_series
from lstm_core.tasks.language.framing import frame_texts
from lstm_core.tasks.tagging.framing import frame_sequences
from lstm_core.tasks.translation.framing import frame_pairs
from tests.tasks.check_task import TaskCase, check_task
from tests.tasks.classification.examples import ask_for, make_moods
from tests.tasks.datasets import make_dataset, make_sine
from tests.tasks.language import examples as tales
from tests.tasks.tagging import examples as tagged
from tests.tasks.toy.moving import move_in
from tests.tasks.toy.parts import split_rows
from tests.tasks.toy.section import ToySpec
from tests.tasks.translation import examples as pairs

NUM_ROWS = 120


@pytest.fixture(autouse=True)
def toy(monkeypatch: pytest.MonkeyPatch) -> None:
    move_in(monkeypatch)


@pytest.fixture
def store(studio_home: Path) -> Iterator[Store]:
    with Store.open(load_settings()) as store:
        yield store


def make_series(name: str) -> Dataset:
    dataset = make_dataset({name: make_sine(NUM_ROWS, 7)})
    return replace(dataset, name=name)


def scramble_from(dataset: Dataset, first: int) -> Dataset:
    frame = dataset.frame.copy()
    frame.iloc[first:] = np.random.default_rng(1).permutation(frame.iloc[first:].to_numpy())
    return replace(dataset, frame=frame)


def scramble_forecast(dataset: Dataset, spec: ExperimentSpec) -> Dataset:
    return scramble_from(dataset, cut_series(NUM_ROWS, spec).test_start)


def scramble_toy(dataset: Dataset, spec: ExperimentSpec) -> Dataset:
    return scramble_from(dataset, int(split_rows(NUM_ROWS, spec.task.steps)["test"][0]) + 1)


def make_items(name: str) -> ItemCollection:
    """Sentences, four of them without a label; the name is that of a label, of the ids and all."""
    collection = make_moods(64)
    labels = collection.labels.copy()
    labels[labels == "sad"] = name
    labels[:4] = None
    ids = as_objects([f"{name} {number}" for number in range(collection.num_items)])
    assert collection.texts is not None
    texts = as_objects([f"{text} {name}" for text in collection.texts])
    return replace(collection, labels=labels, ids=ids, texts=texts, name=name)


def scramble_items(collection: ItemCollection, spec: ExperimentSpec) -> ItemCollection:
    framing = frame_items(spec.task, collection)
    test = framing.facts.positions[framing.splits[0].test]
    assert collection.texts is not None
    texts = collection.texts.copy()
    texts[test] = [f"quite another text {number}" for number in test]
    return replace(collection, texts=texts)


def make_sequences(name: str) -> TaggedCollection:
    """Requests, four without tags; the name is that of a type, of a word, the ids and all."""
    collection = tagged.make_requests(72, num_untagged=4)
    tags, words = collection.tags.copy(), collection.words
    assert words is not None
    words = words.copy()
    for place, tag in enumerate(tags):
        if tag is not None and tag.endswith("person"):
            tags[place] = f"{tag[:2]}{name}"
    words[words == "please"] = name
    ids = as_objects([f"{name} {number}" for number in range(collection.num_sequences)])
    return replace(collection, tags=tags, words=words, ids=ids, name=name)


def scramble_sequences(collection: TaggedCollection, spec: ExperimentSpec) -> TaggedCollection:
    framing = frame_sequences(spec.task, collection)
    assert collection.words is not None
    words = collection.words.copy()
    for position in framing.facts.positions[framing.splits[0].test]:
        steps = collection.find_steps(int(position))
        words[steps] = [f"other{position}x{step}" for step in range(steps.stop - steps.start)]
    return replace(collection, words=words)


def make_texts(name: str) -> DocumentCollection:
    """Tales; the name stands in each of them, and is that of the ids and all."""
    collection = tales.make_tales(40)
    texts = as_objects([text.replace("keeper", name) for text in collection.texts])
    ids = as_objects([f"{name} {number}" for number in range(collection.num_documents)])
    return replace(collection, texts=texts, ids=ids, name=name)


def scramble_texts(collection: DocumentCollection, spec: ExperimentSpec) -> DocumentCollection:
    texts = collection.texts.copy()
    for stretch in frame_texts(spec.task, collection).split.test:
        text = texts[stretch.document]
        other = "".join(reversed(text[stretch.start : stretch.stop]))
        texts[stretch.document] = text[: stretch.start] + other + text[stretch.stop :]
    return replace(collection, texts=texts)


def select_judged(collection: DocumentCollection) -> DocumentCollection:
    spec, _ = registry.get_kind("language").resolve(tales.ask_for(), collection)
    test = frame_texts(spec.task, collection).split.test
    return collection.select([stretch.document for stretch in test])


def make_translations(name: str) -> PairCollection:
    """Numbers, four without digits; the name stands in each of them, and is that of the ids."""
    collection = pairs.make_pairs(72, num_unknown=4)
    sources = as_objects([text.replace("four", name) for text in collection.sources])
    targets = as_objects([text and text.replace("4", name) for text in collection.targets])
    ids = as_objects([f"{name} {number}" for number in range(collection.num_pairs)])
    return replace(collection, sources=sources, targets=targets, ids=ids, name=name)


def scramble_translations(collection: PairCollection, spec: ExperimentSpec) -> PairCollection:
    framing = frame_pairs(spec.task, collection)
    test = framing.positions[framing.splits[0].test]
    sources, targets = collection.sources.copy(), collection.targets.copy()
    for place in test:
        sources[place] = f"quite another text {place} " * 3
        targets[place] = f"and what becomes of {place} " * 5
    return replace(collection, sources=sources, targets=targets)


def list_cases() -> Iterator[TaskCase]:
    forecast = {
        "task.lookback": 7,
        "task.horizon": 3,
        "task.refit": False,
        "model.architecture": "vanilla",
        "model.units": 4,
        "training.epochs": 3,
        "training.num_seeds": 1,
    }
    plain = ExperimentSpec().with_values(forecast)
    yield TaskCase("forecasting", plain, make_series, scramble_forecast, "forecast")
    trained = plain.with_values(
        {
            "model.architecture": "pretrained",
            "model.units": None,
            "model.fine_tune": "head",
            "training.learning_rate": 0.001,
        }
    )
    yield TaskCase("pretrained", trained, make_series, scramble_forecast, "forecast")
    yield TaskCase(
        "classification",
        ask_for(task__validation_fraction=0.2, task__spatial_dropout=0.0, training__epochs=5),
        make_items,
        scramble_items,
        "answers",
        ask=lambda collection: collection.select(~collection.is_labelled),
        has_code=False,
    )
    yield TaskCase(
        "tagging",
        tagged.ask_for(task__validation_fraction=0.2, training__epochs=4),
        make_sequences,
        scramble_sequences,
        "answers",
        ask=lambda collection: collection.select(~collection.is_tagged),
    )
    yield TaskCase(
        "language",
        tales.ask_for(),
        make_texts,
        scramble_texts,
        "documents",
        ask=select_judged,
    )
    yield TaskCase(
        "translation",
        pairs.ask_for(task__validation_fraction=0.2),
        make_translations,
        scramble_translations,
        "answers",
        ask=lambda collection: collection.select(~collection.is_known),
    )
    content = {"task": {"kind": "toy"}, "training": {"epochs": 4}}
    yield TaskCase("toy", parse_spec(content), make_series, scramble_toy, "answer")


@pytest.mark.parametrize(
    "name",
    # What comes trained has short tests of its own for all of this.
    [
        "forecasting",
        pytest.param("pretrained", marks=pytest.mark.slow),
        "classification",
        "tagging",
        "language",
        "translation",
        "toy",
    ],
)
def test_a_task_keeps_the_contract(name: str) -> None:
    (case,) = (case for case in list_cases() if case.name == name)
    check_task(case)


def test_every_task_is_tried() -> None:
    assert {case.name for case in list_cases()} >= set(registry.list_kinds())


def test_a_task_that_moves_in_is_run_and_recorded(store: Store) -> None:
    spec = parse_spec({"task": {"kind": "toy", "steps": 4}, "training": {"epochs": 2}})
    dataset_id = store.collections.add(make_series("plain"))
    run = execute_run(store, store.runs.create_running(spec, dataset_id))
    assert run.has_result, run.message
    assert run.metrics is not None
    assert 0 <= run.metrics["accuracy"] <= 1
    assert store.runs.get(run.id).spec.task == ToySpec(steps=4)
    kept: Any = json.loads(store.artifacts.get(run.id, "model.json"))
    assert kept["task"]["scale"] > 0
