from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.data.items.collection import ItemCollection, as_objects, make_unique, sort_labels
from lstm_core.data.items.signals import Signals
from lstm_core.data.items.storing import collection_from_bytes, collection_to_bytes
from lstm_core.data.items.summary import describe_items
from lstm_core.errors import DataError
from tests.data.items.collections import make_signals, make_texts
from tests.data.items.reading.given import read

NAMES = st.text(st.characters(codec="utf-8"), min_size=1, max_size=8)


def assert_same(one: ItemCollection, other: ItemCollection) -> None:
    assert one.fingerprint == other.fingerprint
    assert (one.name, one.roles, one.notes) == (other.name, other.roles, other.notes)
    for name in ("ids", "labels", "texts", "groups", "parts"):
        first, second = getattr(one, name), getattr(other, name)
        assert (first is None) == (second is None)
        assert first is None or first.tolist() == second.tolist()


@given(st.lists(st.tuples(NAMES, st.none() | NAMES, st.none() | NAMES), max_size=8))
def test_texts_survive_parquet(rows: list[tuple[str, str | None, str | None]]) -> None:
    collection = make_texts(
        [row[0] for row in rows],
        [row[1] for row in rows],
        groups=[row[2] for row in rows],
        parts=["train"] * len(rows),
        times=np.arange(len(rows)).astype("datetime64[ns]"),
        roles=(("label", "=mood"),),
        notes=("Read.",),
    )
    again = collection_from_bytes(collection_to_bytes(collection))
    assert_same(collection, again)
    assert again.times is not None
    assert again.times.dtype == "datetime64[ns]"


@given(st.lists(st.integers(0, 5), max_size=6), st.integers(1, 3))
def test_signals_of_unequal_lengths_survive_parquet(lengths: list[int], num_channels: int) -> None:
    collection = make_signals(lengths, num_channels=num_channels)
    again = collection_from_bytes(collection_to_bytes(collection))
    assert_same(collection, again)
    assert again.signals is not None
    assert again.signals.values.dtype == np.float32


def test_what_was_not_written_by_us_is_refused() -> None:
    for content in (b"", b"PAR1 and nothing", b"text,label\n"):
        with pytest.raises(DataError, match="not a collection"):
            collection_from_bytes(content)


@given(st.data())
def test_selected_items_are_what_they_were(data: st.DataObject) -> None:
    lengths = data.draw(st.lists(st.integers(0, 4), min_size=1, max_size=8))
    numbers = data.draw(st.permutations(range(len(lengths))))[: data.draw(st.integers(0, 8))]
    collection = make_signals(lengths)
    chosen = collection.select(np.array(numbers, dtype=int))
    for place, number in enumerate(numbers):
        assert chosen.ids[place] == collection.ids[number]
        np.testing.assert_array_equal(chosen.get_item(place), collection.get_item(number))


def test_parts_join_to_the_whole() -> None:
    whole = make_signals([3, 1, 2, 4], ["a", "b", "a", None])
    joined = whole.select([0, 1]).concatenate(whole.select([2, 3]))
    assert_same(whole, joined)


def test_joined_items_keep_ids_apart_and_lack_what_one_part_lacks() -> None:
    first = make_texts(["x"], ["a"], parts=["train"], times=np.array([1.0]))
    second = make_texts(["y"], [None], times=np.array(["2024-01-01"], dtype="datetime64[ns]"))
    joined = first.concatenate(second)
    assert joined.ids.tolist() == ["0", "0 (2)"]
    assert joined.parts is not None
    assert joined.parts.tolist() == ["train", None]
    assert joined.times is None


def test_what_differs_is_not_joined() -> None:
    with pytest.raises(DataError, match="One part holds text, another numbers"):
        make_texts(["a"]).concatenate(make_signals([1]))
    with pytest.raises(DataError, match="channels"):
        make_signals([1]).concatenate(make_signals([1], num_channels=3))


def test_the_fingerprint_knows_the_content_and_not_the_name() -> None:
    texts = make_texts(["ab", "c"], ["x", None], groups=["g", "h"])
    assert replace(texts, name="other.csv", notes=("Told.",)).fingerprint == texts.fingerprint
    for other in (
        make_texts(["a", "bc"], ["x", None], groups=["g", "h"]),
        make_texts(["ab", "c"], [None, "x"], groups=["g", "h"]),
        make_texts(["ab", "c"], ["x", None]),
        texts.select([1, 0]),
    ):
        assert other.fingerprint != texts.fingerprint


def test_signals_with_rows_between_items_are_no_signals() -> None:
    with pytest.raises(ValueError, match="fit"):
        Signals(np.zeros((3, 1), np.float32), np.array([0, 2]), np.array([1, 1]), ("a",))


@given(st.lists(st.sampled_from(["a", "a (2)", "a (3)", "b"]), max_size=8))
def test_ids_become_unique_and_unique_ones_stay(ids: list[str]) -> None:
    unique = make_unique(ids).tolist()
    assert len(set(unique)) == len(unique)
    assert all(new.startswith(old) for new, old in zip(unique, ids, strict=True))
    if len(set(ids)) == len(ids):
        assert unique == ids


def test_labels_that_are_numbers_are_ordered_by_value() -> None:
    assert sort_labels(["10", "2", "-1"]) == ["-1", "2", "10"]
    assert sort_labels(["10", "2", "nan"]) == ["10", "2", "nan"]


def test_a_card_says_what_there_is() -> None:
    texts = ["Fine.", "fine", "awful", "dull", "odd!", "odd?"]
    labels = ["good", "bad", "bad", "bad", "bad", "bad"]
    told = describe_items(
        make_texts(
            texts,
            labels,
            groups=["ann", "ann", "bob", "bob", "cy", None],
            parts=["train"] * 4 + ["test"] * 2,
            roles=(("group", "author"),),
        )
    )
    assert told.title == "6 texts, 2 labels, unevenly spread"
    assert [(each.label, each.num_items) for each in told.labels] == [("bad", 5), ("good", 1)]
    assert '"bad", has 5 items (83%)' in told.evenness
    assert told.lengths == "4 to 5 characters, usually about 4."
    assert told.duplicates.startswith("2 texts are copies of each other (1 different ones)")
    assert told.conflicts.startswith("1 item occurs with different labels")
    assert told.groups == '3 groups in the column "author".'
    assert "train 4, test 2" in told.given_split


def test_a_card_without_labels_speaks_of_none() -> None:
    told = describe_items(make_signals([2, 5]))
    assert told.title == "2 signals"
    assert told.evenness == told.duplicates == told.groups == told.given_split == ""
    assert told.lengths == "2 to 5 steps, usually about 3; 2 channels."


def test_objects_stay_objects() -> None:
    assert as_objects(["a", "b"]).dtype == object
    assert as_objects([]).shape == (0,)


def test_how_files_were_read_is_kept_with_the_items() -> None:
    reading = read("words;kind\n" + "a b c;x\nd e f;y\n" * 9, text="words")
    understood = reading.understanding.spec
    assert understood.text == "words"
    again = collection_from_bytes(collection_to_bytes(reading.collection.select([3, 1, 2])))
    assert again.understood == understood
    assert collection_from_bytes(collection_to_bytes(make_texts(["a"]))).understood is None
