"""An entry that this version does not understand: refused where it is asked for, named in lists.

It was damaged, or a newer version wrote it. Nothing else may suffer from that: a list holds what
can be read, and says what is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from lstm_core.errors import NewerVersionError, StudioError


@dataclass(frozen=True)
class Unreadable:
    """An entry of the record that can't be read; whoever deletes it needs no more than this.

    Attributes:
        kind: what it is of: ``"run"``, ``"race"``, ``"search"`` and so on.
        id: of the entry.
        created_at: UTC, aware.
        is_newer: whether a newer version made it, so that nothing is wrong with it.
        reason: why, in a sentence; names from files may be in it.
    """

    kind: str
    id: str
    created_at: datetime
    is_newer: bool
    reason: str

    @property
    def title(self) -> str:
        return f"{self.kind.capitalize()} {self.id} can't be read"


class UnreadableError(StudioError):
    """An entry of the record that this version does not understand."""

    def __init__(self, entry: Unreadable) -> None:
        self.entry = entry
        super().__init__(
            f"{entry.title}: {entry.reason}",
            "Use that version to look at it, or delete it."
            if entry.is_newer
            else "It was damaged, or another version wrote it: use that version, restore a "
            "backup, or delete the entry.",
        )


@contextmanager
def unreadable_told(kind: str, entry_id: str, created_at: datetime) -> Iterator[None]:
    """Raise ``UnreadableError`` for whatever goes wrong while a row is read in the block."""
    try:
        yield
    except (StudioError, ValueError, LookupError, TypeError, AttributeError) as error:
        is_newer = isinstance(error, NewerVersionError)
        reason = "a newer version of LSTM Studio made it." if is_newer else _say(error)
        entry = Unreadable(kind, entry_id, created_at, is_newer, reason)
        raise UnreadableError(entry) from error


def _say(error: Exception) -> str:
    if isinstance(error, StudioError):
        return error.what
    if isinstance(error, ValueError):
        return f"{error}."
    return "something else stands in it than belongs there."
