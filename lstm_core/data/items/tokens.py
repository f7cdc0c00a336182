"""A text or a sequence of symbols, cut into what its steps are."""

from __future__ import annotations

import re

WORD = re.compile(r"\w+(?:['\u2019]\w+)*|[^\w\s]")
"""A word with what is joined to it by apostrophes, or a single mark."""


def cut_words(text: str) -> list[str]:
    """Return a text's words and marks, in small letters."""
    return [word.lower() for word in WORD.findall(text)]


def cut_characters(text: str) -> list[str]:
    """Return a text's characters; spaces of any kind and number are one space."""
    return list(" ".join(text.split()))


def cut_kmers(text: str, size: int) -> list[str]:
    """Return each ``size`` characters in a row, one place apart; the whole of a shorter text."""
    return [text[place : place + size] for place in range(max(1, len(text) - size + 1))]
