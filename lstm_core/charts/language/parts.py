"""A text of several parts, each drawn as what it is, as HTML that a page may show."""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Iterable
from typing import Literal

from lstm_core.charts.core.bands import fade
from lstm_core.charts.core.palette import MODEL, STEPS_BACK

PartLook = Literal["before", "written", "marked"]
"""What was given; what was written; what is pointed at."""

_STYLES = {
    "before": STEPS_BACK,
    "written": "",
    "marked": f"background: {fade(MODEL, 0.3)}; border-bottom: 2px solid {MODEL}; "
    "-webkit-box-decoration-break: clone; box-decoration-break: clone",
}
_BLOCK = (
    "white-space: pre-wrap; overflow-wrap: anywhere; line-height: 1.7; font-size: 1.05rem; "
    "margin: 0; unicode-bidi: plaintext"
)
_HIDDEN = "·"
_KEPT = "\n\t\u200c\u200d"
"""Ends of lines keep their place, and joiners are part of words and of emoji."""


def mark_parts(parts: Iterable[tuple[str, PartLook]]) -> str:
    """Return texts one behind the other; they are hostile, and control signs are made visible."""
    inside = "".join(
        f'<mark style="color: inherit; {_STYLES[look]}">{_show(text)}</mark>'
        if look == "marked"
        else f'<span style="{_STYLES[look]}">{_show(text)}</span>'
        for text, look in parts
        if text
    )
    return f'<div dir="auto" style="{_BLOCK}">{inside}</div>'


def _show(text: str) -> str:
    shown = "".join(
        _HIDDEN if sign not in _KEPT and unicodedata.category(sign) in ("Cc", "Cf") else sign
        for sign in text
    )
    return html.escape(shown)
