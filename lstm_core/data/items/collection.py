"""``ItemCollection``: labelled sequences as they were brought, validated, nothing fitted."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import ClassVar

import numpy as np

from lstm_core.data.items.signals import Signals
from lstm_core.data.items.vectors import WordVectors
from lstm_core.errors import DataError
from lstm_core.spec.items import Alphabet, Content, ItemsDataSpec

_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{0,15})?")

PARTS = ("train", "validation", "test")
"""What a given split may say of an item; an item of which it says nothing has None."""


@dataclass(frozen=True)
class ItemCollection:
    """A sequence each, with a label where one is known.

    Arrays of objects hold ``str`` or, where a thing may be unknown, ``None``. All text is as it
    was given and hostile.

    Attributes:
        content: ``text``, ``numbers`` or ``symbols``.
        ids: ``(items,)``, unique.
        labels: ``(items,)``; None for an item whose label is not known.
        texts: ``(items,)`` for text and symbols, none of them empty.
        signals: for numbers, none of them empty.
        vectors: of the words of texts, learnt elsewhere.
        alphabet: for symbols: which letters they are.
        groups: ``(items,)``; the speaker, patient or document; an item without one has None.
        times: ``(items,)``, ``datetime64[ns]`` or float64; for a split in the order of time.
        parts: ``(items,)``, one of ``PARTS`` or None: the split that came with the data.
        source: ``file`` or ``sample``.
        name: the file's or the sample's name.
        roles: the name of the column or field that a label or a group comes from, by part.
        understood: how files were read, every part filled in that they have: what is read like
            them later is read so. None where there were no files.
        notes: what was read, repaired and left out, one sentence each, for the confirm card.
    """

    kind: ClassVar[str] = "items"

    content: Content
    ids: np.ndarray
    labels: np.ndarray
    texts: np.ndarray | None = None
    signals: Signals | None = None
    vectors: WordVectors | None = None
    alphabet: Alphabet | None = None
    groups: np.ndarray | None = None
    times: np.ndarray | None = None
    parts: np.ndarray | None = None
    source: str = "file"
    name: str = ""
    roles: tuple[tuple[str, str], ...] = ()
    understood: ItemsDataSpec | None = None
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if (self.texts is None) == (self.signals is None):
            raise ValueError("a collection holds texts or signals")
        if (self.content == "numbers") != (self.signals is not None):
            raise ValueError(f"{self.content} is not what this collection holds")
        columns = (self.labels, self.texts, self.groups, self.times, self.parts)
        counts = {len(column) for column in columns if column is not None}
        if self.signals is not None:
            counts.add(self.signals.num_items)
        if counts != {len(self.ids)}:
            raise ValueError("the parts of a collection have unequal lengths")
        if len(set(self.ids.tolist())) != len(self.ids):
            raise ValueError("two items have the same id")
        if self.parts is not None and not set(self.parts.tolist()) <= {*PARTS, None}:
            raise ValueError(f"a part is none of {', '.join(PARTS)}")

    @property
    def num_items(self) -> int:
        return len(self.ids)

    @cached_property
    def lengths(self) -> np.ndarray:
        """int64, ``(items,)``: steps of a signal, characters of a text or symbols."""
        if self.signals is not None:
            return self.signals.lengths
        assert self.texts is not None
        return np.fromiter(map(len, self.texts), dtype=np.int64, count=self.num_items)

    @cached_property
    def is_labelled(self) -> np.ndarray:
        """bool, ``(items,)``: whether the label is known."""
        return np.array([label is not None for label in self.labels], dtype=bool)

    @cached_property
    def label_counts(self) -> dict[str, int]:
        """How many items each label has, in the labels' own order; whole numbers by value."""
        known = [label for label in self.labels if label is not None]
        names, counts = np.unique(np.array(known, dtype=object), return_counts=True)
        found = dict(zip(names.tolist(), counts.tolist(), strict=True))
        return {name: found[name] for name in sort_labels(found)}

    @property
    def label_names(self) -> tuple[str, ...]:
        return tuple(self.label_counts)

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of all that the items hold: equal for equal content, whatever its name."""
        digest = hashlib.sha256()
        channels = self.signals.channels if self.signals is not None else None
        digest.update(json.dumps([self.content, self.alphabet, channels]).encode())
        for column in (self.ids, self.labels, self.texts, self.groups, self.parts):
            _add_strings(digest, column)
        if self.times is not None:
            digest.update(str(self.times.dtype).encode())
            digest.update(np.ascontiguousarray(self.times).tobytes())
        if self.vectors is not None:
            digest.update(json.dumps(self.vectors.words).encode())
            digest.update(np.ascontiguousarray(self.vectors.values).tobytes())
        if self.signals is not None:
            digest.update(np.ascontiguousarray(self.signals.lengths).tobytes())
            digest.update(np.ascontiguousarray(self.signals.values).tobytes())
        return digest.hexdigest()

    def get_item(self, number: int) -> str | np.ndarray:
        """Return one item: its text, or its rows ``(steps, channels)``."""
        if self.signals is not None:
            return self.signals.get_item(number)
        assert self.texts is not None
        return str(self.texts[number])

    def select(self, numbers: np.ndarray | Sequence[int]) -> ItemCollection:
        """Return these items, in this order, each at most once.

        Args:
            numbers: whole numbers, or a bool for each item.
        """
        chosen = np.asarray(numbers)
        chosen = np.flatnonzero(chosen) if chosen.dtype == bool else chosen.astype(np.int64)

        def take(column: np.ndarray | None) -> np.ndarray | None:
            return None if column is None else column[chosen]

        return replace(
            self,
            ids=self.ids[chosen],
            labels=self.labels[chosen],
            texts=take(self.texts),
            signals=None if self.signals is None else self.signals.select(chosen),
            groups=take(self.groups),
            times=take(self.times),
            parts=take(self.parts),
        )

    def concatenate(self, other: ItemCollection) -> ItemCollection:
        """Return the items of both; where an id occurs in both, the later one gets a number.

        Raises:
            DataError: they hold different things, or signals of different channels.
        """
        if (self.content, self.alphabet) != (other.content, other.alphabet):
            raise DataError(
                f"One part holds {self.alphabet or self.content}, another "
                f"{other.alphabet or other.content}.",
                "Bring items of one kind.",
            )
        return replace(
            self,
            ids=make_unique([*self.ids, *other.ids]),
            labels=np.concatenate([self.labels, other.labels]),
            texts=None
            if self.texts is None or other.texts is None
            else np.concatenate([self.texts, other.texts]),
            signals=None
            if self.signals is None or other.signals is None
            else self.signals.append(other.signals),
            groups=_join_optional(self.groups, other.groups, self.num_items, other.num_items),
            times=_join_optional(self.times, other.times, self.num_items, other.num_items),
            parts=_join_optional(self.parts, other.parts, self.num_items, other.num_items),
            notes=tuple(dict.fromkeys((*self.notes, *other.notes))),
        )


def as_objects(values: Sequence[str | None] | np.ndarray) -> np.ndarray:
    """Return an array of objects, ``(n,)``, also where all are strings."""
    column = np.empty(len(values), dtype=object)
    column[:] = values if isinstance(values, list) else list(values)
    return column


def make_unique(ids: Sequence[str]) -> np.ndarray:
    """Return the ids, each but the first of several equal ones with a number behind it."""
    taken = set(ids)
    seen: set[str] = set()
    counts: dict[str, int] = {}
    unique = []
    for name in ids:
        if name in seen:
            count = counts.get(name, 1) + 1
            while f"{name} ({count})" in taken:
                count += 1
            counts[name] = count
            name = f"{name} ({count})"
            taken.add(name)
        seen.add(name)
        unique.append(name)
    return as_objects(unique)


def sort_labels(names: Sequence[str] | dict[str, int]) -> list[str]:
    """Sort by name, labels that all are numbers by value."""
    if all(_NUMBER.fullmatch(name) for name in names):
        return sorted(names, key=lambda name: (float(name), name))
    return sorted(names)


def _join_optional(
    first: np.ndarray | None, second: np.ndarray | None, num_first: int, num_second: int
) -> np.ndarray | None:
    """Join two columns; where one part lacks it, its items have none.

    Dates and numbers have no common order: together they are no column at all.
    """
    if first is None and second is None:
        return None
    known = first if first is not None else second
    assert known is not None
    nothing = None if known.dtype == object else "NaT" if known.dtype.kind == "M" else np.nan
    if first is None:
        first = np.full(num_first, nothing, dtype=known.dtype)
    if second is None:
        second = np.full(num_second, nothing, dtype=known.dtype)
    if first.dtype != second.dtype:
        return None
    return np.concatenate([first, second])


def _add_strings(digest: hashlib._Hash, column: np.ndarray | None) -> None:
    if column is None:
        digest.update(b"none")
        return
    encoded = [None if each is None else each.encode("utf-8", "surrogatepass") for each in column]
    sizes = [-1 if each is None else len(each) for each in encoded]
    digest.update(np.array([len(sizes), *sizes], dtype=np.int64).tobytes())
    digest.update(b"".join(each for each in encoded if each is not None))
