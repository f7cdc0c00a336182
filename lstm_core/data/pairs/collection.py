"""``PairCollection``: texts and what they are to be turned into, validated, nothing fitted."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import ClassVar

import numpy as np

from lstm_core.data.items.collection import PARTS
from lstm_core.spec.pairs import PairsDataSpec


@dataclass(frozen=True)
class PairCollection:
    """A text each, with its partner where one is known.

    Arrays of objects hold ``str`` or, where a thing may be unknown, ``None``. All text is as it
    was given and hostile.

    Attributes:
        ids: ``(pairs,)``, unique.
        sources: ``(pairs,)``, what is given, none of them empty.
        targets: ``(pairs,)``, what is wanted, none of them empty; None where it is not known.
        groups: ``(pairs,)``; the document or person; a pair without one has None.
        parts: ``(pairs,)``, ``train``, ``validation``, ``test`` or None: the given split.
        source: ``file`` or ``sample``. ``name``: the file's or the sample's.
        roles: the name of the column that a side or a group comes from, by part.
        understood: how files were read, every part filled in; None where there were no files.
        notes: what was read, mended and left out, one sentence each, for the confirm card.
    """

    kind: ClassVar[str] = "pairs"

    ids: np.ndarray
    sources: np.ndarray
    targets: np.ndarray
    groups: np.ndarray | None = None
    parts: np.ndarray | None = None
    source: str = "file"
    name: str = ""
    roles: tuple[tuple[str, str], ...] = ()
    understood: PairsDataSpec | None = None
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        columns = (self.sources, self.targets, self.groups, self.parts)
        if {len(column) for column in columns if column is not None} != {len(self.ids)}:
            raise ValueError("the parts of a collection have unequal lengths")
        if len(set(self.ids.tolist())) != len(self.ids):
            raise ValueError("two pairs have the same id")
        if not all(self.sources.tolist()) or "" in self.targets.tolist():
            raise ValueError("a side of a pair is empty")
        if self.parts is not None and not set(self.parts.tolist()) <= {*PARTS, None}:
            raise ValueError(f"a part is none of {', '.join(PARTS)}")

    @property
    def num_pairs(self) -> int:
        return len(self.ids)

    @cached_property
    def is_known(self) -> np.ndarray:
        """bool, ``(pairs,)``: whether what is wanted is known."""
        return np.array([target is not None for target in self.targets], dtype=bool)

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of all that the pairs hold: equal for equal content, whatever its name."""
        digest = hashlib.sha256()
        for column in (self.ids, self.sources, self.targets, self.groups, self.parts):
            texts = None if column is None else column.tolist()
            digest.update(json.dumps(texts).encode() + b"\n")
        return digest.hexdigest()

    def select(self, numbers: np.ndarray | Sequence[int]) -> PairCollection:
        """Return these pairs, in this order, each at most once.

        Args:
            numbers: whole numbers, or a bool for each pair.
        """
        chosen = np.asarray(numbers)
        chosen = np.flatnonzero(chosen) if chosen.dtype == bool else chosen.astype(np.int64)

        def take(column: np.ndarray | None) -> np.ndarray | None:
            return None if column is None else column[chosen]

        return replace(
            self,
            ids=self.ids[chosen],
            sources=self.sources[chosen],
            targets=self.targets[chosen],
            groups=take(self.groups),
            parts=take(self.parts),
        )
