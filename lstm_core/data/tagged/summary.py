"""What a confirm card says about a collection of tagged sequences."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from lstm_core.data.items.collection import PARTS
from lstm_core.data.tagged.collection import TaggedCollection
from lstm_core.data.tagged.entities import OUTSIDE, find_entities
from lstm_core.data.wording import count_words

_NOUNS = {"words": "sentence", "numbers": "recording"}
_PIECES = {"words": "sentence", "numbers": "piece"}
_STEPS = {"words": "word", "numbers": "step"}


@dataclass(frozen=True)
class TagCount:
    """A type of entity, or a plain tag.

    Attributes:
        name: hostile text.
        count: entities of that type, or steps with that tag.
        share: of all entities, or of all steps whose tag is known, from 0 to 1.
    """

    name: str
    count: int
    share: float


@dataclass(frozen=True)
class TaggedSummary:
    """A collection in words.

    Attributes:
        title: one line such as "5,432 sentences, 135,701 words, 1 type of entity".
        counts: of each type or tag, the most frequent first.
        num_entities: entities in all; 0 where tags are plain.
        evenness: a sentence about the most frequent and the rarest; empty where none is known.
        outside: a sentence about how much is no entity; empty for plain tags.
        lengths: a sentence about the shortest, the usual and the longest sequence.
        repeated: a sentence about equal sequences; empty where there are none.
        conflicts: a sentence about equal sequences that are tagged differently; empty likewise.
        groups: a sentence about documents or persons; empty where none are named.
        given_split: a sentence about the split that came with the data; empty without one.
        notes: what was done to the files.
    """

    title: str
    num_sequences: int
    num_steps: int
    counts: tuple[TagCount, ...]
    num_entities: int
    evenness: str
    outside: str
    lengths: str
    repeated: str
    conflicts: str
    groups: str
    given_split: str
    notes: tuple[str, ...]


def describe_tagged(collection: TaggedCollection) -> TaggedSummary:
    """Return what a person should confirm before training."""
    counts = count_types(collection)
    repeated, conflicts = _describe_repeated(collection)
    is_bio = collection.scheme == "bio"
    return TaggedSummary(
        title=title_tagged(collection),
        num_sequences=collection.num_sequences,
        num_steps=collection.num_steps,
        counts=counts,
        num_entities=sum(each.count for each in counts) if is_bio else 0,
        evenness=_describe_evenness(counts, is_bio),
        outside=_describe_outside(collection),
        lengths=_describe_lengths(collection),
        repeated=repeated,
        conflicts=conflicts,
        groups=_describe_groups(collection),
        given_split=_describe_split(collection),
        notes=collection.notes,
    )


def title_tagged(collection: TaggedCollection) -> str:
    """Return one line: how many sequences and steps, and how many types or tags."""
    parts = [
        count_words(collection.num_sequences, name_sequence(collection)),
        count_words(collection.num_steps, _STEPS[collection.content]),
    ]
    num_types = len(collection.types)
    if num_types and collection.scheme == "bio":
        parts.append(f"{count_words(num_types, 'type')} of entity")
    elif num_types:
        parts.append(count_words(num_types, "tag"))
    return ", ".join(parts)


def name_sequence(collection: TaggedCollection) -> str:
    """Return what one sequence is called: sentence, recording, or piece of one."""
    nouns = _NOUNS if collection.times is None else _PIECES
    return nouns[collection.content]


def count_types(collection: TaggedCollection) -> tuple[TagCount, ...]:
    """Return how many entities of each type there are, or steps with each plain tag."""
    if collection.scheme == "bio":
        counts = Counter(
            entity.type
            for number in np.flatnonzero(collection.is_tagged)
            for entity in find_entities(collection.get_tags(int(number)))
        )
    else:
        counts = Counter(collection.tag_counts)
    total = max(1, sum(counts.values()))
    return tuple(
        TagCount(name, count, count / total)
        for name, count in sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    )


def _describe_evenness(counts: tuple[TagCount, ...], is_bio: bool) -> str:
    if not counts:
        return ""
    noun = "entity" if is_bio else "step"
    most, fewest = counts[0], counts[-1]
    if len(counts) == 1:
        return f'All {most.count:,} entities are of the type "{most.name[:40]}".'
    kind = "type" if is_bio else "tag"
    return (
        f'The most frequent {kind}, "{most.name[:40]}", has {_count(most.count, noun)} '
        f'({most.share:.0%}), the rarest, "{fewest.name[:40]}", {fewest.count:,} '
        f"({fewest.share:.1%})."
    )


def _describe_outside(collection: TaggedCollection) -> str:
    if collection.scheme != "bio" or not collection.tag_counts:
        return ""
    share = collection.tag_counts.get(OUTSIDE, 0) / sum(collection.tag_counts.values())
    return f"{share:.0%} of the {_STEPS[collection.content]}s belong to no entity."


def _describe_lengths(collection: TaggedCollection) -> str:
    unit, lengths = _STEPS[collection.content], collection.lengths
    if not len(lengths):
        return ""
    shortest, usual, longest = int(lengths.min()), int(np.median(lengths)), int(lengths.max())
    if shortest == longest:
        words = f"All have {count_words(longest, unit)}"
    else:
        words = f"{shortest:,} to {count_words(longest, unit)}, usually about {usual:,}"
    if collection.signals is not None:
        words += f"; {count_words(len(collection.channels), 'channel')}"
    return f"{words}."


def _describe_repeated(collection: TaggedCollection) -> tuple[str, str]:
    """Say how many sequences are copies of each other, and how many of these disagree."""
    if collection.words is None:
        return "", ""
    seen: dict[tuple[str, ...], list[int]] = {}
    for number in range(collection.num_sequences):
        seen.setdefault(tuple(collection.get_words(number)), []).append(number)
    copies = [numbers for numbers in seen.values() if len(numbers) > 1]
    if not copies:
        return "", ""
    noun = name_sequence(collection)
    num_copies = sum(map(len, copies))
    repeated = f"{num_copies:,} {noun}s are copies of each other ({len(copies):,} different ones)."
    mixed = [
        numbers
        for numbers in copies
        if len({tuple(tags) for n in numbers if (tags := collection.get_tags(n))}) > 1
    ]
    if not mixed:
        return repeated, ""
    example = " ".join(collection.get_words(mixed[0][0]))[:60]
    return repeated, (
        f"{count_words(len(mixed), noun)} occur{'s' if len(mixed) == 1 else ''} with different "
        f'tags, such as "{example}": no model can get all of these right.'
    )


def _describe_groups(collection: TaggedCollection) -> str:
    if collection.groups is None:
        return ""
    names = {group for group in collection.groups if group is not None}
    column = dict(collection.roles).get("group")
    told = f' in the column "{column[:40]}"' if column else ""
    return f"{count_words(len(names), 'group')}{told}."


def _describe_split(collection: TaggedCollection) -> str:
    if collection.parts is None:
        return ""
    counts = {part: int((collection.parts == part).sum()) for part in PARTS}
    shown = ", ".join(f"{part} {count:,}" for part, count in counts.items() if count)
    return f"The data say themselves what is kept apart: {shown}."


def _count(count: int, noun: str) -> str:
    return count_words(count, noun).replace("entitys", "entities")
