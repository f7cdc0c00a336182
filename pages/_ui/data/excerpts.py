"""Texts from files as HTML: their beginning, safe, and in their own direction."""

from __future__ import annotations

import html
from collections.abc import Sequence

from lstm_core.charts.core.clusters import cut_text, show_unit
from lstm_core.charts.core.palette import ACTUAL, MODEL

_TEXT = "white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: plaintext; margin: 0"
_BESIDE = f"border-left: 3px solid {MODEL}; padding: 0 0.7rem; margin: 0 0 0.6rem 0"
_SMALL = f"font-size: 0.8rem; color: {ACTUAL}"


def mark_excerpt(text: str, *, title: str = "", most_lines: int = 6, longest: int = 400) -> str:
    """Return the beginning of a text, line by line.

    Args:
        text, title: hostile. ``longest``: letters, as people count them.
    """
    lines = text[: 20 * longest].strip("\n").split("\n")
    shown = "\n".join(show_unit(line) if line.strip() else "" for line in lines[:most_lines])
    cut = cut_text(shown, longest)
    if cut == shown and (len(lines) > most_lines or len(text) > 20 * longest):
        cut += "\n…"
    return f'<div style="{_BESIDE}">{_name(title)}{_mark(cut)}</div>'


def mark_pair(before: str, after: str, *, longest: int = 200) -> str:
    """Return what is given, and below it what is wanted; both are hostile."""
    sides = "".join(_mark(cut_text(show_unit(side), longest)) for side in (before, after))
    return f'<div style="{_BESIDE}">{sides}</div>'


def mark_all(blocks: Sequence[str]) -> str:
    return f"<div>{''.join(blocks)}</div>"


def _mark(text: str) -> str:
    return f'<p dir="auto" style="{_TEXT}">{html.escape(text)}</p>'


def _name(title: str) -> str:
    if not title:
        return ""
    shown = html.escape(cut_text(show_unit(title), 80))
    return f'<div dir="auto" style="{_SMALL}">{shown}</div>'
