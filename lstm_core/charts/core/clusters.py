"""Text from files cut where people see a letter end, and its invisible signs made visible."""

from __future__ import annotations

import html
import unicodedata

from lstm_core.data.tagged.graphemes import cut_graphemes

SPACE, TAB, LINE_END = "␣", "⇥", "⏎"

_HIDDEN = "·"
_KEPT = "\u200c\u200d"
"""Joiners are part of words in Persian and of emoji."""

_MOST_LOOKED_AT = 20
"""Signs for each letter that is wanted: a letter with a thousand marks on it is cut as well."""


def cut_text(text: str, longest: int) -> str:
    """Return a text that has no more letters than it may have; of a longer one, its beginning.

    A letter is what people take for one: marks stay with their letter and joined emoji whole.
    """
    looked_at = text[: _MOST_LOOKED_AT * longest]
    clusters = cut_graphemes(looked_at)
    if len(clusters) <= longest and len(looked_at) == len(text):
        return text
    return "".join(clusters[: longest - 1]) + "…"


def show_unit(text: str) -> str:
    """Return a unit such that nothing of it is invisible, or turns what stands beside it around.

    Spaces alone, tabs, ends of lines and control signs become signs that can be seen. The result
    is as hostile as the text.
    """
    if text.isspace():
        text = text.replace(" ", SPACE)
    shown = text.replace("\r\n", LINE_END).replace("\n", LINE_END).replace("\t", TAB)
    return "".join(
        _HIDDEN if sign not in _KEPT and unicodedata.category(sign) in ("Cc", "Cf") else sign
        for sign in shown
    )


def label_text(text: str, longest: int) -> str:
    """Return a text as a label of a plotly figure: visible, cut, safe, and in its own direction.

    Isolated from what stands beside it, a text from right to left leaves numbers in their place.
    """
    shown = cut_text(show_unit(text), longest)
    # Plotly looks for TeX between dollars before it reads labels as HTML.
    safe = html.escape(shown, quote=False).replace("$", "&#36;")
    return f"\u2068{safe}\u2069"
