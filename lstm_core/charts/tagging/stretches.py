"""Steps in a row that one thing is said of, and the colour that stands for it."""

from __future__ import annotations

from collections.abc import Sequence

from lstm_core.charts.core.palette import ACTUAL, LINES
from lstm_core.data.tagged.entities import Entity, Scheme, find_entities

OTHER = ACTUAL
"""The colour of what is none of the types that are known."""


def find_stretches(tags: Sequence[str], scheme: Scheme) -> list[Entity]:
    """Return the entities that tags mark; of plain tags, the steps in a row that have the same."""
    if scheme == "bio":
        return find_entities(tags)
    found: list[Entity] = []
    for step, tag in enumerate(tags):
        if found and found[-1].type == tag:
            found[-1] = found[-1]._replace(stop=step + 1)
        else:
            found.append(Entity(step, step + 1, tag))
    return found


def choose_colours(types: Sequence[str]) -> dict[str, str]:
    """Return a colour for each type: the same for the same types, whatever their order.

    There are few colours; so a name stands beside each.
    """
    own = LINES[:-1]  # the last one is for what is none of them
    return {name: own[place % len(own)] for place, name in enumerate(sorted(set(types)))}
