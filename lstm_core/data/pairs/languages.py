"""Which script a side is written in, and which language it seems to be, as far as is honest."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

_MOST_TEXTS = 2_000
_MOST_LETTERS = 200
_CLEAR_SHARE = 0.8
_FEWEST_HITS = 20
_FEWEST_PER_WORD = 0.08
_LEAD = 1.5
_WORD = re.compile(r"[^\W\d_]+")

_SCRIPTS = {
    "LATIN": "Latin", "CYRILLIC": "Cyrillic", "GREEK": "Greek", "ARABIC": "Arabic",
    "HEBREW": "Hebrew", "CJK": "Chinese", "HIRAGANA": "Japanese", "KATAKANA": "Japanese",
    "HANGUL": "Korean", "DEVANAGARI": "Devanagari", "THAI": "Thai", "BENGALI": "Bengali",
    "TAMIL": "Tamil", "GEORGIAN": "Georgian", "ARMENIAN": "Armenian", "ETHIOPIC": "Ethiopic",
}  # fmt: skip
_ONE_LANGUAGE = {"Greek", "Hebrew", "Korean", "Thai", "Georgian", "Armenian", "Tamil"}

# Short words that a running text of the language can hardly do without.
_FREQUENT = {
    "English": "the and is to of you in that it was he i not have this are",
    "German": "der die das und ist nicht ich du sie ein eine zu mit auf wir haben den",
    "French": "le la les et est pas je un une des que il vous ne dans nous en",
    "Spanish": "el la los y es no que un una en se por lo con su muy las",
    "Italian": "il la che è non un una di per sono con ho mi si gli del lo",
    "Portuguese": "o os que é não um uma em se do da por com você eu ele no",
    "Dutch": "de het een en is niet ik je dat van hij op te zijn wij heeft met",
    "Swedish": "och är det att jag inte en som på ett har han för med hon den av",
    "Danish": "og er det at jeg ikke en som på et har han for med hun den af",
    "Polish": "i jest nie to się w na że z do jak mam co był tak po",
    "Turkish": "bir ve bu için çok değil ne ben o var da de mi daha onun",
    "Finnish": "on ja ei se hän en minä että oli tämä ovat mitä kun olen olet",
    "Russian": "и в не на я что он с это как она ты мы по у так но",
    "Ukrainian": "і в не на я що він з це як вона ти ми й та є але",
}
_WORDS = {name: frozenset(words.split()) for name, words in _FREQUENT.items()}


@lru_cache(maxsize=65_536)
def find_script(letter: str) -> str | None:
    """Return the script of a letter; None for marks, digits, and scripts that aren't told."""
    if not letter.isalpha():
        return None
    return _SCRIPTS.get(unicodedata.name(letter, "").partition(" ")[0])


def find_main_script(text: str) -> str | None:
    """Return the script of most of a text's letters; None where none has most of them."""
    counts = Counter(script for letter in text[:_MOST_LETTERS] if (script := find_script(letter)))
    if not counts:
        return None
    script, count = counts.most_common(1)[0]
    return script if count >= _CLEAR_SHARE * counts.total() else None


def name_language(texts: Sequence[str]) -> str:
    """Return ``"German"``, ``"Chinese signs"``, ``"Latin letters"``; ``""`` where nothing is clear.

    A language of a script that many share is named only where its frequent short words are many,
    and far more than those of any other language that is known here.
    """
    shown = [text[:_MOST_LETTERS] for text in thin_out(texts, _MOST_TEXTS)]
    counts = Counter(script for text in shown for letter in text if (script := find_script(letter)))
    if not counts:
        return ""
    total = counts.total()
    if counts["Japanese"] >= 0.1 * total and counts["Japanese"] + counts["Chinese"] > 0.8 * total:
        return "Japanese"
    script, count = counts.most_common(1)[0]
    if count < _CLEAR_SHARE * total:
        return ""
    if script in _ONE_LANGUAGE:
        return script
    if script == "Chinese":
        return "Chinese signs"
    return _find_language(_WORD.findall(text.casefold()) for text in shown) or f"{script} letters"


def thin_out(texts: Sequence[str], most: int) -> list[str]:
    """Return so many of them, evenly spread."""
    step = max(1, -(-len(texts) // most))
    return list(texts[::step])


def _find_language(texts: Iterable[Sequence[str]]) -> str:
    counts: Counter[str] = Counter()
    for words in texts:
        counts.update(words)
    total = counts.total()
    hits = {name: sum(counts[word] for word in words) for name, words in _WORDS.items()}
    best, second = sorted(hits, key=lambda name: -hits[name])[:2]
    enough = hits[best] >= max(_FEWEST_HITS, _FEWEST_PER_WORD * total)
    # One word alone, which may belong to any language, is no sign of it.
    various = sum(counts[word] > 0 for word in _WORDS[best]) >= 5
    return best if enough and various and hits[best] >= _LEAD * hits[second] else ""
