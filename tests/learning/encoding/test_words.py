"""Words as numbers, and long sequences in stretches."""

from __future__ import annotations

import json

import numpy as np
import pytest

from lstm_core.learning.encoding.stretches import Stretches
from lstm_core.learning.encoding.words import (
    LONGEST_WORD,
    WordReading,
    list_forms,
    read_writing,
    shorten,
)
from lstm_core.learning.feeds.items import UNKNOWN


@pytest.mark.parametrize(
    ("word", "number"),
    [
        *(("rome", 1), ("R", 2), ("ROME", 3), ("Rome", 4), ("McRae", 5), ("iPhone", 5)),
        *(("12", 6), ("3.5", 6), ("B12", 7), ("-", 8), ("…", 8), ("東京", 1)),
    ],
)
def test_how_a_word_is_written(word: str, number: int) -> None:
    assert read_writing(word) == number


def test_words_and_letters_are_fitted_to_what_is_learnt_from() -> None:
    reading = WordReading.fit(["Rome", "rome", "Oslo", "a"], rarest=1, most=100)
    assert reading.vocabulary.tokens == ("rome", "a", "oslo")
    assert reading.counts == (2, 1, 1)
    forms, flat = list_forms(["Oslo", "Quito", "Oslo"])
    assert (forms, flat.tolist()) == (["Oslo", "Quito"], [1, 2, 1])
    numbers = reading.number_forms(forms)
    assert numbers.words.tolist() == [0, 4, UNKNOWN]
    assert numbers.letters.shape == (3, LONGEST_WORD)
    assert not numbers.letters[0].any()
    assert (numbers.letters[2, :5] == UNKNOWN).sum() == 4  # of Quito, the o alone is known
    assert WordReading.from_json(json.loads(json.dumps(reading.to_json()))) == reading


def test_of_a_long_word_beginning_and_end_are_read() -> None:
    word = "".join(map(chr, range(97, 97 + LONGEST_WORD + 5)))
    read = shorten(word)
    assert len(read) == LONGEST_WORD
    assert (read[:2], read[-2:]) == (word[:2], word[-2:])


@pytest.mark.parametrize("most", [8, 20, 64])
def test_each_step_of_a_long_sequence_is_told_once_and_with_its_neighbours(most: int) -> None:
    lengths = np.array([3, 100, 1, 64, 21])
    stretches = Stretches.cut(lengths, most)
    assert stretches.lengths.max() <= most
    steps = np.arange(lengths.sum())
    said = np.zeros((len(stretches.lengths), most), np.int64)
    for row, (start, length) in enumerate(zip(stretches.starts, stretches.lengths, strict=True)):
        said[row, :length] = steps[start : start + length]
    told = stretches.tell(said, np.arange(len(stretches.lengths)))
    assert told.tolist() == steps.tolist()
    inner = np.flatnonzero(np.diff(stretches.sequences) == 0) + 1
    assert (stretches.begins[inner] > 0).all()
    chosen = stretches.select(np.array([4, 0]))
    assert set(stretches.sequences[chosen].tolist()) == {4, 0}
    assert stretches.tell(said[chosen], chosen).tolist() == [*steps[168:], 0, 1, 2]
