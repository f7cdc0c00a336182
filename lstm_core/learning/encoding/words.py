"""Words as numbers: which word it is, how it is written, and its letters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

import numpy as np

from lstm_core.learning.encoding.vocabulary import FIRST, Vocabulary
from lstm_core.learning.feeds.items import UNKNOWN

LONGEST_WORD = 16
"""Letters that are read of a word: of a longer one its beginning and its end."""

MOST_LETTERS = 2_000
"""Different ones that are told apart."""

NUM_WRITINGS = 9
"""How many ways to write a word are told apart, with that of the padding."""


@dataclass(frozen=True, eq=False)
class Forms:
    """Words as they are written, each once; the first is what stands behind an end.

    Attributes:
        words: ``(forms,)`` int32 numbers of words without regard to capitals.
        writings: ``(forms,)`` int32, how each is written; see ``read_writing``.
        letters: ``(forms, LONGEST_WORD)`` int32, padded on the right.
    """

    words: np.ndarray
    writings: np.ndarray
    letters: np.ndarray


@dataclass(frozen=True)
class WordReading:
    """How words become numbers, fitted to the training part and kept with the model.

    Attributes:
        vocabulary: words in small letters. ``counts``: how often each of them occurs.
        letters: as they are written, the most frequent first.
    """

    vocabulary: Vocabulary
    counts: tuple[int, ...]
    letters: tuple[str, ...]

    @classmethod
    def fit(cls, words: Iterable[str], rarest: int, most: int) -> WordReading:
        """Count words and letters of the training part alone."""
        given = list(words)
        folded = [fold(word) for word in given]
        vocabulary = Vocabulary.fit([folded], rarest, most)
        counts = Counter(folded)
        letters = Counter(letter for word in given for letter in word)
        frequent = sorted(letters, key=lambda letter: (-letters[letter], letter))
        return cls(
            vocabulary,
            tuple(counts[word] for word in vocabulary.tokens),
            tuple(frequent[:MOST_LETTERS]),
        )

    @property
    def num_letters(self) -> int:
        """Numbers that there are, those of the padding and of unknown letters among them."""
        return len(self.letters) + FIRST

    @cached_property
    def _letter_numbers(self) -> dict[str, int]:
        return {letter: number for number, letter in enumerate(self.letters, FIRST)}

    def knows(self, word: str) -> bool:
        return fold(word) in self.vocabulary.numbers

    def number_forms(self, forms: Sequence[str]) -> Forms:
        """Return words as numbers, ``(1 + forms,)`` each: the first is the padding."""
        words = self.vocabulary.numbers
        letters = np.zeros((len(forms) + 1, LONGEST_WORD), np.int32)
        known = self._letter_numbers
        for place, form in enumerate(forms, 1):
            own = [known.get(letter, UNKNOWN) for letter in shorten(form)]
            letters[place, : len(own)] = own
        return Forms(
            np.array([0, *(words.get(fold(form), UNKNOWN) for form in forms)], np.int32),
            np.array([0, *map(read_writing, forms)], np.int32),
            letters,
        )

    def list_counts(self) -> np.ndarray:
        """Return how often each word of the vocabulary occurs, by its number, ``(words,)``."""
        return np.array([0] * FIRST + list(self.counts), np.float64)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> WordReading:
        """Read what ``to_json`` wrote."""
        vocabulary = found["vocabulary"]
        return cls(
            Vocabulary(**{**vocabulary, "tokens": tuple(vocabulary["tokens"])}),
            tuple(found["counts"]),
            tuple(found["letters"]),
        )


def fold(word: str) -> str:
    """Return what a word has in common with itself in capitals."""
    return word.lower()


def shorten(word: str) -> str:
    """Return the letters of a word that are read: all, or its beginning and its end."""
    if len(word) <= LONGEST_WORD:
        return word
    half = LONGEST_WORD // 2
    return word[:half] + word[-half:]


def read_writing(word: str) -> int:
    """Return how a word is written, from 1 to ``NUM_WRITINGS - 1``.

    Small letters; one capital; capitals; a capital and small letters; capitals elsewhere; digits;
    letters with digits; anything else.
    """
    if any(letter.isdigit() for letter in word):
        return 6 if all(letter.isdigit() or letter in ".,:/-" for letter in word) else 7
    if not any(letter.isalpha() for letter in word):
        return 8
    if word.islower():
        return 1
    if word.isupper():
        return 2 if len(word) == 1 else 3
    if word[:1].isupper():
        return 4 if word[1:].islower() else 5
    return 5 if any(letter.isupper() for letter in word) else 1


def list_forms(words: Iterable[str]) -> tuple[list[str], np.ndarray]:
    """Return each different word once, and for each word the number of its form, from 1."""
    numbers: dict[str, int] = {}
    found = [numbers.setdefault(word, len(numbers) + 1) for word in words]
    return list(numbers), np.array(found, np.int32)
