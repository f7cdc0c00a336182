"""Texts and sequences of symbols as counts: words, characters, k-mers, letters by position."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.preprocessing import normalize

MOST_FEATURES = 60_000
"""The most frequent ones of the training part."""

LONGEST = 20_000
"""Characters of an item that are looked at: its beginning."""

WORDS_APART = 1 / 20
"""Spaces beside characters; with fewer, words are not written apart, and characters are counted."""

LONGEST_KMER = 5

MOST_LETTERS = 64
"""Different ones; with more, letters by position say little."""

Encode = Callable[[Sequence[str]], sparse.csr_matrix]
"""Turns items into rows of features, ``(n, features)``."""


def fit_tfidf(texts: Sequence[str]) -> Encode | None:
    """Learn the words and pairs of words of the training part, weighted by TF-IDF.

    None where there is not a single word. Weights are sublinear: Manning, Raghavan and Schütze,
    *Introduction to Information Retrieval* (2008), section 6.4. Chinese, Japanese or Thai is
    counted by runs of up to three characters.
    """
    shown = [text[:LONGEST] for text in texts]
    num_spaces = sum(len(text.split()) for text in shown) - len(shown)
    by_word = num_spaces >= WORDS_APART * sum(map(len, shown))
    shape: dict[str, Any] = (
        {"token_pattern": r"(?u)\b\w+\b", "ngram_range": (1, 2)}
        if by_word
        else {"analyzer": "char", "ngram_range": (1, 3)}
    )
    vectorizer = TfidfVectorizer(
        sublinear_tf=True, max_features=MOST_FEATURES, dtype=np.float64, **shape
    )
    return _fit(vectorizer, shown, vectorizer.transform)


def fit_kmers(sequences: Sequence[str]) -> Encode | None:
    """Learn the runs of one to five letters that the training part holds.

    Counts are damped by a logarithm, and each item has length 1. Leslie, Eskin and Noble, "The
    spectrum kernel: a string kernel for SVM protein classification", Pacific Symposium on
    Biocomputing (2002).
    """
    vectorizer = CountVectorizer(
        analyzer="char",
        lowercase=False,
        ngram_range=(1, LONGEST_KMER),
        max_features=MOST_FEATURES,
        dtype=np.float64,
    )

    def encode(shown: Sequence[str]) -> sparse.csr_matrix:
        counts = vectorizer.transform(shown)
        counts.data = np.log1p(counts.data)
        return normalize(counts)

    return _fit(vectorizer, [sequence[:LONGEST] for sequence in sequences], encode)


def fit_positions(sequences: Sequence[str]) -> Encode | None:
    """Learn which letters stand at which place; None where lengths differ or letters are many.

    What is longer than the training part is looked at up to its length.
    """
    lengths = {len(sequence) for sequence in sequences}
    letters = sorted(set("".join(sequence[:LONGEST] for sequence in sequences)))
    if len(lengths) != 1 or len(letters) > MOST_LETTERS:
        return None
    length = lengths.pop()
    if length * len(letters) > MOST_FEATURES:
        return None
    numbers = {letter: number for number, letter in enumerate(letters)}

    def encode(shown: Sequence[str]) -> sparse.csr_matrix:
        rows, columns = [], []
        for row, sequence in enumerate(shown):
            for place, letter in enumerate(sequence[:length]):
                if letter in numbers:
                    rows.append(row)
                    columns.append(place * len(letters) + numbers[letter])
        shape = (len(shown), length * len(letters))
        return sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=shape)

    return encode


def _fit(vectorizer: Any, shown: Sequence[str], encode: Encode) -> Encode | None:
    try:
        vectorizer.fit(shown)
    except ValueError:  # nothing but punctuation: there is no vocabulary
        return None
    return lambda sequences: encode([sequence[:LONGEST] for sequence in sequences])
