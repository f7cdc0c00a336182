"""Texts beside each other, each in its own direction, as HTML that a page may show."""

from __future__ import annotations

import html
from collections.abc import Sequence

from lstm_core.charts.core.bands import fade
from lstm_core.charts.core.clusters import cut_text, show_unit
from lstm_core.charts.core.palette import ACTUAL, MODEL, STEPS_BACK

LONGEST_TEXT = 2_000

_TEXT = "white-space: pre-wrap; overflow-wrap: anywhere; margin: 0; text-align: start"
_LARGE = (
    f"{_TEXT}; font-size: 1.5rem; line-height: 1.4; border-inline-start: 4px solid {MODEL}; "
    "padding: 0.2rem 0.9rem"
)
_SIDE = (
    f"{_TEXT}; font-size: 1.05rem; border-inline-start: 3px solid {fade(ACTUAL, 0.6)}; "
    "padding: 0.1rem 0.7rem"
)
_SMALL = f"font-size: 0.8rem; {STEPS_BACK}; margin: 0.3rem 0 0.1rem 0"
_GRID = (
    "display: grid; grid-template-columns: repeat(auto-fit, minmax(min(17rem, 100%), 1fr)); "
    "gap: 0.3rem 1rem"
)
_NOTHING = "(nothing)"


def mark_large(text: str) -> str:
    """Return a text that stands out; it is hostile."""
    if not text.strip():
        return f'<p style="{_LARGE}; {STEPS_BACK}">{_NOTHING}</p>'
    return f'<p dir="auto" style="{_LARGE}">{_show(text)}</p>'


def mark_sides(sides: Sequence[tuple[str, str]]) -> str:
    """Return texts with what each is above it: ``(title, text)``; both are hostile."""
    return f'<div style="{_GRID}">{"".join(_mark(title, text) for title, text in sides)}</div>'


def _mark(title: str, text: str) -> str:
    shown = (
        f'<p dir="auto" style="{_SIDE}">{_show(text)}</p>'
        if text.strip()
        else f'<p style="{_SIDE}; {STEPS_BACK}">{_NOTHING}</p>'
    )
    return f'<div><div style="{_SMALL}">{html.escape(title)}</div>{shown}</div>'


def _show(text: str) -> str:
    return html.escape(cut_text(show_unit(text), LONGEST_TEXT))
