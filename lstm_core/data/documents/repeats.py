"""Paragraphs that occur again: a copy in what is kept apart makes a model look clever."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from lstm_core.data.items.duplicates import normalise_text

LEAST = 80
"""Characters of a paragraph, once normalised; shorter ones recur by nature: "Enter the King"."""

_PARAGRAPH_END = re.compile(r"\n[^\S\n]*\n\s*")
_LONGEST_PARAGRAPH = 20_000
"""Characters; longer ones, as where no line is blank, are looked at line by line."""


@dataclass(frozen=True, eq=False)
class Repeats:
    """The paragraphs that occur more than once, in the texts' order.

    Attributes:
        documents, starts, stops: int64 ``(paragraphs,)``: where each stands.
        clusters: int64 ``(paragraphs,)``: equal paragraphs have equal numbers.
        num_looked_at: paragraphs that are long enough.
        num_characters: of all texts.
    """

    documents: np.ndarray
    starts: np.ndarray
    stops: np.ndarray
    clusters: np.ndarray
    num_looked_at: int
    num_characters: int

    @property
    def is_copy(self) -> np.ndarray:
        """bool ``(paragraphs,)``: whether an equal one stands before."""
        later = np.ones(len(self.clusters), bool)
        later[np.unique(self.clusters, return_index=True)[1]] = False
        return later

    @property
    def share(self) -> float:
        """Characters of copies, of all characters, from 0 to 1."""
        copied = int((self.stops - self.starts)[self.is_copy].sum())
        return copied / self.num_characters if self.num_characters else 0.0

    def find_learnt(self, parts: np.ndarray) -> np.ndarray:
        """Say of each paragraph of another part whether it stands in the training part as well.

        What is judged is judged without these. A paragraph that a part's border cuts is in none.

        Args:
            parts: ``(paragraphs,)`` the number of each one's part; 0 is the training part.

        Returns:
            bool ``(paragraphs,)``.
        """
        learnt = np.isin(self.clusters, self.clusters[parts == 0])
        return learnt & (parts > 0)


def find_repeats(texts: Sequence[str] | np.ndarray, least: int = LEAST) -> Repeats:
    """Look for equal paragraphs, without regard to capitals, spaces, quotation marks and stops.

    Args:
        least: characters of a paragraph that is looked at.
    """
    numbers: dict[str, int] = {}
    found = []
    for document, text in enumerate(texts):
        for start, stop in cut_paragraphs(text):
            if stop - start < least:
                continue
            plain = normalise_text(text[start:stop])
            if len(plain) >= least:
                found.append((document, start, stop, numbers.setdefault(plain, len(numbers))))
    table = np.array(found, np.int64).reshape(-1, 4)
    counts = np.bincount(table[:, 3], minlength=1)
    several = table[counts[table[:, 3]] > 1]
    return Repeats(
        documents=several[:, 0],
        starts=several[:, 1],
        stops=several[:, 2],
        clusters=several[:, 3],
        num_looked_at=len(table),
        num_characters=sum(map(len, texts)),
    )


def cut_paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Yield where paragraphs begin and end: between blank lines, or lines where none is blank."""
    begin = 0
    ends = [(match.start(), match.end()) for match in _PARAGRAPH_END.finditer(text)]
    for stop, following in [*ends, (len(text), len(text))]:
        if stop - begin > _LONGEST_PARAGRAPH:
            yield from _cut_lines(text, begin, stop)
        elif stop > begin:
            yield begin, stop
        begin = following


def _cut_lines(text: str, begin: int, stop: int) -> Iterator[tuple[int, int]]:
    while begin < stop:
        end = text.find("\n", begin, stop)
        end = stop if end < 0 else end
        if end > begin:
            yield begin, end
        begin = end + 1
