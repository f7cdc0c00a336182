"""Texts with marked stretches, ``[start, stop, "TYPE"]``, as tools for annotating write them.

doccano writes ``{"text", "label": [[0, 5, "X"]]}``, spaCy ``[text, {"entities": [...]}]``,
Prodigy ``{"text", "spans": [{"start", "end", "label"}]}``, Label Studio's plain form the same.
Stops are exclusive.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from lstm_core.data.tagged.entities import BEGIN, INSIDE, OUTSIDE
from lstm_core.data.tagged.words import WordCut
from lstm_core.data.wording import count_words

_STARTS = ("start", "start_offset", "begin", "start_char", "from")
_STOPS = ("end", "stop", "end_offset", "end_char", "to")
_TYPES = ("label", "type", "entity", "tag", "labels", "entity_group")


class Span(NamedTuple):
    start: int
    stop: int
    type: str


@dataclass
class SpanRepairs:
    """What of the spans could not be kept as it was, counted."""

    num_overlaps: int = 0
    num_cut_words: int = 0
    num_outside: int = 0

    def tell(self) -> list[str]:
        notes = []
        if self.num_cut_words:
            notes.append(
                f"{count_words(self.num_cut_words, 'entity').replace('entitys', 'entities')} began "
                "or ended within a word: the whole word was taken."
            )
        if self.num_overlaps:
            notes.append(
                f"Entities that overlap others left out: {self.num_overlaps:,}; the longer one of "
                "two was kept."
            )
        if self.num_outside:
            notes.append(
                f"Entities without any word, or outside of their text, left out: "
                f"{self.num_outside:,}."
            )
        return notes


def read_spans(value: Any) -> list[Span] | None:
    """Return the spans of one text; None where a value is no list of spans."""
    if not isinstance(value, list):
        return None
    spans = []
    for each in value:
        span = _read_span(each)
        if span is None:
            return None
        spans.append(span)
    return spans


def tag_text(
    text: str, spans: Sequence[Span], cut: WordCut, repairs: SpanRepairs
) -> tuple[list[str], list[str]]:
    """Return the words of a text and their tags in BIO."""
    places = cut.find(text)
    starts, stops = [start for start, _ in places], [stop for _, stop in places]
    tags = [OUTSIDE] * len(places)
    # The longer of two that overlap is kept, and of equal ones the earlier.
    for span in sorted(spans, key=lambda each: (each.start - each.stop, each.start)):
        inside = range(bisect_right(stops, span.start), bisect_left(starts, span.stop))
        if not inside or span.start < 0 or span.stop > len(text):
            repairs.num_outside += 1
            continue
        if any(tags[number] != OUTSIDE for number in inside):
            repairs.num_overlaps += 1
            continue
        first, last = places[inside[0]][0], places[inside[-1]][1]
        repairs.num_cut_words += first < span.start or last > span.stop
        for number in inside:
            tags[number] = f"{BEGIN if number == inside[0] else INSIDE}{span.type}"
    return [text[start:stop] for start, stop in places], tags


def _read_span(value: Any) -> Span | None:
    if isinstance(value, list):
        if len(value) < 3:
            return None
        start, stop, kind = value[0], value[1], value[2]
    elif isinstance(value, dict):
        start, stop, kind = (_take(value, keys) for keys in (_STARTS, _STOPS, _TYPES))
    else:
        return None
    if isinstance(kind, list) and len(kind) == 1:
        kind = kind[0]
    if not (_is_place(start) and _is_place(stop) and isinstance(kind, str) and kind.strip()):
        return None
    return Span(start, stop, " ".join(kind.split())[:200])


def _take(value: dict[str, Any], keys: Sequence[str]) -> Any:
    return next((value[key] for key in keys if key in value), None)


def _is_place(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
