from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.data.items.duplicates import count_repeated, find_conflicts, find_duplicates
from tests.data.items.collections import make_signals, make_texts


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Hard to resist .", "hard  to resist", True),
        ("“Well”, he said", '"well", he said', True),
        ("Really?", "Really!", False),
        ("good", "good 😀", False),
        (":-)", ":-(", False),
        ("...", "…", True),
        ("...", "---", False),
        ("ﬁne", "FINE", True),
    ],
)
def test_texts_are_copies_whatever_their_capitals_and_stops(
    one: str, other: str, same: bool
) -> None:
    first, second = find_duplicates(make_texts([one, other])).tolist()
    assert (first == second) == same


def test_symbols_are_copies_by_their_letters() -> None:
    sequences = make_texts(["ACGU", "acgt", "ACGA"], content="symbols", alphabet="dna")
    assert find_duplicates(sequences).tolist() == [0, 0, 1]
    assert find_duplicates(replace(sequences, alphabet="any")).tolist() == [0, 1, 2]


@given(st.lists(st.integers(0, 3), max_size=9))
def test_equal_signals_have_equal_numbers(kinds: list[int]) -> None:
    distinct = make_signals([2, 3, 2, 0])
    # Selecting one twice gives its copies.
    repeated = distinct.signals.select(np.array(kinds, dtype=int))  # type: ignore[union-attr]
    collection = replace(make_signals([0] * len(kinds)), signals=repeated)
    clusters = find_duplicates(collection).tolist()
    for one, first in enumerate(kinds):
        for other, second in enumerate(kinds):
            assert (clusters[one] == clusters[other]) == (first == second)
    assert sorted(set(clusters)) == list(range(len(set(kinds))))


def test_zero_has_no_sign() -> None:
    collection = make_signals([1, 1])
    assert collection.signals is not None
    collection.signals.values[:] = [[0.0, 1.0], [-0.0, 1.0]]
    assert find_duplicates(collection).tolist() == [0, 0]


def test_copies_with_different_labels_are_told() -> None:
    collection = make_texts(
        ["one", "two", "ONE", "two", "one", "three"], ["a", "b", "c", "b", None, "a"]
    )
    clusters = find_duplicates(collection)
    assert clusters.tolist() == [0, 1, 0, 1, 0, 2]
    assert count_repeated(clusters) == 5
    (conflict,) = find_conflicts(collection, clusters)
    assert conflict.numbers == (0, 2)
    assert conflict.labels == ("a", "c")


def test_nothing_has_no_copies() -> None:
    clusters = find_duplicates(make_texts([]))
    assert count_repeated(clusters) == 0
    assert find_conflicts(make_texts([]), clusters) == ()
