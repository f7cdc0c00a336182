"""What a confirm card says about a collection of labelled sequences."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lstm_core.data.items.collection import PARTS, ItemCollection
from lstm_core.data.items.duplicates import count_repeated, find_conflicts, find_duplicates
from lstm_core.data.wording import count_words

_NOUNS = {"text": "text", "numbers": "signal", "symbols": "sequence"}
_ALPHABETS = {"dna": "DNA sequence", "rna": "RNA sequence", "protein": "protein sequence"}
_UNITS = {"text": "character", "numbers": "step", "symbols": "symbol"}


@dataclass(frozen=True)
class LabelCount:
    """``share`` is of all items whose label is known, from 0 to 1."""

    label: str
    num_items: int
    share: float


@dataclass(frozen=True)
class ItemsSummary:
    """A collection in words.

    Attributes:
        title: one line such as "10,662 texts, 2 labels, evenly spread".
        labels: how many items each has, the largest first.
        evenness: a sentence about how even the labels are; empty where none is known.
        lengths: a sentence about the shortest, the usual and the longest item.
        duplicates: a sentence about equal items; empty where there are none.
        conflicts: a sentence about equal items with different labels; empty where there are none.
        groups: a sentence about groups; empty where no column names any.
        given_split: a sentence about the split that came with the data; empty without one.
        notes: what was done to the files.
    """

    title: str
    num_items: int
    labels: tuple[LabelCount, ...]
    evenness: str
    lengths: str
    duplicates: str
    conflicts: str
    groups: str
    given_split: str
    notes: tuple[str, ...]


def describe_items(collection: ItemCollection, clusters: np.ndarray | None = None) -> ItemsSummary:
    """Return what a person should confirm before training.

    Args:
        clusters: of ``find_duplicates``, where they have been looked for already.
    """
    labels = _count_labels(collection)
    clusters = find_duplicates(collection) if clusters is None else clusters
    noun = name_items(collection)
    return ItemsSummary(
        title=title_items(collection),
        num_items=collection.num_items,
        labels=labels,
        evenness=_describe_evenness(labels),
        lengths=_describe_lengths(collection),
        duplicates=_describe_duplicates(clusters, noun),
        conflicts=_describe_conflicts(collection, clusters),
        groups=_describe_groups(collection),
        given_split=_describe_split(collection),
        notes=collection.notes,
    )


def title_items(collection: ItemCollection) -> str:
    """Return one line: how many items, how many labels, and how even these are."""
    labels = _count_labels(collection)
    parts = [count_words(collection.num_items, name_items(collection))]
    if labels:
        parts += [count_words(len(labels), "label"), _judge_evenness(labels)]
    return ", ".join(parts)


def name_items(collection: ItemCollection) -> str:
    """Return what one item is called: text, signal, DNA sequence."""
    return _ALPHABETS.get(collection.alphabet or "", _NOUNS[collection.content])


def _count_labels(collection: ItemCollection) -> tuple[LabelCount, ...]:
    counts = collection.label_counts
    total = sum(counts.values())
    return tuple(
        LabelCount(label, count, count / total)
        for label, count in sorted(counts.items(), key=lambda each: -each[1])
    )


def _judge_evenness(labels: tuple[LabelCount, ...]) -> str:
    ratio = labels[0].num_items / labels[-1].num_items
    return "evenly spread" if ratio <= 1.5 else "unevenly spread" if ratio <= 5 else "very uneven"


def _describe_evenness(labels: tuple[LabelCount, ...]) -> str:
    if not labels:
        return ""
    if len(labels) == 1:
        return f'All items have the label "{labels[0].label[:40]}".'
    most, fewest = labels[0], labels[-1]
    if most.num_items == fewest.num_items:
        return f"Each label has {count_words(most.num_items, 'item')}."
    return (
        f'The most frequent label, "{most.label[:40]}", has {most.num_items:,} items '
        f'({most.share:.0%}), the rarest, "{fewest.label[:40]}", {fewest.num_items:,} '
        f"({fewest.share:.1%})."
    )


def _describe_lengths(collection: ItemCollection) -> str:
    unit = _UNITS[collection.content]
    lengths = collection.lengths
    if not len(lengths):
        return ""
    shortest, usual, longest = int(lengths.min()), int(np.median(lengths)), int(lengths.max())
    if shortest == longest:
        words = f"All have {count_words(longest, unit)}"
    else:
        words = f"{shortest:,} to {count_words(longest, unit)}, usually about {usual:,}"
    if collection.signals is not None:
        words += f"; {count_words(len(collection.signals.channels), 'channel')}"
    return f"{words}."


def _describe_duplicates(clusters: np.ndarray, noun: str) -> str:
    num_repeated = count_repeated(clusters)
    if not num_repeated:
        return ""
    num_different = int((np.bincount(clusters) > 1).sum())
    return f"{num_repeated:,} {noun}s are copies of each other ({num_different:,} different ones)."


def _describe_conflicts(collection: ItemCollection, clusters: np.ndarray) -> str:
    conflicts = find_conflicts(collection, clusters)
    if not conflicts:
        return ""
    example = " and ".join(f'"{label[:40]}"' for label in dict.fromkeys(conflicts[0].labels))
    return (
        f"{count_words(len(conflicts), 'item')} occur{'s' if len(conflicts) == 1 else ''} with "
        f"different labels, such as {example}: no model can get all of these right."
    )


def _describe_groups(collection: ItemCollection) -> str:
    if collection.groups is None:
        return ""
    names = {group for group in collection.groups if group is not None}
    column = dict(collection.roles).get("group")
    told = f' in the column "{column[:40]}"' if column else ""
    return f"{count_words(len(names), 'group')}{told}."


def _describe_split(collection: ItemCollection) -> str:
    if collection.parts is None:
        return ""
    counts = {part: int((collection.parts == part).sum()) for part in PARTS}
    shown = ", ".join(f"{part} {count:,}" for part, count in counts.items() if count)
    return f"The data say themselves what is kept apart: {shown}."
