"""Text cut into what people take for one letter, and what kinds of letters there are.

A plain reading of Unicode's rules for grapheme clusters (UAX 29) by the categories that Python
knows: marks stay with their letter, as do joined emoji, flags and the parts of Korean syllables.
"""

from __future__ import annotations

import unicodedata

_JOINER = "\u200d"
_IDEOGRAPHS = (
    (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x323AF),  # Chinese
    (0x3040, 0x30FF), (0x31F0, 0x31FF),  # kana
)  # fmt: skip


def cut_graphemes(text: str) -> list[str]:
    """Return the clusters of a text, spaces among them; joined they are the text."""
    clusters: list[str] = []
    num_flags = 0
    for sign in text:
        is_flag = 0x1F1E6 <= ord(sign) <= 0x1F1FF
        joins = clusters and (
            _extends(sign)
            or (clusters[-1].endswith(_JOINER) and not sign.isspace())
            or (is_flag and num_flags % 2 == 1)
            or _goes_on_in_korean(clusters[-1][-1], sign)
        )
        if joins:
            clusters[-1] += sign
        else:
            clusters.append(sign)
        num_flags = num_flags + 1 if is_flag else 0
    return clusters


def is_letter(cluster: str) -> bool:
    """Whether a cluster is part of a word: a letter, a digit, an underscore, a mark alone."""
    first = cluster[0]
    return first.isalnum() or first == "_" or unicodedata.category(first).startswith("M")


def is_ideograph(cluster: str) -> bool:
    """Whether a cluster is a sign of Chinese or Japanese, which have no spaces."""
    number = ord(cluster[0])
    return any(low <= number <= high for low, high in _IDEOGRAPHS)


def _extends(sign: str) -> bool:
    if sign.isascii():
        return False
    is_tone = 0x1F3FB <= ord(sign) <= 0x1F3FF
    is_tag = 0xE0020 <= ord(sign) <= 0xE007F
    return sign == _JOINER or is_tone or is_tag or unicodedata.category(sign).startswith("M")


def _goes_on_in_korean(before: str, sign: str) -> bool:
    """Whether two parts of a syllable, or a syllable and its end, belong together."""
    this, last = ord(sign), ord(before)
    if 0x1160 <= this <= 0x11FF:  # a vowel or a final consonant
        return 0x1100 <= last <= 0x11FF or 0xAC00 <= last <= 0xD7A3
    return 0x1100 <= this <= 0x115F and 0x1100 <= last <= 0x115F
