"""The parts of a collection."""

from dataclasses import replace

import numpy as np
import pytest

from lstm_core.data.items.collection import as_objects
from lstm_core.errors import DataError
from lstm_core.spec.tasks.classification import ClassificationSpec
from lstm_core.tasks.classification.framing import choose_parts, frame_items, gather_facts
from tests.data.items.collections import make_texts
from tests.tasks.classification.examples import make_moods

SPLIT = ClassificationSpec(split="stratified", num_folds=1)


def test_items_without_a_label_have_no_part() -> None:
    collection = make_moods(40)
    labels = collection.labels.copy()
    labels[[3, 17]] = None
    framing = frame_items(SPLIT, replace(collection, labels=labels))
    assert framing.facts.items.num_items == 38
    assert not set(framing.facts.positions) & {3, 17}
    parts = np.concatenate([framing.splits[0].train, framing.splits[0].validation])
    assert sorted(np.concatenate([parts, framing.splits[0].test])) == list(range(38))


def test_the_split_does_not_follow_the_seed_and_is_found_once() -> None:
    collection = make_moods(40)
    assert frame_items(SPLIT, collection) is frame_items(SPLIT, collection)
    other = SPLIT.model_copy(update={"num_folds": 4})
    assert len(frame_items(other, collection).splits) == 4


def test_labels_that_are_only_judged_have_no_number() -> None:
    collection = make_moods(40)
    labels = collection.labels.copy()
    labels[39] = "strange"
    parts = as_objects(["train"] * 30 + ["test"] * 10)
    given = SPLIT.model_copy(update={"split": "given"})
    framing = frame_items(given, replace(collection, labels=labels, parts=parts))
    assert framing.names == ("glad", "sad")
    assert framing.labels[39] == -1
    assert framing.counts.sum() == len(framing.splits[0].train)
    assert "strange" in framing.say()


def test_copies_are_on_one_side_unless_asked_otherwise() -> None:
    texts = [f"text {number // 2}" for number in range(60)]
    collection = make_texts(texts, [("a", "b")[number // 2 % 2] for number in range(60)])
    kept = frame_items(SPLIT, collection)
    mixed = frame_items(SPLIT.model_copy(update={"keep_copies_together": False}), collection)

    def count_shared(framing: object) -> int:
        split, copies = framing.splits[0], framing.facts.copies  # type: ignore[attr-defined]
        return int(np.isin(copies[split.test], copies[split.train]).sum())

    assert count_shared(kept) == 0
    assert count_shared(mixed) > 0


def test_groups_are_found_and_kept_together() -> None:
    groups = as_objects([f"speaker {number % 8}" for number in range(80)])
    collection = make_moods(80, groups=groups, roles=(("group", "speaker"),))
    choice = choose_parts(ClassificationSpec(), collection)
    assert choice.how == "grouped"
    assert "speaker" in choice.reason
    framing = frame_items(SPLIT.model_copy(update={"split": "grouped"}), collection)
    split, numbers = framing.splits[0], framing.facts.groups
    assert numbers is not None
    assert not set(numbers[split.test]) & set(numbers[split.train])


@pytest.mark.parametrize(
    ("labels", "said"),
    [
        (["a"] * 20, "same label"),
        (["a", "b"] * 3, "at least 10"),
        ([None] * 20, "0 items have a label"),
    ],
)
def test_too_little_is_refused(labels: list[str | None], said: str) -> None:
    collection = make_texts([f"text {number}" for number in range(len(labels))], labels)
    with pytest.raises(DataError, match=said) as caught:
        gather_facts(collection)
    assert caught.value.remedy


def test_a_training_part_of_one_label_is_refused() -> None:
    parts = as_objects(["train"] * 30 + ["test"] * 10)
    labels = ["a"] * 30 + ["b"] * 10
    collection = make_texts([f"text {number}" for number in range(40)], labels, parts=parts)
    with pytest.raises(DataError, match="nothing to tell apart"):
        frame_items(SPLIT.model_copy(update={"split": "given"}), collection)


def test_columns_are_called_as_they_are_now() -> None:
    groups = as_objects([f"person {number % 8}" for number in range(80)])
    for name in ("speaker", "patient"):
        collection = make_moods(80, groups=groups, roles=(("group", name),))
        assert name in choose_parts(ClassificationSpec(), collection).reason
        assert gather_facts(collection).group == name
