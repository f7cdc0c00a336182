"""What the names of columns and files say of sides: languages, and source or target."""

from __future__ import annotations

import re

from lstm_core.data.columns.splitting import split_words

_GIVEN = frozenset({
    "source", "src", "given", "input", "inputs", "from", "written", "noisy", "raw", "original",
    "word", "spelling", "grapheme", "graphemes", "before", "question", "dirty", "x",
})  # fmt: skip
_WANTED = frozenset({
    "target", "trg", "tgt", "wanted", "output", "outputs", "to", "translation", "clean",
    "iso", "sound", "phoneme", "phonemes", "pronunciation", "ipa", "after", "corrected",
    "normalized", "normalised", "reference", "ref", "y",
})  # fmt: skip
_LANGUAGES = frozenset({
    "english", "german", "french", "spanish", "italian", "portuguese", "dutch", "swedish",
    "danish", "norwegian", "finnish", "polish", "czech", "russian", "ukrainian", "turkish",
    "greek", "arabic", "hebrew", "hindi", "chinese", "japanese", "korean", "vietnamese", "thai",
    "hungarian", "romanian", "bulgarian", "latin", "esperanto", "indonesian", "persian",
    "deutsch", "englisch", "français", "español", "italiano", "português", "nederlands",
})  # fmt: skip
CODES = frozenset({
    "af", "ar", "be", "bg", "bn", "bs", "ca", "cs", "cy", "da", "de", "el", "en", "eo", "es",
    "et", "eu", "fa", "fi", "fr", "ga", "gl", "gu", "he", "hi", "hr", "hu", "hy", "id", "is",
    "it", "ja", "ka", "kk", "km", "ko", "la", "lo", "lt", "lv", "mk", "ml", "mn", "mr", "ms",
    "mt", "my", "ne", "nl", "no", "nb", "nn", "pl", "ps", "pt", "ro", "ru", "si", "sk", "sl",
    "sq", "sr", "sv", "sw", "ta", "te", "th", "tl", "tr", "uk", "ur", "uz", "vi", "xh", "yo",
    "zh", "zu", "deu", "eng", "fra", "spa", "ita", "por", "nld", "rus", "cmn", "jpn", "ger",
})  # fmt: skip
_REMARKS = frozenset({
    "attribution", "licence", "license", "id", "ids", "url", "link", "score", "scores", "date",
    "user", "username", "author", "comment", "notes", "note", "index", "key", "number", "no",
})  # fmt: skip


def rank_side(name: str) -> int:
    """Return -1 for a name of what is given, 1 for one of what is wanted, 0 for any other."""
    words = set(_cut(name))
    if words & _GIVEN and not words & _WANTED:
        return -1
    return 1 if words & _WANTED and not words & _GIVEN else 0


def find_language(name: str) -> str | None:
    """Return the word of a name that is a language, or the code of one."""
    for word in reversed(_cut(name)):
        if word in _LANGUAGES or word in CODES:
            return word
    return None


def names_side(name: str) -> bool:
    """Whether a short cell is what people call a side of pairs."""
    words = _cut(name)
    known = _GIVEN | _WANTED | _LANGUAGES | CODES
    return 0 < len(words) <= 3 and len(name) <= 40 and (words[-1] in known or words[0] in known)


def names_remark(name: str) -> bool:
    """Whether a column is called what stands beside pairs: a number, a licence, an author."""
    return bool(set(_cut(name)) & _REMARKS) and not names_side(name)


def _cut(name: str) -> list[str]:
    return [word for word in split_words(name) if re.fullmatch(r"[^\W\d_]+", word)]
