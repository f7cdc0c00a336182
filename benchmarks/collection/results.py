"""What was measured, a JSON line a run: the file that a stopped measurement goes on from."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

Line = dict[str, Any]


class Results:
    """The file of measured runs; each line is on disk before the next run begins."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lines: dict[str, Line] = {}
        if path.exists():
            for line in path.read_text().splitlines():
                self._take(line)

    def _take(self, text: str) -> None:
        """Take a line in; one that was cut off when its writer ended is measured again."""
        try:
            line = json.loads(text)
        except json.JSONDecodeError:
            return
        self._lines[line["key"]] = line

    def has(self, key: str) -> bool:
        """Whether a run came to a result; one that failed is tried again."""
        return "mase" in self._lines.get(key, {})

    def add(self, line: Line) -> None:
        self._lines[line["key"]] = line
        self._path.parent.mkdir(parents=True, exist_ok=True)
        is_whole = not self._path.exists() or self._path.read_bytes()[-1:] in (b"", b"\n")
        with self._path.open("a") as file:
            file.write(("" if is_whole else "\n") + json.dumps(line) + "\n")

    def pick(self, keys: Sequence[str]) -> list[Line]:
        """Return the lines of these runs, as far as they were made."""
        return [self._lines[key] for key in keys if key in self._lines]
