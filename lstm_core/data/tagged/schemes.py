"""How tags mark entities, found from the tags alone: BIO, IOB1, BIOES, BILOU, BMES, or none.

Places in an entity have a letter each. All schemes are read as five places: begin, inside, end,
single, outside. Sources: Ramshaw and Marcus, "Text Chunking using Transformation-Based Learning",
1995, for IOB1; Ratinov and Roth, "Design Challenges and Misconceptions in Named Entity
Recognition", CoNLL 2009, for BILOU.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from lstm_core.data.wording import list_names
from lstm_core.errors import DataError

PLACES: Mapping[str, Mapping[str, str]] = {
    "BIO": {"B": "B", "I": "I"},
    "BIOES": {"B": "B", "I": "I", "E": "E", "S": "S"},
    "BILOU": {"B": "B", "I": "I", "L": "E", "U": "S"},
    "BMES": {"B": "B", "M": "I", "E": "E", "S": "S"},
    "BMEWO": {"B": "B", "M": "I", "E": "E", "W": "S"},
}
"""By scheme, what each of its letters means; of equally good ones, the first is meant."""

OUTSIDES = ("O", "o", "0")
NAMELESS = "entity"
"""The type where tags say a place and no type."""

_MARKS = ("-", "_", ":", "/")
_FIT = 0.95
_MIXED = 0.5


@dataclass(frozen=True)
class Style:
    """How entities are marked.

    Attributes:
        name: a key of ``PLACES``.
        parsed: by tag as it was written, its place (B, I, E, S or O) and its type; tags that
            don't fit the scheme are not there.
        types: of entities.
    """

    name: str
    parsed: Mapping[str, tuple[str, str]]
    types: frozenset[str]

    def parse(self, tag: str) -> tuple[str, str, bool]:
        """Return a tag's place, its type, and whether it fits the scheme.

        The bare name of a type is inside of it; what is nothing known is outside.
        """
        if tag in self.parsed:
            return (*self.parsed[tag], True)
        return ("I", tag, False) if tag in self.types else ("O", "", False)


def recognise_style(counts: Mapping[str, int]) -> Style | None:
    """Return how tags mark entities; None where each says what a step is, and no more.

    A scheme has a tag for what is outside, and nearly all other tags are a place with a type.
    Types have letters in their names, or a place of their own would be no evidence: ``I-5`` is a
    road.

    Args:
        counts: how many steps have each tag.

    Raises:
        DataError: many tags fit a scheme and many others don't.
    """
    outside = [tag for tag in counts if tag in OUTSIDES]
    inner = {tag: count for tag, count in counts.items() if tag not in OUTSIDES}
    if not outside or not inner:
        return None
    best: tuple[float, int, Style] | None = None
    for split in _list_splits(inner):
        for rank, (name, places) in enumerate(PLACES.items()):
            parsed = {
                tag: (places[place], kind) for tag, (place, kind) in split.items()
                if place in places
            }  # fmt: skip
            share = sum(inner[tag] for tag in parsed) / sum(inner.values())
            if not _has_evidence(parsed, share):
                continue
            style = _make_style(name, parsed, outside)
            if best is None or (share, -rank) > best[:2]:
                best = (share, -rank, style)
    if best is None or best[0] < _MIXED:
        return None
    share, _, style = best
    if share < _FIT:
        strangers = sorted((t for t in inner if t not in style.parsed), key=lambda t: -inner[t])
        raise DataError(
            f"{share:.0%} of the tags other than {outside[0]} fit the scheme {style.name}, and "
            f"others don't: {list_names(strangers)}.",
            "Write all tags of entities in one way, such as B-city, I-city and O; or bring tags "
            "without such beginnings.",
        )
    return style


def _make_style(name: str, parsed: Mapping[str, tuple[str, str]], outside: list[str]) -> Style:
    types = frozenset(kind for _, kind in parsed.values())
    return Style(name, {**parsed, **dict.fromkeys(outside, ("O", ""))}, types)


def _has_evidence(parsed: Mapping[str, tuple[str, str]], share: float) -> bool:
    """Whether places stand before types rather than by chance before any name."""
    places: dict[str, set[str]] = defaultdict(set)
    for place, kind in parsed.values():
        places[kind].add(place)
    if not any(any(letter.isalpha() for letter in kind) for kind in places):
        return False
    if any({"B", "I"} <= each or {"B", "E"} <= each for each in places.values()):
        return True
    # Entities of one word alone, or neighbours that never touch: then nothing else may occur.
    found = set().union(*places.values())
    return share == 1 and (found <= {"B"} or found <= {"I"})


def _list_splits(tags: Mapping[str, int]) -> list[dict[str, tuple[str, str]]]:
    """Return the ways to cut tags into a letter and a type: ``B-city``, ``city-B``, ``B``."""
    letters = {letter for places in PLACES.values() for letter in places}
    splits: list[dict[str, tuple[str, str]]] = []
    bare = {tag: (tag.upper(), NAMELESS) for tag in tags if tag.upper() in letters}
    if len(bare) > 1:
        splits.append(bare)
    for mark in _MARKS:
        before: dict[str, tuple[str, str]] = {}
        behind: dict[str, tuple[str, str]] = {}
        for tag in tags:
            place, found, kind = tag.partition(mark)
            if found and kind and place.upper() in letters:
                before[tag] = (place.upper(), kind)
            kind, found, place = tag.rpartition(mark)
            if found and kind and place.upper() in letters:
                behind[tag] = (place.upper(), kind)
        splits += [split for split in (before, behind) if split]
    return splits


def count_tags(tags: list[str | None]) -> Counter[str]:
    """Return how many steps have each tag; steps without one left out."""
    return Counter(tag for tag in tags if tag is not None)
