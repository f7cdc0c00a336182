"""Steps as features: words with their neighbours, shapes and ends; rows with those around."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from scipy import sparse
from scipy.ndimage import uniform_filter1d
from sklearn.feature_extraction import FeatureHasher

from lstm_core.learning.encoding.words import fold, read_writing

NUM_FEATURES = 2**18

LONGEST_END = 4
"""Letters of a word's end, and of its beginning less one."""

REACHES = (5, 25)
"""Rows around a row whose mean and spread are told."""


def describe_words(words: Sequence[str], lengths: np.ndarray) -> sparse.csr_matrix:
    """Return ``(steps, NUM_FEATURES)`` of sentences one behind another.

    The features of Ratnaparkhi, "A Maximum Entropy Model for Part-of-Speech Tagging", EMNLP 1996,
    table 1, without the tags before.
    """
    hasher = FeatureHasher(NUM_FEATURES, input_type="string", alternate_sign=False)
    found: sparse.csr_matrix = hasher.transform(_list_features(words, lengths))
    return found


def _list_features(words: Sequence[str], lengths: np.ndarray) -> Iterator[list[str]]:
    end = 0
    for length in lengths.tolist():
        begin, end = end, end + length
        own = ["", "", *(fold(word) for word in words[begin:end]), "", ""]
        shapes = [0, *(read_writing(word) for word in words[begin:end]), 0]
        for place in range(length):
            before, word, after = own[place + 1], own[place + 2], own[place + 3]
            yield [
                "all",
                f"w {word}",
                f"b {before}",
                f"a {after}",
                f"bb {own[place]}",
                f"aa {own[place + 4]}",
                f"bw {before} {word}",
                f"wa {word} {after}",
                f"s {shapes[place + 1]}",
                f"sb {shapes[place]}",
                f"sa {shapes[place + 2]}",
                *(f"e {word[-size:]}" for size in range(1, LONGEST_END + 1)),
                *(f"p {word[:size]}" for size in range(1, LONGEST_END)),
            ]


def describe_rows(values: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """Return each row, and the mean and spread of the rows around it, ``(steps, features)``.

    Args:
        values: ``(steps, channels)`` of recordings one behind another.
    """
    parts = []
    for own in np.split(values.astype(np.float64), np.cumsum(lengths)[:-1]):
        columns = [own]
        for reach in REACHES:
            mean = uniform_filter1d(own, reach, axis=0, mode="nearest")
            squares = uniform_filter1d(own**2, reach, axis=0, mode="nearest")
            columns += [mean, np.sqrt(np.maximum(squares - mean**2, 0.0))]
        parts.append(np.concatenate(columns, axis=1))
    return np.concatenate(parts)
