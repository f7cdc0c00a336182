"""The kinds of collections, and how each becomes bytes and comes back; imported on demand.

A kind is a folder beside this module. A new one is a line in ``_FORMATS``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any, ClassVar, Protocol, cast

from lstm_core.errors import DataError

_FORMATS: Mapping[str, str] = {
    "series": "lstm_core.data.series.storing",
    "items": "lstm_core.data.items.storing",
    "tagged": "lstm_core.data.tagged.storing",
    "documents": "lstm_core.data.documents.storing",
    "pairs": "lstm_core.data.pairs.storing",
}
"""By kind, the module that is its ``CollectionFormat``."""


class Collection(Protocol):
    """What somebody brought to learn from, validated; nothing fitted.

    Attributes:
        kind: a key of this module's registry.
        fingerprint: SHA-256 of the content, whatever its name.
        source: where it comes from: ``csv``, ``sample`` and the like.
        name: as it was given (hostile text).
        notes: what was done to it, one sentence each.
    """

    kind: ClassVar[str]

    @property
    def fingerprint(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def notes(self) -> tuple[str, ...]: ...


@dataclass(frozen=True)
class Outline:
    """What lists say of a collection without reading it.

    Attributes:
        summary: one line: "Daily, 1,204 rows", "10,662 texts, 2 labels".
        num_items: its sequences: series, texts, signals.
        num_rows: steps of all of them together.
    """

    summary: str
    num_items: int
    num_rows: int


class CollectionFormat(Protocol):
    """How one kind is kept; a module is one."""

    def collection_to_bytes(self, collection: Any, /) -> bytes:
        """Return all that it holds."""

    def collection_from_bytes(self, content: bytes, /) -> Collection:
        """Read what ``collection_to_bytes`` wrote.

        Raises:
            DataError: the content is something else.
        """

    def outline_collection(self, collection: Any, /) -> Outline:
        """Say what lists need."""


def get_format(kind: str) -> CollectionFormat:
    """Return how a kind is kept.

    Raises:
        DataError: this version knows no such kind.
    """
    if kind not in _FORMATS:
        raise DataError(
            f'These data are a collection of the kind "{kind[:40]}", which this version of LSTM '
            "Studio does not know.",
            "Use the version that stored them, or choose others.",
        )
    return cast(CollectionFormat, import_module(_FORMATS[kind]))
