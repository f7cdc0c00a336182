"""A sentence with its tags, as HTML that a page may show as it is."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence

from lstm_core.charts.core.bands import fade
from lstm_core.charts.core.naming import shorten
from lstm_core.charts.core.palette import ACTUAL
from lstm_core.charts.core.shares import say_share
from lstm_core.charts.tagging.stretches import OTHER
from lstm_core.data.tagged.entities import Entity, Scheme, find_entities
from lstm_core.data.tagged.graphemes import is_ideograph

MOST_WORDS = 600
"""Of a longer sentence, the words behind them are counted."""

LONGEST_WORD = 200

FAINTEST, STRONGEST = 0.12, 0.5
"""The grounds of what is unsure and of what is sure; ink stays readable on both in both themes."""

SURE = 0.7
"""Below it, the line under an entity is broken."""

_UNKNOWN = "text-decoration: underline dotted 2px; text-underline-offset: 3px"
_WHOLE = "white-space: nowrap"
_EACH_LINE = "-webkit-box-decoration-break: clone; box-decoration-break: clone"
"""What goes on in the next line has a ground and ends of its own there."""

_SMALL = "font-size: 0.7em; font-weight: 600"
_BLOCK = "font-size: 1.1rem; overflow-wrap: anywhere; margin: 0"


def mark_sentence(
    words: Sequence[str],
    tags: Sequence[str],
    scheme: Scheme,
    colours: Mapping[str, str],
    certainties: Sequence[float] | None = None,
    known: Sequence[bool] | None = None,
) -> str:
    """Return the words as HTML, each entity on its type's ground and with its name behind it.

    Of plain tags, each word has its own below it. The ground is the paler the less sure it is; a
    broken line says so as well. The line under a word that was never met is dotted.

    Args:
        words, tags: one each for every step; hostile.
        colours: by type. ``certainties``: of each step, 0 to 1; none: as sure as can be.
        known: whether each word was met in training.
    """
    shown = min(len(words), MOST_WORDS)
    sure = [1.0] * len(words) if certainties is None else certainties
    parts = [
        _mark_word(word, known is None or known[place]) for place, word in enumerate(words[:shown])
    ]
    if scheme == "bio":
        entities = [entity for entity in find_entities(tags) if entity.first < shown]
        inside = _join_entities(words, parts, entities, sure, colours)
        style = f"{_BLOCK}; line-height: 2.1"
    else:
        inside = " ".join(
            _stack(part, tag, certainty, colours)
            for part, tag, certainty in zip(parts, tags, sure, strict=False)
        )
        style = f"{_BLOCK}; line-height: 1.4"
    if len(words) > shown:
        inside += f" … and {len(words) - shown:,} more"
    return f'<p dir="auto" style="{style}">{inside}</p>'


def draw_legend(
    types: Sequence[str],
    colours: Mapping[str, str],
    *,
    has_certainty: bool = False,
    has_unknown: bool = False,
) -> str:
    """Return what the colours and lines mean, as HTML; names of types are hostile."""
    parts = [
        f'<span style="{_ground(colours.get(name, OTHER), 1.0)}; {_WHOLE}">{_name(name)}</span>'
        for name in types
    ]
    if has_certainty:
        line = f"border-bottom: 2px dashed {ACTUAL}; {_WHOLE}"
        parts.append(f'<span style="{line}">less than {SURE:.0%} sure</span>')
    if has_unknown:
        parts.append(f'<span style="{_UNKNOWN}; {_WHOLE}">never met in training</span>')
    joined = "&emsp; ".join(parts)
    return f'<p style="font-size: 0.875rem; line-height: 2; margin: 0">{joined}</p>'


def join_words(words: Sequence[str]) -> str:
    """Return words as running text: signs of Chinese and Japanese stand without spaces."""
    return "".join(
        word if place == 0 else _space(words[place - 1], word) + word
        for place, word in enumerate(words)
    )


def _join_entities(
    words: Sequence[str],
    parts: Sequence[str],
    entities: Sequence[Entity],
    sure: Sequence[float],
    colours: Mapping[str, str],
) -> str:
    """Return marked words with their entities around them."""
    begins = {entity.first: entity for entity in entities}
    ends = {min(entity.stop, len(parts)): entity for entity in entities}
    joined = ""
    for place, part in enumerate(parts):
        if place in ends:
            joined += _end(ends[place])
        joined += _space(words[place - 1], words[place]) if place else ""
        if place in begins:
            joined += _begin(begins[place], sure, colours)
        joined += part
    return joined + (_end(ends[len(parts)]) if len(parts) in ends else "")


def _begin(entity: Entity, sure: Sequence[float], colours: Mapping[str, str]) -> str:
    certainty = min(sure[entity.first : entity.stop])
    ground = _ground(colours.get(entity.type, OTHER), certainty)
    return f'<span style="{ground}" title="{_tell(entity.type, certainty)}">'


def _end(entity: Entity) -> str:
    return f'&nbsp;<bdi style="{_SMALL}">{_name(entity.type)}</bdi></span>'


def _stack(part: str, tag: str, certainty: float, colours: Mapping[str, str]) -> str:
    """Return a word with its tag below it."""
    style = (
        f"display: inline-block; text-align: center; {_ground(colours.get(tag, OTHER), certainty)}"
    )
    title = _tell(tag, certainty)
    below = f'<bdi style="{_SMALL}">{_name(tag)}</bdi>'
    return f'<span style="{style}; margin-bottom: 6px" title="{title}">{part}<br>{below}</span>'


def _ground(colour: str, certainty: float) -> str:
    opacity = FAINTEST + (STRONGEST - FAINTEST) * max(0.0, min(1.0, certainty))
    line = "solid" if certainty >= SURE else "dashed"
    return (
        f"background: {fade(colour, round(opacity, 2))}; border-bottom: 2px {line} {colour}; "
        f"border-radius: 3px; padding: 1px 4px; {_EACH_LINE}"
    )


def _mark_word(word: str, is_known: bool) -> str:
    inside = html.escape(shorten(word, LONGEST_WORD))
    return inside if is_known else f'<span style="{_UNKNOWN}">{inside}</span>'


def _name(kind: str) -> str:
    return html.escape(shorten(kind))


def _tell(kind: str, certainty: float) -> str:
    """Return what an entity says where it is pointed at; 1 is what is known anyway."""
    return _name(kind) if certainty >= 1 else f"{_name(kind)}: {say_share(certainty)} sure"


def _space(before: str, behind: str) -> str:
    are_signs = before and behind and is_ideograph(before[-1]) and is_ideograph(behind[0])
    return "" if are_signs else " "
