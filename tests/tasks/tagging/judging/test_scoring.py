"""Entities as CoNLL's scorer counts them, and what follows from the counts."""

from __future__ import annotations

import numpy as np
import pytest

from lstm_core.data.items.collection import as_objects
from lstm_core.data.tagged.entities import Entity, find_entities
from lstm_core.tasks.tagging.judging.judgement import compare, find_range
from lstm_core.tasks.tagging.judging.measures import ENTITY_F1, MACRO_F1
from lstm_core.tasks.tagging.judging.said import Said, Truth, count
from lstm_core.tasks.tagging.judging.scoring import score, tabulate_classes
from lstm_core.tasks.tagging.judging.tables import match_entities

NAMES = ("O", "B-a", "I-a", "B-b", "I-b")


@pytest.mark.parametrize(
    ("tags", "entities"),
    [
        ("O B-a I-a O B-b", [(1, 3, "a"), (4, 5, "b")]),
        ("B-a B-a I-a", [(0, 1, "a"), (1, 3, "a")]),
        ("I-a I-a O I-b", [(0, 2, "a"), (3, 4, "b")]),  # an I begins where nothing did
        ("B-a I-b I-b", [(0, 1, "a"), (1, 3, "b")]),  # and where the type changes
        ("O O", []),
        ("B-x-y I-x-y", [(0, 2, "x-y")]),
    ],
)
def test_entities_of_a_sequence(tags: str, entities: list[tuple[int, int, str]]) -> None:
    assert find_entities(tags.split()) == [Entity(*each) for each in entities]


def make_truth(*sequences: str) -> Truth:
    tags = [tag for each in sequences for tag in each.split()]
    lengths = np.array([len(each.split()) for each in sequences])
    return Truth(NAMES, True, as_objects(tags), lengths, np.arange(len(sequences)))


def say(*sequences: str) -> Said:
    tags = np.array([NAMES.index(tag) for each in sequences for tag in each.split()])
    shares = np.full((len(tags), len(NAMES)), 0.05)
    shares[np.arange(len(tags)), tags] = 0.8
    return Said(tags, shares)


def test_an_entity_counts_with_its_ends_and_its_type_alone() -> None:
    truth = make_truth("B-a I-a O B-b", "O B-a O O", "O O O O")
    said = say("B-a I-a O B-a", "B-a I-a O O", "O B-b O O")
    tally = count(truth, said.tags)
    assert tally.right.sum(axis=0).tolist() == [1, 0]  # of a and of b
    assert tally.said.sum(axis=0).tolist() == [3, 1]
    assert tally.there.sum(axis=0).tolist() == [2, 1]
    scores = score(truth, said, tally)
    assert scores["entity_precision"] == pytest.approx(1 / 4)
    assert scores["entity_recall"] == pytest.approx(1 / 3)
    assert scores["entity_f1"] == pytest.approx(2 / 7)
    assert scores["macro_f1"] == pytest.approx((2 / 5 + 0) / 2)
    assert scores["accuracy"] == pytest.approx(8 / 12)
    table = tabulate_classes(truth, tally).set_index("type")
    assert table.loc["a", ["num", "said", "right"]].tolist() == [2, 3, 1]


def test_a_type_that_was_never_learnt_counts_as_missed() -> None:
    truth = make_truth("B-a O B-new I-new")
    assert truth.classes == ["a", "b", "new"]
    assert truth.numbers.tolist() == [1, 0, -1, -1]
    scores = score(truth, say("B-a O O O"), count(truth, say("B-a O O O").tags))
    assert scores["entity_recall"] == pytest.approx(1 / 2)
    assert scores["log_loss"] is not None
    assert scores["log_loss"] > 10  # nothing was thought likely of what is there


def test_plain_tags_are_judged_one_by_one() -> None:
    truth = Truth(
        ("x", "y"), False, as_objects(["x", "y", "y", "x"]), np.array([2, 2]), np.arange(2)
    )
    said = Said(np.array([0, 1, 0, 0]), np.full((4, 2), 0.5))
    scores = score(truth, said, count(truth, said.tags))
    assert scores["entity_f1"] is None
    assert scores["macro_f1"] == pytest.approx((4 / 5 + 2 / 3) / 2)


def test_what_chance_has_to_do_with_a_lead() -> None:
    sentences = ["B-a I-a O O"] * 40
    truth = make_truth(*sentences)
    good = count(truth, say(*sentences).tags)
    bad = count(truth, say(*["O O O O"] * 40).tags)
    lead = compare(ENTITY_F1, good, bad, truth.units, None)
    assert lead.is_win
    assert lead.gain == pytest.approx(1.0)
    behind = compare(ENTITY_F1, bad, good, truth.units, None)
    assert behind.p_value is not None
    assert behind.p_value > 0.99
    assert compare(MACRO_F1, good, good, truth.units, None).p_value == 0.5
    # One document of forty sentences is one witness.
    lonely = compare(ENTITY_F1, good, bad, np.zeros(40, int), None)
    assert not lonely.is_win
    low, high = find_range(truth, say(*sentences), good)
    assert (low, high) == (1.0, 1.0)


def test_what_became_of_each_entity() -> None:
    def read(tags: str) -> list[Entity]:
        return find_entities(tags.split())

    told = match_entities(read("B-a I-a O B-b O B-a"), read("B-a O O B-a O O"))
    assert [(kind, said, outcome) for _, kind, said, outcome in told] == [
        ("a", "a", "ends"),
        ("b", "a", "type"),
        ("a", "", "missed"),
    ]
    told = match_entities(read("O O B-a"), read("B-b O B-a"))
    assert [(kind, said, outcome) for _, kind, said, outcome in told] == [
        ("", "b", "invented"),
        ("a", "a", "right"),
    ]
