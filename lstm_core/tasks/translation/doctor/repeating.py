"""What a text says again and again."""

from __future__ import annotations

import re

_WORDS = re.compile(r"(?P<again>\b\w[^\n]{0,60}?)(?:\W+(?P=again)\b){2,}")
_SIGNS = re.compile(r"(?P<again>\S{2,20}?)(?P=again){3,}")
_MOST = 2_000


def find_repeated(text: str) -> str:
    """Return words that follow themselves three times or more, or signs that do so four times;
    empty where there are none."""
    shown = text[:_MOST]
    found = _WORDS.search(shown) or _SIGNS.search(shown)
    return found["again"] if found else ""
