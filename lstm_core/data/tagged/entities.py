"""Entities: stretches of steps that tags of a scheme mark, and the schemes that mark them.

All is read and kept as BIO, also called IOB2: ``B-TYPE`` begins an entity, ``I-TYPE`` goes on with
it, ``O`` is none. Light, so that pages can read it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

OUTSIDE = "O"
BEGIN, INSIDE = "B-", "I-"

Scheme = Literal["bio", "plain"]
"""Tags that mark entities, or tags that mean something step by step."""


class Entity(NamedTuple):
    """Steps from ``first`` up to, and without, ``stop``."""

    first: int
    stop: int
    type: str


def split_tag(tag: str) -> tuple[str, str]:
    """Return a tag's place in its entity and the entity's type: ``("B", "city")``; ``("O", "")``.

    What is neither is inside of an entity of that name.
    """
    if tag == OUTSIDE:
        return OUTSIDE, ""
    place, mark, name = tag.partition("-")
    return (place, name) if mark and name and place in ("B", "I") else ("I", tag)


def find_entities(tags: Sequence[str]) -> list[Entity]:
    """Return the entities of a sequence, in their order.

    A sequence need not be well formed: an ``I`` behind another type, or behind nothing, begins an
    entity, as CoNLL's own scorer has it. Source: Tjong Kim Sang and De Meulder, "Introduction to
    the CoNLL-2003 Shared Task", CoNLL 2003, section 2.2 and ``conlleval``.
    """
    found: list[Entity] = []
    first, kind = 0, ""
    for step, tag in enumerate([*tags, OUTSIDE]):
        place, name = split_tag(tag)
        goes_on = place == "I" and name == kind
        if kind and not goes_on:
            found.append(Entity(first, step, kind))
        if not goes_on:
            first, kind = step, name
    return found


def follows(before: str | None, tag: str) -> bool:
    """Whether a tag may stand behind another, or at the beginning (None), in BIO."""
    place, name = split_tag(tag)
    if place != "I":
        return True
    return before is not None and before != OUTSIDE and split_tag(before)[1] == name


def list_types(tags: Sequence[str]) -> list[str]:
    """Return the types of entities that tags speak of, sorted."""
    return sorted({split_tag(tag)[1] for tag in tags} - {""})
