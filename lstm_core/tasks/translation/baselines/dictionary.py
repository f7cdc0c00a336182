"""A dictionary that is learnt from pairs of sentences, and translates word by word.

IBM model 1: Brown, Della Pietra, Della Pietra and Mercer, "The Mathematics of Statistical Machine
Translation: Parameter Estimation", Computational Linguistics 19 (1993).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lstm_core.learning.encoding.joining import cut_text, join_pieces

NUM_ROUNDS = 8
LONGEST = 100
"""Words of a sentence that are learnt from: a longer one says little of which belongs to which."""
MOST_TIES = 30_000_000
"""Words of one side times those of the other, over all pairs; of more pairs, evenly spread ones."""
NOTHING = 0
"""The number of the empty word, which marks and little words without a partner come from."""


@dataclass(frozen=True)
class Dictionary:
    """The likeliest word for each word, whatever its capitals; "" for what is left out."""

    words: dict[str, str]

    def translate(self, sources: Sequence[str]) -> list[str]:
        """Return sentences word by word in the order of the source; unknown words are copied."""
        return [self._translate_one(text) for text in sources]

    def _translate_one(self, text: str) -> str:
        pieces = cut_text(text)
        said = [self.words.get(piece.lower(), piece) for piece in pieces]
        joined = join_pieces([word for word in said if word])
        is_capital = text[:1].isupper() and joined[:1].islower()
        return joined[:1].upper() + joined[1:] if is_capital else joined


def fit_dictionary(sources: Sequence[str], targets: Sequence[str]) -> Dictionary:
    """Learn by expectation and maximisation which word becomes which."""
    before = [[piece.lower() for piece in cut_text(text)[:LONGEST]] for text in sources]
    written = [cut_text(text)[:LONGEST] for text in targets]
    kept = _thin_out(before, written)
    before, written = [before[n] for n in kept], [written[n] for n in kept]
    numbers: dict[str, int] = {"": NOTHING}
    other: dict[str, int] = {}
    own = [[NOTHING, *(numbers.setdefault(w, len(numbers)) for w in line)] for line in before]
    partner = [[other.setdefault(w.lower(), len(other)) for w in line] for line in written]
    if not other:
        return Dictionary({})
    pairs, ties = _list_ties(own, partner, len(other))
    chances = _estimate(pairs // len(other), ties, len(numbers))
    likeliest = _find_likeliest(pairs, chances, len(numbers), len(other))
    names = _find_writing(written, list(other))
    found = {word: names[likeliest[n]] for word, n in numbers.items() if n != NOTHING}
    return Dictionary(found)


@dataclass(frozen=True, eq=False)
class _Ties:
    """Each meeting of two words in a pair of sentences.

    Attributes:
        entries: ``(meetings,)`` which pair of words meets.
        places: ``(meetings,)`` which word of which target sentence it is about.
        num_places: of words of all target sentences.
    """

    entries: np.ndarray
    places: np.ndarray
    num_places: int


def _list_ties(
    own: Sequence[Sequence[int]], partner: Sequence[Sequence[int]], num_other: int
) -> tuple[np.ndarray, _Ties]:
    """Return pairs of words that meet, as one number each, sorted, and all their meetings."""
    keys, places, count = [], [], 0
    for line, said in zip(own, partner, strict=True):
        first, second = np.array(line, np.int64), np.array(said, np.int64)
        keys.append((first[None, :] * num_other + second[:, None]).reshape(-1))
        places.append(np.repeat(np.arange(count, count + len(second)), len(first)))
        count += len(second)
    pairs, entries = np.unique(np.concatenate(keys), return_inverse=True)
    return pairs, _Ties(entries, np.concatenate(places), count)


def _estimate(firsts: np.ndarray, ties: _Ties, num_words: int) -> np.ndarray:
    """Return how likely each pair's first word becomes its second, ``(pairs,)``.

    Args:
        firsts: ``(pairs,)`` numbers of the first words.
    """
    chances = np.ones(len(firsts))
    for _ in range(NUM_ROUNDS):
        shares = chances[ties.entries]
        shares /= np.bincount(ties.places, shares, ties.num_places)[ties.places]
        counts = np.bincount(ties.entries, shares, len(firsts))
        totals = np.bincount(firsts, counts, num_words)
        chances = counts / np.maximum(totals[firsts], 1e-300)
    return chances


def _find_likeliest(
    pairs: np.ndarray, chances: np.ndarray, num_words: int, num_other: int
) -> np.ndarray:
    """Return the likeliest partner of each word, ``(words,)``; the first of equally likely ones."""
    firsts = pairs // num_other
    order = np.lexsort((pairs, -chances, firsts))
    begins = np.searchsorted(firsts[order], np.arange(num_words))
    found: np.ndarray = (pairs % num_other)[order[np.minimum(begins, len(order) - 1)]]
    return found


def _find_writing(lines: Sequence[Sequence[str]], folded: Sequence[str]) -> list[str]:
    """Return how each word is mostly written; where sentences begin, capitals tell nothing."""
    counts: Counter[str] = Counter()
    for line in lines:
        counts.update(line[1:])
    best: dict[str, str] = {}
    for word in sorted(counts, key=lambda word: (-counts[word], word)):
        best.setdefault(word.lower(), word)
    return [best.get(word, word) for word in folded]


def _thin_out(before: Sequence[Sequence[str]], after: Sequence[Sequence[str]]) -> np.ndarray:
    sizes = np.array([(len(a) + 1) * len(b) for a, b in zip(before, after, strict=True)], np.int64)
    total = int(sizes.sum())
    step = max(1, -(-total // MOST_TIES))
    return np.arange(0, len(sizes), step)
