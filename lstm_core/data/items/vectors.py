"""Vectors of words, learnt elsewhere, from a file in the text form of GloVe and fastText."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass

import numpy as np

from lstm_core.errors import DataError

FEWEST_NUMBERS = 10
"""Of a vector; what has fewer is a table of something else."""

MOST_NUMBERS = 1_024
_LOOKED_AT = 8
_HEAD = re.compile(rb"\d{1,9} \d{1,5}\s*")
"""The first line of fastText and word2vec: how many words, and how many numbers each."""


@dataclass(frozen=True, eq=False)
class WordVectors:
    """A vector for each word that the items hold and the file has.

    Attributes:
        words: in small letters, each once (hostile text).
        values: ``(words, width)`` float32, finite.
        name: of the file.
        num_read: vectors that the file holds.
    """

    words: tuple[str, ...]
    values: np.ndarray
    name: str
    num_read: int

    @property
    def width(self) -> int:
        return int(self.values.shape[1])


def looks_like_vectors(content: bytes) -> bool:
    """Whether a file is a word and its numbers a line, with as many numbers on each.

    Words are no numbers, and differ: a table of signals with a label in front is none.
    """
    lines = content[:200_000].split(b"\n")[: _LOOKED_AT + 1]
    if lines and _HEAD.fullmatch(lines[0]):
        lines = lines[1:]
    lines = [line for line in lines[:_LOOKED_AT] if line.strip()]
    cut = [line.rstrip().split(b" ") for line in lines]
    widths = {len(parts) - 1 for parts in cut}
    if len(cut) < 2 or len(widths) != 1 or min(widths) < FEWEST_NUMBERS:
        return False
    words = [parts[0] for parts in cut]
    if len(set(words)) < len(words) or sum(map(_is_number, words)) > len(words) // 2:
        return False
    return all(_is_number(each) for parts in cut for each in parts[1:])


def read_vectors(content: bytes, name: str, wanted: Container[str]) -> WordVectors:
    """Read the vectors of words that are wanted; of a word that comes twice, the first.

    Args:
        wanted: words in small letters.

    Raises:
        DataError: the vectors are too long, or not one line is whole.
    """
    found: dict[str, np.ndarray] = {}
    num_read, width = 0, 0
    for line in _cut_lines(content):
        word, *numbers = line.rstrip().split(b" ")
        if not width:
            width = len(numbers)
            if width > MOST_NUMBERS:
                raise DataError(
                    f'The vectors of "{name[:80]}" have {width:,} numbers each; at most '
                    f"{MOST_NUMBERS:,} are read.",
                    "Bring shorter ones.",
                )
        if len(numbers) != width:
            continue  # a word with a space in it, or a damaged line
        num_read += 1
        text = word.decode("utf-8", "replace").lower()
        if text in found or text not in wanted:
            continue
        try:
            vector = np.array(numbers, dtype=np.float32)
        except ValueError:
            continue
        if np.isfinite(vector).all():
            found[text] = vector
    if not num_read:
        raise DataError(
            f'"{name[:80]}" holds no vectors of words.',
            "Bring a file with a word and its numbers on each line, as GloVe and fastText have.",
        )
    values = np.array(list(found.values()), np.float32).reshape(len(found), width)
    return WordVectors(tuple(found), values, name, num_read)


def _cut_lines(content: bytes) -> Iterator[bytes]:
    """Yield lines without holding all of them, the head left out."""
    start = 0
    while start < len(content):
        end = content.find(b"\n", start)
        end = len(content) if end < 0 else end
        line = content[start:end]
        if line.strip() and not (start == 0 and _HEAD.fullmatch(line)):
            yield line
        start = end + 1


def _is_number(text: bytes) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
