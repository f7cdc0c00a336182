"""Running text cut into words, marks and white space; joined, they are the text.

A word is letters, digits and the marks upon them, with what apostrophes join to it. Each sign of
Chinese or Japanese is one, and so is an emoji with its joiners.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_HIGHEST_MARK = 0x1F000
_VARIANTS = "\U000e0100-\U000e01ef\U0001f3fb-\U0001f3ff"
IDEOGRAPHS = (
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af\u3040-\u309f\u30a0-\u30ff"
)
_IS_WORD = re.compile(r"\w")
_IS_IDEOGRAPH = re.compile(f"[{IDEOGRAPHS}]")


@lru_cache(maxsize=1)
def compile_cut() -> re.Pattern[str]:
    """Return the pattern of a word, a mark or a sign of white space; made when first needed."""
    marks = _list_marks() + _VARIANTS
    letter = f"(?:(?![{IDEOGRAPHS}])[\\w{marks}])"
    return re.compile(
        f"{letter}+(?:['\u2019]{letter}+)*"
        f"|[{IDEOGRAPHS}][{marks}]*"
        f"|[^\\w\\s][{marks}]*(?:\u200d[^\\w\\s][{marks}]*)*"
        "|\\s"
    )


def is_word(token: str) -> bool:
    """Whether spaces stand around it: letters that are no sign of Chinese or Japanese."""
    return bool(_IS_WORD.match(token)) and not _IS_IDEOGRAPH.match(token)


def _list_marks() -> str:
    """Return the ranges of combining marks, as they stand between square brackets."""
    ranges: list[list[int]] = []
    for number in range(0x300, _HIGHEST_MARK):
        if not unicodedata.category(chr(number)).startswith("M"):
            continue
        if ranges and ranges[-1][1] == number - 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)
