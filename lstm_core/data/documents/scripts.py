"""Which scripts a text is written in, by the names that Unicode gives its letters."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping

_WORDS = {
    "CJK": "Chinese signs", "HIRAGANA": "Japanese", "KATAKANA": "Japanese", "HANGUL": "Korean",
    "LATIN": "Latin", "FULLWIDTH": "Latin", "CYRILLIC": "Cyrillic", "GREEK": "Greek",
    "ARABIC": "Arabic", "HEBREW": "Hebrew", "DEVANAGARI": "Devanagari", "THAI": "Thai",
    "BENGALI": "Bengali", "TAMIL": "Tamil", "TELUGU": "Telugu", "ARMENIAN": "Armenian",
    "GEORGIAN": "Georgian", "ETHIOPIC": "Ethiopic", "KHMER": "Khmer", "MYANMAR": "Burmese",
    "GUJARATI": "Gujarati", "GURMUKHI": "Gurmukhi", "KANNADA": "Kannada",
    "MALAYALAM": "Malayalam", "SINHALA": "Sinhala", "LAO": "Lao", "TIBETAN": "Tibetan",
    "MONGOLIAN": "Mongolian",
}  # fmt: skip
RIGHT_TO_LEFT = ("Arabic", "Hebrew")
_SPACELESS = ("Chinese signs", "Japanese", "Thai", "Lao", "Khmer", "Burmese", "Tibetan")
_FEW = 0.01


def measure_scripts(counts: Mapping[str, int]) -> dict[str, float]:
    """Return the share of letters that each script has, the largest first.

    Args:
        counts: how often each sign occurs. What is no letter is of no script.
    """
    scripts: Counter[str] = Counter()
    for sign, count in counts.items():
        if sign.isalpha():
            scripts[_find_script(sign)] += count
    total = sum(scripts.values())
    return {name: count / total for name, count in scripts.most_common()} if total else {}


def list_scripts(shares: Mapping[str, float]) -> list[str]:
    """Return the scripts that have more than a stray letter."""
    return [name for name, share in shares.items() if share >= _FEW]


def has_spaces(shares: Mapping[str, float]) -> bool:
    """Whether words are written apart, by the script of most letters."""
    return next(iter(shares), "") not in _SPACELESS


def _find_script(sign: str) -> str:
    first = unicodedata.name(sign, "").partition(" ")[0].partition("-")[0]
    return _WORDS.get(first, first.capitalize() or "unknown")
