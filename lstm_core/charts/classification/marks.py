"""A text with what spoke for a label marked in it, as HTML that a page may show as it is."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from itertools import groupby, pairwise
from typing import Any

from lstm_core.charts.core.bands import fade
from lstm_core.charts.core.naming import shorten
from lstm_core.charts.core.palette import FORECAST, MODEL

FOR, AGAINST = MODEL, FORECAST
"""The colours of what speaks for a label and against it."""

STRONGEST = 0.55
"""The ground of the strongest; ink stays readable on it in both themes."""

FAINTEST = 0.08
"""What is less, beside the strongest, is not marked."""

_SHADES = 8
MOST_UNREAD = 2_000
"""Characters behind what was read that are shown."""

_UNKNOWN = "text-decoration: underline dotted 2px; text-underline-offset: 3px;"


def mark_text(
    text: str, pieces: Sequence[Mapping[str, Any]], scores: Sequence[float], *, spaced: bool
) -> str:
    """Return the text as HTML, each piece on a ground by what it speaks for, and how strongly.

    Colour does not stand alone: the line under what speaks for the label is whole, under what
    speaks against it is broken, and dotted under what was never met.

    Args:
        text: hostile. ``pieces``: each with ``start``, ``stop`` and ``is_known``, ascending; where
            they lie over each other, a letter has the mean of those that it is in.
        scores: one a piece; above 0 it speaks for the label.
        spaced: whether pieces are words; otherwise they are letters in a row.
    """
    pieces, scores = _spread(pieces, scores)
    largest = max((abs(score) for score in scores), default=0.0) or 1.0
    parts: list[str] = []
    end = 0
    styled = [
        (piece["start"], piece["stop"], _choose_style(score / largest, piece["is_known"]))
        for piece, score in zip(pieces, scores, strict=False)
    ]
    for style, run in groupby(styled, key=lambda found: found[2]):
        for start, stop in _join([(start, stop) for start, stop, _ in run], spaced):
            parts.append(html.escape(text[end:start]))
            inside = html.escape(text[start:stop])
            parts.append(f'<span style="{style}">{inside}</span>' if style else inside)
            end = stop
    if end < len(text):
        rest = text[end : end + MOST_UNREAD]
        more = "…" if len(text) > end + MOST_UNREAD else ""
        parts.append(f'<span style="opacity: 0.6">{html.escape(rest)}{more}</span>')
    font = "" if spaced else "font-family: monospace; letter-spacing: 0.05em; "
    return (
        f'<p style="{font}font-size: 1.1rem; line-height: 2; overflow-wrap: anywhere; '
        f'white-space: pre-wrap; margin: 0">{"".join(parts)}</p>'
    )


def draw_legend(asked: str, *, has_unknown: bool) -> str:
    """Return what the marks mean, as HTML; the label's name is hostile."""
    name = html.escape(shorten(asked))
    parts = [
        f'<span style="{_choose_style(1.0, True)}">speaks for {name}</span>',
        f'<span style="{_choose_style(-1.0, True)}">speaks against it</span>',
    ]
    if has_unknown:
        parts.append(f'<span style="{_UNKNOWN}">never met in training</span>')
    joined = "&emsp;".join(parts)
    return f'<p style="font-size: 0.875rem; line-height: 2; margin: 0">{joined}</p>'


def _spread(
    pieces: Sequence[Mapping[str, Any]], scores: Sequence[float]
) -> tuple[Sequence[Mapping[str, Any]], Sequence[float]]:
    """Return pieces that don't lie over each other, letter by letter where they did."""
    if all(first["stop"] <= second["start"] for first, second in pairwise(pieces)):
        return pieces, scores
    begin, end = pieces[0]["start"], pieces[-1]["stop"]
    sums, counts, known = ([0.0] * (end - begin) for _ in range(3))
    for piece, score in zip(pieces, scores, strict=False):
        for place in range(piece["start"] - begin, piece["stop"] - begin):
            sums[place] += score
            counts[place] += 1
            known[place] += piece["is_known"]
    letters = [
        {"start": begin + place, "stop": begin + place + 1, "is_known": known[place] > 0}
        for place in range(end - begin)
    ]
    return letters, [total / max(count, 1) for total, count in zip(sums, counts, strict=True)]


def _choose_style(strength: float, is_known: bool) -> str:
    """Return a piece's style; ``strength`` is from -1 to 1."""
    unknown = "" if is_known else _UNKNOWN
    shade = round(abs(strength) * _SHADES) / _SHADES
    if abs(strength) < FAINTEST or not shade:
        return unknown
    colour = FOR if strength > 0 else AGAINST
    line = "solid" if strength > 0 else "dashed"
    return (
        f"background: {fade(colour, STRONGEST * shade)}; border-bottom: 2px {line} {colour}; "
        f"border-radius: 3px; padding: 1px 0; {unknown}"
    ).strip()


def _join(places: list[tuple[int, int]], spaced: bool) -> list[tuple[int, int]]:
    """Join letters of one style that stand in a row; words stay by themselves."""
    if spaced:
        return places
    joined: list[tuple[int, int]] = []
    for start, stop in places:
        if joined and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], stop)
        else:
            joined.append((start, stop))
    return joined
