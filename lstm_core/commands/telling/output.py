"""What commands print: one JSON object, or tables; never anything else on stdout."""

from __future__ import annotations

import json
import math
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from lstm_core.data.bringing import find_bringing
from lstm_core.data.collections import Collection


@contextmanager
def stdout_to_stderr() -> Iterator[None]:
    """Send what libraries print, in Python or below it, to stderr."""
    sys.stdout.flush()
    kept = os.dup(1)
    os.dup2(2, 1)
    try:
        yield
    finally:
        sys.stdout.flush()
        os.dup2(kept, 1)
        os.close(kept)


def make_printable(text: str) -> str:
    """Blank out what moves a terminal's cursor or colours it: names in files may hold anything."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def print_json(content: dict[str, Any]) -> None:
    """Print one JSON object; what is not a number is null, and a terminal gets plain letters."""
    is_seen = sys.stdout.isatty()
    print(json.dumps(_make_plain(content), ensure_ascii=is_seen, allow_nan=False))


def print_csv(text: str) -> None:
    """Print a table: as it is for a file or a program, and harmless for a terminal."""
    if sys.stdout.isatty():
        text = "".join(f"{make_printable(line)}\n" for line in text.split("\n")[:-1])
    sys.stdout.write(text)


def print_text(text: str) -> None:
    """Print what a model has written, at once: as it is, and harmless for a terminal."""
    if sys.stdout.isatty():
        text = "\n".join(map(make_printable, text.split("\n")))
    sys.stdout.write(text.encode("utf-8", "replace").decode())
    sys.stdout.flush()


def print_collection(collection: Collection, notes: Sequence[str] = (), *, then: str = "") -> None:
    """Say on stderr what was read, and what was done to it; ``then`` ends the first line."""
    told = find_bringing(collection.kind).describe(collection)
    for line in (f"{told.title}{then}", *(f"  {note}" for note in (*told.notes, *notes))):
        print(make_printable(line), file=sys.stderr)


def _make_plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _make_plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_make_plain(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
