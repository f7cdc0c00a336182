"""Vectors of words that are brought beside the texts."""

import numpy as np
import pytest

from lstm_core.data.items.reading.files import GivenFile
from lstm_core.data.items.reading.read import read_items
from lstm_core.data.items.storing import collection_from_bytes, collection_to_bytes
from lstm_core.data.items.vectors import looks_like_vectors, read_vectors
from lstm_core.errors import DataError

WORDS = ("the", "film", "lovely", "Dreadful", "caf\u00e9", "\u4e16\u754c")
WIDTH = 12


def write_vectors(head: bool = False) -> bytes:
    values = np.random.default_rng(0).normal(size=(len(WORDS), WIDTH)).round(3)
    lines = [f"{word} {' '.join(map(str, row))}" for word, row in zip(WORDS, values, strict=True)]
    return "\n".join([*([f"{len(WORDS)} {WIDTH}"] if head else []), *lines, ""]).encode()


def write_table() -> bytes:
    rows = [
        f"the {word} film {number},{word}"
        for number in range(20)
        for word in ("lovely", "dreadful")
    ]
    return "\n".join(["text,label", *rows]).encode()


@pytest.mark.parametrize("head", [False, True])
def test_both_forms_are_recognised_and_read(head: bool) -> None:
    content = write_vectors(head)
    assert looks_like_vectors(content)
    found = read_vectors(content, "glove.txt", {"the", "dreadful", "zebra"})
    assert found.words == ("the", "dreadful")
    assert found.values.shape == (2, WIDTH)
    assert found.num_read == len(WORDS)


@pytest.mark.parametrize(
    "content",
    [
        write_table(),
        b"1 0.1 0.2 0.3 0.4 0.5 0.6 0.7 0.8 0.9 1.0 1.1\n2 1 2 3 4 5 6 7 8 9 10 11\n",
        b"up 1 2 3 4 5 6 7 8 9 10\nup 2 3 4 5 6 7 8 9 10 11\ndown 1 2 3 4 5 6 7 8 9 10\n",
        b"a 1 2\nb 2 3\n",
        b"",
        b"\xff\xfe\x00",
    ],
)
def test_other_files_are_none(content: bytes) -> None:
    assert not looks_like_vectors(content)


def test_damaged_lines_are_passed_over() -> None:
    content = write_vectors() + b"two words 1 2\nbad " + b"x " * (WIDTH - 1) + b"x\n"
    content += ("inf " + "inf " * (WIDTH - 1) + "1\n").encode()
    assert read_vectors(content, "v", {"the", "bad", "inf"}).words == ("the",)
    with pytest.raises(DataError, match="numbers each"):
        read_vectors(b"a " + b"1 " * 2_000, "v", {"a"})
    with pytest.raises(DataError, match="no vectors"):
        read_vectors(b"\n\n", "v", {"a"})


def test_they_come_with_the_texts_and_are_kept() -> None:
    files = [GivenFile("films.csv", write_table()), GivenFile("glove.txt", write_vectors())]
    collection = read_items(files).collection
    assert collection.vectors is not None
    assert set(collection.vectors.words) == {"the", "film", "lovely", "dreadful"}
    assert any("glove.txt" in note for note in collection.notes)
    again = collection_from_bytes(collection_to_bytes(collection))
    assert again.vectors is not None
    assert again.vectors.words == collection.vectors.words
    assert np.array_equal(again.vectors.values, collection.vectors.values)
    assert again.fingerprint == collection.fingerprint
    plain = read_items(files[:1]).collection
    assert plain.vectors is None
    assert plain.fingerprint != collection.fingerprint


def test_vectors_alone_are_no_items_and_two_files_of_them_are_one_too_many() -> None:
    table, vectors = GivenFile("films.csv", write_table()), GivenFile("a.vec", write_vectors())
    with pytest.raises(DataError, match="2 files hold vectors"):
        read_items([table, vectors, GivenFile("b.vec", write_vectors(head=True))])
