"""What a network makes of a few texts by now, beside what it should, as HTML that a page may
show."""

from __future__ import annotations

import html
from collections.abc import Sequence

from lstm_core.charts.core.bands import fade
from lstm_core.charts.core.clusters import cut_text, show_unit
from lstm_core.charts.core.palette import ACTUAL, MODEL, STEPS_BACK

LONGEST_TEXT = 300

_TABLE = "width: 100%; border-collapse: collapse; table-layout: fixed; margin: 0"
_HEAD = f"text-align: start; font-weight: 400; font-size: 0.8rem; {STEPS_BACK}; padding: 2px 6px"
_CELL = (
    "padding: 4px 6px; vertical-align: top; overflow-wrap: anywhere; white-space: pre-wrap; "
    f"text-align: start; border-top: 1px solid {fade(ACTUAL, 0.35)}"
)
_RIGHT = f"{_CELL}; background: {fade(MODEL, 0.18)}"


def mark_progress(sources: Sequence[str], said: Sequence[str], targets: Sequence[str]) -> str:
    """Return a row for each text: what is given, what is said, what should be; all are hostile."""
    heads = "".join(
        f'<th scope="col" style="{_HEAD}">{name}</th>'
        for name in ("given", "it says", "it should say")
    )
    rows = "".join(
        f"<tr>{_mark(source, _CELL)}{_mark_said(own, target)}{_mark(target, _CELL)}</tr>"
        for source, own, target in zip(sources, said, targets, strict=True)
    )
    return f'<table style="{_TABLE}"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'


def is_same(said: str, target: str) -> bool:
    """Whether both are the same but for their spaces."""
    return " ".join(said.split()) == " ".join(target.split())


def _mark_said(said: str, target: str) -> str:
    if not said.strip():
        return f'<td style="{_CELL}; {STEPS_BACK}">(nothing)</td>'
    return _mark(f"{said} ✓", _RIGHT) if is_same(said, target) else _mark(said, _CELL)


def _mark(text: str, style: str) -> str:
    shown = html.escape(cut_text(show_unit(text), LONGEST_TEXT))
    return f'<td dir="auto" style="{style}">{shown}</td>'
