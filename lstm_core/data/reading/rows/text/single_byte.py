"""Tell code pages of one byte apart by the language that the words then are in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from lstm_core.data.reading.rows.text.alphabets import COMMONNESS, LANGUAGES, weigh_letter

_MOST_WORDS = 150
_USUAL = -4.1
"""What a letter of a language's own words counts on average, at least."""
_USUAL_COMMONNESS = -1.5
_CAPITAL, _LONE_CAPITAL, _MISPLACED, _NO_SIGN = -0.1, -1.8, -5.5, -4.0
_APART = "©®¦¬¶±×÷¼½¾¤¨¸´"
"""Signs that stand beside no letter."""
_CLEAR = 2.5
"""How much likelier a page must be, as a logarithm, for the next one not to be asked about."""
_MOST_DOUBT = 6


def rank_pages(words: Sequence[bytes], *, is_latin: bool) -> list[tuple[str, float]]:
    """Return the pages, the likeliest first, and how likely each is (a logarithm).

    Args:
        words: that hold bytes beyond ASCII, each once.
        is_latin: whether most of these bytes stand alone among ASCII letters.
    """
    pages = list(LANGUAGES)
    if is_latin:
        pages = pages[: pages.index("cp1251")]
    found = [(page, _judge(words, page)) for page in pages]
    return sorted(found, key=lambda each: -each[1])


def is_clean(words: Sequence[bytes], page: str) -> bool:
    """Whether the words have each sign in its place in a page, and usual letters."""
    texts = [f"{word.decode(page, 'replace')} " for word in words]
    number = sum(ord(sign) > 127 for text in texts for sign in text)
    is_placed = all(_judge_structure(text) > 2 * _LONE_CAPITAL for text in texts)
    return is_placed and _judge(words, page) > _USUAL * number


def find_words(hard: bytes) -> list[bytes]:
    """Return the distinct words with bytes beyond ASCII."""
    words = re.findall(rb"(?<![A-Za-z\x80-\xff])[A-Za-z]*[\x80-\xff][A-Za-z\x80-\xff]*", hard)
    return list(dict.fromkeys(words))[:_MOST_WORDS]


def find_doubt(words: Sequence[bytes], ranked: Sequence[tuple[str, float]]) -> tuple[str, str, str]:
    """Return the page that may be meant instead, and a word as either has it; empty if none."""
    best, most = ranked[0]
    spelt = [word.decode(best, "replace") for word in words]
    if len(words) > _MOST_DOUBT:
        return "", "", ""
    for page, score in ranked[1:]:
        if most - score > _CLEAR:
            break
        for word, used in zip(words, spelt, strict=True):
            other = word.decode(page, "replace")
            if other != used and (used + other).isprintable() and "\ufffd" not in used + other:
                return page, used, other
    return "", "", ""


def _judge(words: Sequence[bytes], page: str) -> float:
    texts = [f"{word.decode(page, 'replace')} " for word in words]
    structure = sum(map(_judge_structure, texts))
    letters = [sign.lower() for text in texts for sign in text if ord(sign) > 127]
    language = max(
        sum(weigh_letter(letter, language) for letter in letters) for language in LANGUAGES[page]
    )
    return language + structure + COMMONNESS.get(page, _USUAL_COMMONNESS)


@cache
def _judge_structure(text: str) -> float:
    """Return what speaks against a word: capitals in its midst, marks on nothing, two scripts."""
    return sum(
        _judge_place(before, sign, after)
        for before, sign, after in zip(f" {text}", text, f"{text[1:]} ", strict=False)
        if ord(sign) > 127
    )


def _judge_place(before: str, sign: str, after: str) -> float:
    if sign == "\ufffd" or "\x80" <= sign < "\xa0":
        return _NO_SIGN
    is_mark = unicodedata.category(sign) == "Mn"
    if is_mark:
        return 0.0 if before.isalpha() or unicodedata.category(before) == "Mn" else _MISPLACED
    if not sign.isalpha():
        is_inside = before.isalpha() and after.isalpha()
        if is_inside and (sign not in "’–·" or "\u0370" <= before <= "\u03ff"):
            return 1.5 * _MISPLACED
        is_at_letter = sign in _APART and (before.isalpha() or after.isalpha())
        return _MISPLACED if is_at_letter else 0.0
    total = 0.0
    if ord(sign) > 0x36F and any(each.isascii() and each.isalpha() for each in (before, after)):
        total += _MISPLACED
    if sign.isupper():
        is_alone = not before.isalpha() and not after.isalpha()
        is_mixed = before.islower() or (before.isalpha() and after.islower())
        total += _MISPLACED if is_mixed else _LONE_CAPITAL if is_alone else _CAPITAL
    elif before.isupper() and after.isupper():
        total += _MISPLACED
    return total
