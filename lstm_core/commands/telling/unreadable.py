"""What commands say of entries that this version can't read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lstm_core.commands.telling.output import make_printable
from lstm_core.runs.snapshots.unreadable import Unreadable


def print_unreadable(entries: Sequence[Unreadable]) -> None:
    """Print a line for each below those that can be read."""
    for entry in entries:
        line = f"{entry.id}  {entry.created_at:%Y-%m-%d %H:%M}  can't be read: {entry.reason}"
        print(make_printable(line))


def report_unreadable(entries: Sequence[Unreadable]) -> dict[str, Any]:
    """Return what ``--json`` prints of them; nothing where there are none."""
    found = [{"id": entry.id, "kind": entry.kind, "reason": entry.reason} for entry in entries]
    return {"unreadable": found} if found else {}
