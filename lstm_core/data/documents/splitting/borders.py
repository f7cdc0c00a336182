"""Where a text may be cut: between paragraphs, else lines, else sentences, else words."""

from __future__ import annotations

import re

_BORDERS = (
    re.compile(r"\n[^\S\n]*\n\s*"),
    re.compile(r"\n"),
    re.compile(r"[.!?。！？…][\"'”’»)]*\s+|[。！？]"),
    re.compile(r"\s+"),
)


def find_border(text: str, wanted: int, leeway: int) -> int:
    """Return the place nearest to the wanted one where a text is best cut.

    Args:
        wanted: where to cut, in characters.
        leeway: how far away the cut may be; a paragraph's end within it is better than a nearer
            end of a line.

    Returns:
        A place such that what is after it begins with a paragraph, a line, a sentence or a word;
        the wanted one where there is none of them.
    """
    low, high = max(0, wanted - leeway), min(len(text), wanted + leeway)
    for border in _BORDERS:
        # White space at the window's edge may go on outside of it: its end is looked for there.
        ends = [match.end() for match in border.finditer(text, low, high)]
        ends = [end for end in ends if 0 < end < len(text)]
        if ends:
            return min(ends, key=lambda end: abs(end - wanted))
    return min(max(wanted, 0), len(text))
