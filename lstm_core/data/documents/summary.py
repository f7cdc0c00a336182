"""What a confirm card says about running texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lstm_core.data.documents.collection import DocumentCollection
from lstm_core.data.documents.repeats import Repeats, find_repeats
from lstm_core.data.documents.scripts import RIGHT_TO_LEFT, list_scripts, measure_scripts
from lstm_core.data.items.collection import PARTS
from lstm_core.data.wording import count_words
from lstm_core.ratios import say_percent

LITTLE = 50_000
"""Characters; from fewer, a network learns how words are spelt and little more."""


@dataclass(frozen=True)
class SignCounts:
    """How often each sign occurs in all texts together."""

    counts: dict[str, int]

    @property
    def num_signs(self) -> int:
        return len(self.counts)


@dataclass(frozen=True)
class DocumentsSummary:
    """Running texts in words.

    Attributes:
        title: one line such as "1 text of 1,115,394 characters, 65 different signs".
        num_signs: different ones.
        signs: a sentence about the scripts; empty where there are no letters.
        lengths: a sentence about the shortest, the usual and the longest text; empty for one.
        lines: a sentence about lines.
        repeated: a sentence about paragraphs that occur again; empty where none does.
        little: a sentence where the texts are short for learning; empty else.
        groups: a sentence about authors or books; empty where none are named.
        given_split: a sentence about the split that came with the data; empty without one.
        notes: what was done to the files.
    """

    title: str
    num_documents: int
    num_characters: int
    num_signs: int
    signs: str
    lengths: str
    lines: str
    repeated: str
    little: str
    groups: str
    given_split: str
    notes: tuple[str, ...]


def describe_documents(
    collection: DocumentCollection, repeats: Repeats | None = None
) -> DocumentsSummary:
    """Return what a person should confirm before training.

    Args:
        repeats: of ``find_repeats``, where they have been looked for already.
    """
    counted = count_signs(collection.texts)
    repeats = find_repeats(collection.texts) if repeats is None else repeats
    return DocumentsSummary(
        title=_title(collection, counted.num_signs),
        num_documents=collection.num_documents,
        num_characters=collection.num_characters,
        num_signs=counted.num_signs,
        signs=_describe_scripts(counted),
        lengths=_describe_lengths(collection),
        lines=_describe_lines(collection.texts),
        repeated=describe_repeats(repeats),
        little=_describe_little(collection.num_characters),
        groups=_describe_groups(collection),
        given_split=_describe_split(collection),
        notes=collection.notes,
    )


def title_documents(collection: DocumentCollection) -> str:
    """Return one line: how many texts, how long they are, how many signs they are made of."""
    return _title(collection, count_signs(collection.texts).num_signs)


def count_signs(texts: Sequence[str] | np.ndarray) -> SignCounts:
    """Count every code point."""
    counts: Counter[str] = Counter()
    for text in texts:
        points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
        found, times = np.unique(points, return_counts=True)
        counts.update(dict(zip(map(chr, found.tolist()), times.tolist(), strict=True)))
    return SignCounts(dict(counts))


def describe_repeats(repeats: Repeats) -> str:
    """Say how much of the texts is said twice; empty where nothing is."""
    num_copies = int(repeats.is_copy.sum())
    if not num_copies:
        return ""
    return (
        f"{count_words(num_copies, 'paragraph')} of {repeats.num_looked_at:,} longer ones "
        f"{'repeats' if num_copies == 1 else 'repeat'} an earlier one "
        f"({say_percent(repeats.share)} of the text): a copy of what was learnt is not judged by."
    )


def _title(collection: DocumentCollection, num_signs: int) -> str:
    characters = count_words(collection.num_characters, "character")
    joined = "of" if collection.num_documents == 1 else "with"
    return (
        f"{count_words(collection.num_documents, 'text')} {joined} {characters}, "
        f"{count_words(num_signs, 'different sign')}"
    )


def _describe_scripts(counted: SignCounts) -> str:
    shares = measure_scripts(counted.counts)
    names = list_scripts(shares)
    if not names:
        return ""
    if len(names) == 1:
        words = f"Its letters are {names[0]}"
    else:
        told = [f"{name} ({say_percent(shares[name])})" for name in names[:4]]
        words = f"Its letters are {', '.join(told[:-1])} and {told[-1]}"
    from_right = any(name in RIGHT_TO_LEFT for name in names)
    return f"{words}, written from right to left." if from_right else f"{words}."


def _describe_lengths(collection: DocumentCollection) -> str:
    if collection.num_documents == 1:
        return ""
    lengths = collection.lengths
    shortest, usual, longest = int(lengths.min()), int(np.median(lengths)), int(lengths.max())
    if shortest == longest:
        return f"Each has {count_words(longest, 'character')}."
    return (
        f"The texts have {shortest:,} to {count_words(longest, 'character')}, usually about "
        f"{usual:,}."
    )


def _describe_lines(texts: Sequence[str] | np.ndarray) -> str:
    lengths = np.array([len(line) for text in texts for line in text.split("\n") if line.strip()])
    if len(lengths) < 2:
        return "All of it is one line."
    usual, longest = int(np.median(lengths)), int(lengths.max())
    return (
        f"{count_words(len(lengths), 'line')} that are not blank, usually about "
        f"{count_words(usual, 'character')}, the longest {longest:,}."
    )


def _describe_little(num_characters: int) -> str:
    if num_characters >= LITTLE:
        return ""
    return (
        f"{count_words(num_characters, 'character')} are little: a model learns to spell from "
        f"them, hardly to write. {LITTLE:,} are a beginning, a million is good."
    )


def _describe_groups(collection: DocumentCollection) -> str:
    if collection.groups is None:
        return ""
    names = {group for group in collection.groups if group is not None}
    column = dict(collection.roles).get("group")
    told = f' by "{column[:40]}"' if column else ""
    return f"{count_words(len(names), 'group')}{told}."


def _describe_split(collection: DocumentCollection) -> str:
    if collection.parts is None:
        return ""
    counts = {part: int((collection.parts == part).sum()) for part in PARTS}
    shown = ", ".join(f"{part} {count:,}" for part, count in counts.items() if count)
    return f"The data say themselves what is kept apart: {shown}."
