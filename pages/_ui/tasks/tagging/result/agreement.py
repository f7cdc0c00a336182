"""How what was said of a sequence stands beside its own tags, in a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from lstm_core.charts.tagging.sentence import join_words
from lstm_core.data.tagged.entities import Entity, Scheme, find_entities
from lstm_core.data.wording import count_words
from lstm_core.tasks.tagging.judging.tables import match_entities

_MOST_NAMED = 5
_LONGEST = 60

OUTCOMES = {
    "right": "Right",
    "missed": "Missed",
    "invented": "Invented",
    "type": "Another type",
    "ends": "Other ends",
}
"""What became of an entity, in words."""


def say_agreement(
    words: Sequence[str], truth: Sequence[str], said: Sequence[str], scheme: Scheme
) -> str:
    """Say what was found and what was not; hostile text is in it.

    Args:
        words: none for rows of numbers. ``truth, said``: tags, one each for every step.
    """
    if scheme == "plain":
        right = sum(own == told for own, told in zip(truth, said, strict=True))
        step = "word" if words else "step"
        return f"{right / max(1, len(truth)):.0%} of its {count_words(len(truth), step)} are right."
    matched = match_entities(find_entities(truth), find_entities(said))
    num_there = sum(outcome != "invented" for *_, outcome in matched)
    num_right = sum(outcome == "right" for *_, outcome in matched)
    parts = [_say_found(num_right, num_there)]
    for outcome, name in OUTCOMES.items():
        if outcome != "right":
            own = [each for each in matched if each[3] == outcome]
            if own:
                parts.append(f"{name}: {_list(words, own)}.")
    return " ".join(parts)


def _say_found(num_right: int, num_there: int) -> str:
    if not num_there:
        return "It has no entity."
    if num_right == num_there:
        return (
            "Its entity is found." if num_there == 1 else f"All {num_there:,} entities are found."
        )
    return f"{num_right:,} of {num_there:,} entities {'is' if num_right == 1 else 'are'} found."


def _list(words: Sequence[str], matched: Sequence[tuple[Entity, str, str, str]]) -> str:
    shown = [_name(words, *each[:3]) for each in matched[:_MOST_NAMED]]
    rest = len(matched) - _MOST_NAMED
    return ", ".join(shown) + (f" and {rest:,} more" if rest > 0 else "")


def _name(words: Sequence[str], entity: Entity, kind: str, said: str) -> str:
    if words:
        text = f"“{join_words(words[entity.first : entity.stop])[:_LONGEST]}”"
    else:
        text = f"steps {entity.first + 1:,} to {entity.stop:,}"
    told = kind or said
    if kind and said and kind != said:
        told = f"{kind}, said to be {said}"
    return f"{text} ({told})"
