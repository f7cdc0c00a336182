"""The goldens on disk: JSON, and scripts as they were written."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "stored"
MACHINE = "machine.json"

_NUMBERS = re.compile(r"\[\n[-+0-9.eE,\s]+\]")
"""A line break stands in no text of JSON, so that this is never part of one."""


def to_json(content: Any) -> Any:
    """Return what comes back of content that was stored."""
    return json.loads(json.dumps(content, allow_nan=False))


def read_text(name: str) -> str:
    """Return a golden's text.

    Raises:
        FileNotFoundError: nobody has written it.
    """
    return (FOLDER / name).read_text(encoding="utf-8")


def read_json(name: str) -> Any:
    return json.loads(read_text(name))


def write_text(name: str, text: str) -> None:
    path = FOLDER / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def write_json(name: str, content: Any) -> None:
    """Write JSON that people can compare: an entry a line, a list of numbers on one."""
    text = json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False)
    text = _NUMBERS.sub(lambda found: " ".join(found[0].split()), text)
    write_text(name, f"{text}\n")
