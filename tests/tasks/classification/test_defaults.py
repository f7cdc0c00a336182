"""What the items fill in."""

from typing import Any

import numpy as np
import pytest

from lstm_core.data.items.collection import ItemCollection, as_objects
from lstm_core.data.items.reading.files import GivenFile
from lstm_core.data.items.reading.read import read_items
from lstm_core.errors import SpecError
from lstm_core.spec import ExperimentSpec, parse_spec
from lstm_core.spec.items import ItemsDataSpec
from lstm_core.tasks.classification.defaults import resolve_spec
from tests.data.items.collections import make_signals, make_texts
from tests.tasks.classification.examples import make_moods, make_motifs, make_waves

PLAIN = parse_spec({"data": {"kind": "items"}, "task": {"kind": "classification"}})


def resolve(collection: ItemCollection, **values: Any) -> tuple[ExperimentSpec, dict[str, str]]:
    chosen = {name.replace("__", "."): value for name, value in values.items()}
    return resolve_spec(PLAIN.with_values(chosen), collection)


@pytest.mark.parametrize(
    ("collection", "expected"),
    [
        (make_moods(), {"tokens": "words", "convolutions": 0, "pooling": "mean_max", "rarest": 2}),
        (make_waves(), {"scaling": "item", "convolutions": 1, "shorten": 1, "crop": 1.0}),
        (make_waves(num_channels=3), {"scaling": "training"}),
        (make_motifs(), {"tokens": "characters", "places": True, "pooling": "each", "rarest": 1}),
        (make_signals([700] * 30, ["a", "b", "c"] * 10, 1), {"shorten": 8, "crop": 0.7}),
    ],
)
def test_what_suits_the_content(collection: ItemCollection, expected: dict[str, Any]) -> None:
    resolved, reasons = resolve(collection)
    assert {name: getattr(resolved.task, name) for name in expected} == expected
    assert resolved.model.architecture == "bidirectional"
    assert resolved.training.schedule == "cosine"
    assert all(reason.endswith(".") for reason in reasons.values())
    again, nothing = resolve_spec(resolved, collection)
    assert again == resolved
    assert nothing == {}


def test_what_is_given_is_kept() -> None:
    given = {"task__hide": 0.0, "task__num_folds": 2, "training__epochs": 5, "model__units": 7}
    resolved, reasons = resolve(make_moods(), **given)
    for name, value in given.items():
        section, key = name.split("__")
        assert getattr(getattr(resolved, section), key) == value
        assert f"{section}.{key}" not in reasons
    assert resolved.task.embedding == 7


def test_few_items_are_judged_in_folds_and_many_once() -> None:
    few, reasons = resolve(make_moods(80))
    assert few.task.num_folds == 10
    assert "folds" in reasons["task.num_folds"]
    many, _ = resolve(make_moods(700))
    assert many.task.num_folds == 1


def test_a_split_as_given_is_one_split() -> None:
    parts = as_objects(["train"] * 60 + ["test"] * 20)
    resolved, _ = resolve(make_moods(80, parts=parts))
    assert (resolved.task.split, resolved.task.num_folds) == ("given", 1)


def test_uneven_labels_count_the_same() -> None:
    collection = make_texts(
        [f"some words about number {number}" for number in range(200)],
        ["rare" if number % 10 == 0 else "usual" for number in range(200)],
    )
    assert resolve(collection)[0].task.class_weights == "balanced"
    assert resolve(make_moods())[0].task.class_weights == "none"


def test_text_without_spaces_is_read_by_characters() -> None:
    generator = np.random.default_rng(0)
    texts = [
        "".join(generator.choice(list("\u65e5\u672c\u8a9e\u6587\u5b57"), 30)) for _ in range(40)
    ]
    resolved, reasons = resolve(make_texts(texts, ["a", "b"] * 20))
    assert resolved.task.tokens == "characters"
    assert "Spaces" in reasons["task.tokens"]


def test_many_labels_get_room() -> None:
    texts = [f"word{number % 30} and more words {number}" for number in range(600)]
    resolved, _ = resolve(make_texts(texts, [f"label {number % 30}" for number in range(600)]))
    assert resolved.model.units == 128


def test_what_can_not_be_built_is_refused() -> None:
    with pytest.raises(SpecError, match="one length"):
        resolve(make_moods(), task__pooling="each")
    with pytest.raises(SpecError):
        resolve(make_moods(), model__architecture="seq2seq")


def test_how_files_were_read_is_written_down() -> None:
    given = GivenFile(
        "notes.csv",
        "".join(["words;kind\n", *(f"so it is {n};{n % 2}\n" for n in range(40))]).encode(),
    )
    choice = ItemsDataSpec(source="file", name="notes.csv")
    collection = read_items([given], choice).collection
    spec = ExperimentSpec(data=choice, task={"kind": "classification"})
    resolved, _ = resolve_spec(spec, collection)
    assert (resolved.data.text, resolved.data.label) == ("words", "kind")
    assert read_items([given], resolved.data).collection.fingerprint == collection.fingerprint
