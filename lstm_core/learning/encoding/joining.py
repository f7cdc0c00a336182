"""Running text cut into words and marks, and words and marks joined into running text again."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_WIDE = (
    "\u2e80-\u2fdf\u3040-\u30ff\u3100-\u312f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\uff66-\uff9d"
)
"""Signs of Chinese and Japanese, which no spaces part."""
_WIDE_MARKS = "\u3000-\u303f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"

_MARKS = "".join(
    chr(code) for code in range(0x300, 0x10000) if unicodedata.category(chr(code))[0] == "M"
)
"""Signs that stand on a letter, the vowels of Hindi and Thai among them: no letters for ``\\w``."""
_LETTER = rf"(?![{_WIDE}])[\w{_MARKS}\u00ad]"
_WORD = rf"(?:{_LETTER})+"
_PICTURE = r"[\u2600-\u27bf\U0001f300-\U0001faff][\ufe0f\U0001f3fb-\U0001f3ff]*"

_PIECE = re.compile(
    rf"[{_WIDE}]"
    rf"|{_WORD}(?:(?:['\u2019.\-\u2010\u2011@&]|(?<=\d)[,:/](?=\d)){_WORD})*"
    r"(?:-(?=[\s,]|$))?"  # Vor- und Nachteile
    r"|\.{2,}|-{2,}|[?!]{2,}"
    r"|[\U0001f1e6-\U0001f1ff]{2}"
    rf"|{_PICTURE}(?:\u200d{_PICTURE})*"
    r"|\S"
)
_IS_WIDE = re.compile(rf"[{_WIDE}{_WIDE_MARKS}]")

_CLOSING = frozenset(".,;:!?%)]}\u2026\u2030\u00b0\u00bb\u203a")
_OPENING = frozenset("([{\u00bf\u00a1$\u00a3\u20ac#\u00ab\u2039\u201e\u201a")
_QUOTATIONS = frozenset("\"'\u201c\u201d\u2018\u2019")
_CLOSES = {
    "\u201c": ("\u201e",),
    "\u2018": ("\u201a",),
    "\u201d": ("\u201c", "\u201e", "\u201d"),
    "\u2019": ("\u2018", "\u201a"),
}
"""By a mark of quotation, those that it closes."""
_BETWEEN = frozenset("/\u2044_")


def cut_text(text: str) -> list[str]:
    """Return a text's words and marks.

    What stands within a word or a number stays there: don't, U.S, well-known, 3.5, 10:30. Signs of
    Chinese and Japanese are a piece each.
    """
    return _PIECE.findall(text)


def join_pieces(pieces: Sequence[str]) -> str:
    """Return running text: marks that close stand at the word before, those that open behind.

    A straight quotation mark opens and closes in turn; so do curved ones of those languages that
    close with what others open with. What was between words is not known: text with unusual spaces
    comes back with usual ones.
    """
    joined: list[str] = []
    opened: list[str] = []
    glues = True
    for place, piece in enumerate(pieces):
        after = pieces[place + 1] if place + 1 < len(pieces) else ""
        to_left, to_right = _hold(piece, pieces[place - 1] if place else "", after, opened)
        is_wide = bool(_IS_WIDE.match(piece))
        was_wide = bool(joined) and bool(_IS_WIDE.match(joined[-1][-1]))
        if not (glues or to_left or (is_wide and was_wide)):
            joined.append(" ")
        joined.append(piece)
        glues = to_right
    return "".join(joined).strip()


def _hold(piece: str, before: str, after: str, opened: list[str]) -> tuple[bool, bool]:
    """Return whether a piece stands close to what is before it, and to what is behind it."""
    if piece in _QUOTATIONS:
        return _hold_quotation(piece, before, opened)
    if piece in ("\u201e", "\u201a", "\u00ab", "\u2039"):
        # French and German take the same marks the other way round.
        if piece in ("\u00ab", "\u2039") and opened and opened[-1] in ("\u00bb", "\u203a"):
            opened.pop()
            return True, False
        opened.append(piece)
        return False, True
    if piece in ("\u00bb", "\u203a") and not opened:
        opened.append(piece)
        return False, True
    if piece in ("\u00bb", "\u203a") and opened:
        opened.pop()
        return True, False
    if piece in _CLOSING or (len(piece) > 1 and not set(piece) - set(".?!")):
        return True, False
    if piece in _OPENING:
        return False, True
    if piece in _BETWEEN:
        return bool(before), bool(after)
    return False, False


def _hold_quotation(piece: str, before: str, opened: list[str]) -> tuple[bool, bool]:
    """Return the same of a mark of quotation, which may open or close."""
    partners = _CLOSES.get(piece, (piece,))
    if opened and opened[-1] in partners:
        opened.pop()
        return True, False
    if piece == "\u2019" or (piece == "'" and before[-1:] in ("s", "x", "z")):
        return True, False  # of an owner whose name ends so
    opened.append(piece)
    return False, True
