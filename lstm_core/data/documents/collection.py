"""``DocumentCollection``: running texts as they were brought, validated, nothing fitted."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import ClassVar

import numpy as np

from lstm_core.data.items.collection import PARTS
from lstm_core.spec.documents import DocumentsDataSpec


@dataclass(frozen=True)
class DocumentCollection:
    """One long text, or many shorter ones, that nothing is known of but what they say.

    Arrays of objects hold ``str`` or, where a thing may be unknown, ``None``. All text is as it
    was given and hostile, with ``\\n`` between lines and letters composed (NFC).

    Attributes:
        ids: ``(documents,)``, unique.
        texts: ``(documents,)``, none of them empty.
        groups: ``(documents,)``; the author or book; a document without one has None.
        parts: ``(documents,)``, ``train``, ``validation``, ``test`` or None: the given split.
        source: ``file`` or ``sample``. ``name``: the file's or the sample's.
        roles: the name of the column that a text or a group comes from, by part.
        understood: how files were read, every part filled in; None where there were no files.
        notes: what was read, repaired and left out, one sentence each, for the confirm card.
    """

    kind: ClassVar[str] = "documents"

    ids: np.ndarray
    texts: np.ndarray
    groups: np.ndarray | None = None
    parts: np.ndarray | None = None
    source: str = "file"
    name: str = ""
    roles: tuple[tuple[str, str], ...] = ()
    understood: DocumentsDataSpec | None = None
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        columns = (self.texts, self.groups, self.parts)
        if {len(column) for column in columns if column is not None} != {len(self.ids)}:
            raise ValueError("the parts of a collection have unequal lengths")
        if len(set(self.ids.tolist())) != len(self.ids):
            raise ValueError("two documents have the same id")
        if not all(isinstance(text, str) and text for text in self.texts):
            raise ValueError("a document is empty")
        if self.parts is not None and not set(self.parts.tolist()) <= {*PARTS, None}:
            raise ValueError(f"a part is none of {', '.join(PARTS)}")

    @property
    def num_documents(self) -> int:
        return len(self.ids)

    @cached_property
    def lengths(self) -> np.ndarray:
        """int64, ``(documents,)``: characters of each."""
        return np.fromiter(map(len, self.texts), dtype=np.int64, count=self.num_documents)

    @property
    def num_characters(self) -> int:
        return int(self.lengths.sum())

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of all that the documents hold: equal for equal content, whatever its name."""
        digest = hashlib.sha256()
        for column in (self.ids, self.texts, self.groups, self.parts):
            texts = None if column is None else column.tolist()
            digest.update(json.dumps(texts).encode() + b"\n")
        return digest.hexdigest()

    def select(self, numbers: np.ndarray | Sequence[int]) -> DocumentCollection:
        """Return these documents, in this order, each at most once.

        Args:
            numbers: whole numbers, or a bool for each document.
        """
        chosen = np.asarray(numbers)
        chosen = np.flatnonzero(chosen) if chosen.dtype == bool else chosen.astype(np.int64)

        def take(column: np.ndarray | None) -> np.ndarray | None:
            return None if column is None else column[chosen]

        return replace(
            self,
            ids=self.ids[chosen],
            texts=self.texts[chosen],
            groups=take(self.groups),
            parts=take(self.parts),
        )
