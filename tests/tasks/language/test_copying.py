"""What is copied, against trying every pair of places."""

import time

import numpy as np
import pytest

from lstm_core.tasks.language.copying import (
    Copied,
    CopyIndex,
    find_copied,
    measure_copied,
    read_code_points,
)


def find_slowly(text: str, documents: list[str], least: int) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start in range(len(text)):
        stop = start
        while stop < len(text) and any(text[start : stop + 1] in each for each in documents):
            stop += 1
        if stop - start >= least and (not found or stop > found[-1][1]):
            found.append((start, stop))
    return found


@pytest.mark.parametrize("letters", ["a", "ab", "abcdefgh"])
@pytest.mark.parametrize("seed", range(4))
def test_it_finds_what_trying_everything_finds(letters: str, seed: int) -> None:
    generator = np.random.default_rng(seed)

    def write(length: int) -> str:
        return "".join(generator.choice(list(letters), length))

    documents = [write(int(length)) for length in generator.integers(1, 120, 3)]
    text = write(60) + documents[0][10:60] + write(20) + documents[1][-30:]
    index = CopyIndex.from_texts(documents)
    for least in (1, 3, 10):
        found = index.find(text, least)
        assert [(each.start, each.stop) for each in found] == find_slowly(text, documents, least)
        for each in found:
            length = each.stop - each.start
            copied = documents[each.document][each.place : each.place + length]
            assert copied == text[each.start : each.stop]


def test_a_copy_ends_where_its_document_does() -> None:
    index = CopyIndex.from_texts(["the ship came in", "the ship came in at night"])
    found = index.find("we saw: the ship came in at dawn", 5)
    assert found == [Copied(8, 28, 1, 0)]
    assert index.find("came inthe ship", 9) == []


def test_a_long_copy_is_found_whole() -> None:
    generator = np.random.default_rng(0)
    training = "".join(generator.choice(list("etaoin "), 40_000))
    text = "x" + training[5_000:7_000] + "x" + training[-1_000:]
    found = find_copied(text, CopyIndex.from_texts([training]), 50)
    assert found == [(1, 2_001, 5_000), (2_002, 3_002, 39_000)]


def test_one_letter_for_ever_is_sorted_as_well() -> None:
    index = CopyIndex.from_texts(["a" * 6_000])
    assert [(each.start, each.stop) for each in index.find("b" + "a" * 1_500, 50)] == [(1, 1_501)]


def test_nothing_and_odd_signs() -> None:
    assert CopyIndex([]).find("anything at all", 3) == []
    index = CopyIndex.from_texts(["", "né\0 👩‍👩‍👧 und"])
    assert index.find("", 1) == []
    assert index.find("👩‍👩‍👧", 3) == [Copied(0, 5, 1, 4)]
    assert index.find("\0\0\0\U0010ffff", 2) == []
    assert find_copied("né\0", index, 2) == [(0, 3, 0)]


def test_units_need_not_be_letters() -> None:
    index = CopyIndex([np.array([60, 62, 64, 65, 67, 0], np.int32)])
    assert index.find_units(np.array([1, 64, 65, 67, 0, 0], np.int32), 3) == [Copied(1, 5, 0, 2)]


def test_the_share_counts_what_overlaps_once() -> None:
    assert measure_copied([Copied(0, 6, 0, 0), Copied(4, 8, 0, 9)], 16) == 0.5
    assert measure_copied([], 0) == 0.0


def test_code_points_are_numbers() -> None:
    assert read_code_points("aé👩").tolist() == [97, 233, 128105]


@pytest.mark.slow
def test_ten_million_signs_take_seconds() -> None:
    generator = np.random.default_rng(1)
    words = ["".join(generator.choice(list("etaoinshrdlu"), 5)) for _ in range(3_000)]
    text = " ".join(words[number] for number in generator.zipf(1.3, 1_700_000) % 3_000)
    begin = time.perf_counter()
    index = CopyIndex.from_texts([text])
    assert time.perf_counter() - begin < 60
    assert [each.place for each in index.find(text[-500:], 100)][:1] != []
