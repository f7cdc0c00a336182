from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.data.collections import get_format
from lstm_core.data.items.collection import as_objects
from lstm_core.data.tagged.collection import TaggedCollection
from lstm_core.data.tagged.storing import collection_from_bytes, collection_to_bytes
from lstm_core.errors import DataError
from lstm_core.spec.tagged import TaggedDataSpec
from tests.data.tagged.collections import make_recordings, make_sentences

NAMES = st.text(st.characters(codec="utf-8"), min_size=1, max_size=8)
STEPS = st.lists(st.tuples(NAMES, NAMES), min_size=1, max_size=5)


def assert_same(one: TaggedCollection, other: TaggedCollection) -> None:
    assert one.fingerprint == other.fingerprint
    for name in ("content", "scheme", "source", "name", "roles", "notes", "understood"):
        assert getattr(one, name) == getattr(other, name)
    for name in ("ids", "tags", "words", "groups", "parts", "sizes", "times"):
        first, second = getattr(one, name), getattr(other, name)
        assert (first is None) == (second is None)
        assert first is None or first.tolist() == second.tolist()


@given(st.lists(STEPS, max_size=5), st.data())
def test_sentences_survive_parquet(sentences, data: st.DataObject) -> None:
    known = [data.draw(st.booleans()) for _ in sentences]
    kept = [
        [(word, tag if is_known else None) for word, tag in sentence]
        for sentence, is_known in zip(sentences, known, strict=True)
    ]
    collection = make_sentences(
        kept,
        groups=[data.draw(st.none() | NAMES) for _ in kept],
        parts=["train"] * len(kept),
        times=np.arange(len(kept), dtype=np.float64),
        roles=(("tag", "=slot"),),
        notes=("Read.",),
        understood=TaggedDataSpec(source="file", name="x", tag="=slot", piece=64),
    )
    assert_same(collection, collection_from_bytes(collection_to_bytes(collection)))


@given(st.lists(st.integers(1, 5), max_size=6), st.integers(1, 3))
def test_recordings_survive_parquet(lengths: list[int], num_channels: int) -> None:
    collection = make_recordings(lengths, num_channels)
    again = collection_from_bytes(collection_to_bytes(collection))
    assert_same(collection, again)
    assert again.signals is not None
    assert again.signals.values.dtype == np.float32
    assert again.channels == collection.channels


def test_what_was_not_written_by_us_is_refused() -> None:
    items = get_format("items")
    from tests.data.items.collections import make_texts

    for content in (b"", b"PAR1 and nothing", items.collection_to_bytes(make_texts(["x"], ["a"]))):
        with pytest.raises(DataError, match="not a collection"):
            collection_from_bytes(content)


@given(st.data())
def test_selected_sequences_are_what_they_were(data: st.DataObject) -> None:
    lengths = data.draw(st.lists(st.integers(1, 4), min_size=1, max_size=8))
    numbers = data.draw(st.permutations(range(len(lengths))))[: data.draw(st.integers(0, 8))]
    collection = make_recordings(lengths)
    chosen = collection.select(np.array(numbers, dtype=int))
    for place, number in enumerate(numbers):
        assert chosen.ids[place] == collection.ids[number]
        assert chosen.get_tags(place) == collection.get_tags(number)
        np.testing.assert_array_equal(
            chosen.signals.get_item(place), collection.signals.get_item(number)
        )


def test_a_fingerprint_changes_with_everything_but_names() -> None:
    base = make_sentences([[("a", "O"), ("b", "B-x")], [("c", "O")]])
    others = [
        replace(base, tags=as_objects(["O", "B-y", "O"])),
        replace(base, words=as_objects(["a", "b", "d"])),
        replace(base, sizes=np.array([1, 2])),
        replace(base, ids=as_objects(["0", "2"])),
        replace(base, groups=as_objects(["g", "h"])),
        replace(base, parts=as_objects(["train", "test"])),
        replace(base, times=np.array([0.0, 1.0])),
        replace(base, scheme="plain"),
    ]
    assert len({each.fingerprint for each in [base, *others]}) == len(others) + 1
    assert replace(base, name="x", notes=("y",)).fingerprint == base.fingerprint


def test_a_sequence_that_is_half_tagged_is_no_collection() -> None:
    with pytest.raises(ValueError, match="some tags of a sequence"):
        make_sentences([[("a", "O"), ("b", None)]])
    assert make_sentences([[("a", None)], [("b", "O")]]).is_tagged.tolist() == [False, True]
