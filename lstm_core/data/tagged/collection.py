"""``TaggedCollection``: sequences with a tag for each step, validated, nothing fitted."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import ClassVar

import numpy as np

from lstm_core.data.items.collection import PARTS
from lstm_core.data.items.signals import Signals
from lstm_core.data.tagged.entities import Scheme, list_types
from lstm_core.spec.tagged import StepContent, TaggedDataSpec


@dataclass(frozen=True)
class TaggedCollection:
    """Sequences of words, or of rows of numbers, and what each step is.

    Steps of all sequences lie one behind another. Arrays of objects hold ``str`` or, where a thing
    may be unknown, ``None``. All text is as it was given and hostile.

    Attributes:
        content: ``words`` or ``numbers``.
        scheme: ``bio`` where tags mark entities, in BIO whatever they came in; ``plain`` else.
        ids: ``(sequences,)``, unique.
        tags: ``(steps,)``; of one sequence all are known, or none is.
        words: ``(steps,)`` for words, none of them empty.
        signals: for numbers: the sequences' rows.
        sizes: int64 ``(sequences,)`` for words: how many each has, at least one.
        groups: ``(sequences,)``; the document or person; a sequence without one has None.
        times: float64 ``(sequences,)``: their order, where the newest are to be kept apart.
        parts: ``(sequences,)``, ``train``, ``validation``, ``test`` or None: the given split.
        source: ``file`` or ``sample``. ``name``: the file's or the sample's.
        roles: the name of the column that a tag or a group comes from, by part.
        understood: how files were read, every part filled in; None where there were no files.
        notes: what was read, repaired and left out, one sentence each, for the confirm card.
    """

    kind: ClassVar[str] = "tagged"

    content: StepContent
    scheme: Scheme
    ids: np.ndarray
    tags: np.ndarray
    words: np.ndarray | None = None
    sizes: np.ndarray | None = None
    signals: Signals | None = None
    groups: np.ndarray | None = None
    times: np.ndarray | None = None
    parts: np.ndarray | None = None
    source: str = "file"
    name: str = ""
    roles: tuple[tuple[str, str], ...] = ()
    understood: TaggedDataSpec | None = None
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if (self.words is None) == (self.signals is None) or (self.content == "numbers") != (
            self.signals is not None
        ):
            raise ValueError(f"{self.content} is not what this collection holds")
        if (self.words is None) != (self.sizes is None):
            raise ValueError("words need the sizes of their sequences")
        if self.words is not None and len(self.words) != len(self.tags):
            raise ValueError("words and tags differ in number")
        if len(self.tags) != int(self.lengths.sum()) or (self.lengths < 1).any():
            raise ValueError("the lengths of the sequences don't fit their steps")
        columns = (self.lengths, self.groups, self.times, self.parts)
        if {len(column) for column in columns if column is not None} != {len(self.ids)}:
            raise ValueError("the parts of a collection have unequal lengths")
        if len(set(self.ids.tolist())) != len(self.ids):
            raise ValueError("two sequences have the same id")
        if self.parts is not None and not set(self.parts.tolist()) <= {*PARTS, None}:
            raise ValueError(f"a part is none of {', '.join(PARTS)}")
        known = np.array([tag is not None for tag in self.tags], dtype=np.int64)
        counts = np.add.reduceat(known, self.starts) if len(known) else known
        if not ((counts == 0) | (counts == self.lengths)).all():
            raise ValueError("some tags of a sequence are known and others are not")

    @property
    def num_sequences(self) -> int:
        return len(self.ids)

    @property
    def num_steps(self) -> int:
        return len(self.tags)

    @property
    def channels(self) -> tuple[str, ...]:
        """Names of the columns of numbers; none for words."""
        return () if self.signals is None else self.signals.channels

    @property
    def lengths(self) -> np.ndarray:
        """int64, ``(sequences,)``: steps of each."""
        if self.signals is not None:
            return self.signals.lengths
        assert self.sizes is not None
        return self.sizes

    @cached_property
    def starts(self) -> np.ndarray:
        """int64, ``(sequences,)``: where each begins among all steps."""
        starts: np.ndarray = np.cumsum(self.lengths) - self.lengths
        return starts

    @cached_property
    def is_tagged(self) -> np.ndarray:
        """bool, ``(sequences,)``: whether its tags are known."""
        return np.array([self.tags[start] is not None for start in self.starts], dtype=bool)

    @cached_property
    def tag_counts(self) -> dict[str, int]:
        """How many steps have each tag, in the tags' own order."""
        return dict(sorted(Counter(tag for tag in self.tags if tag is not None).items()))

    @property
    def types(self) -> list[str]:
        """The types of entities; of plain tags, the tags themselves."""
        return list_types(list(self.tag_counts)) if self.scheme == "bio" else [*self.tag_counts]

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of all that the sequences hold: equal for equal content, whatever its name."""
        digest = hashlib.sha256()
        about = [self.content, self.scheme, self.channels]
        digest.update(json.dumps(about).encode())
        for column in (self.ids, self.tags, self.words, self.groups, self.parts):
            texts = None if column is None else column.tolist()
            digest.update(json.dumps(texts).encode() + b"\n")
        digest.update(np.ascontiguousarray(self.lengths, np.int64).tobytes())
        if self.times is not None:
            digest.update(np.ascontiguousarray(self.times, np.float64).tobytes())
        if self.signals is not None:
            digest.update(np.ascontiguousarray(self.signals.values).tobytes())
        return digest.hexdigest()

    def find_steps(self, number: int) -> slice:
        """Return where one sequence lies among all steps."""
        start = int(self.starts[number])
        return slice(start, start + int(self.lengths[number]))

    def get_words(self, number: int) -> list[str]:
        """Return the words of one sequence."""
        assert self.words is not None
        return [str(word) for word in self.words[self.find_steps(number)]]

    def get_tags(self, number: int) -> list[str]:
        """Return the tags of one sequence; empty where they aren't known."""
        return [str(tag) for tag in self.tags[self.find_steps(number)] if tag is not None]

    def select(self, numbers: np.ndarray | Sequence[int]) -> TaggedCollection:
        """Return these sequences, in this order, each at most once.

        Args:
            numbers: whole numbers, or a bool for each sequence.
        """
        chosen = np.asarray(numbers)
        chosen = np.flatnonzero(chosen) if chosen.dtype == bool else chosen.astype(np.int64)
        lengths = self.lengths[chosen]
        within = np.arange(int(lengths.sum())) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        steps = np.repeat(self.starts[chosen], lengths) + within

        def take(column: np.ndarray | None) -> np.ndarray | None:
            return None if column is None else column[chosen]

        return replace(
            self,
            ids=self.ids[chosen],
            tags=self.tags[steps],
            words=None if self.words is None else self.words[steps],
            sizes=take(self.sizes),
            signals=None if self.signals is None else self.signals.select(chosen),
            groups=take(self.groups),
            times=take(self.times),
            parts=take(self.parts),
        )
