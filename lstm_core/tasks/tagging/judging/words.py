"""The verdict in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lstm_core.data.wording import count_words
from lstm_core.judging.measures import Measure
from lstm_core.judging.outcome import Outcome
from lstm_core.judging.words import say_lead

_CHANGE = "More tagged sequences, or tags that hang on more than a word and its neighbours, may "
_CHANGE += "change that."

ADVICE: Mapping[Outcome, str] = {
    "win": "",
    "mixed": "Which of the two to take depends on which mistakes cost you more.",
    "unclear": "A simple model may do as well: there is too little here to tell the two apart. "
    "More sequences to judge by would.",
    "level": f"A simple model does as well here. {_CHANGE}",
    "behind": "A simple model did better here, though by no more than chance explains: take the "
    f"simple one. {_CHANGE}",
    "loss": f"A simple model does better here: take that. {_CHANGE}",
    "few": "Whatever the figures say can be chance. Bring more tagged sequences, and take a simple "
    "model until then.",
}


@dataclass(frozen=True)
class Standing:
    """What the sentence is made of.

    Attributes:
        measure, value: that decides, and the model's. ``own``: all its measures.
        num_sequences, num_steps, num_entities: what was judged.
        noun: what a sequence is called.
        rival: the best baseline as it stands in a sentence.
        gain: over it, in units of the measure; ``p_value`` as in ``Comparison``.
    """

    outcome: Outcome
    measure: Measure
    value: float
    own: Mapping[str, float | None]
    num_sequences: int
    num_steps: int
    num_entities: int
    noun: str
    rival: str
    gain: float
    p_value: float | None


def say_verdict(standing: Standing) -> str:
    """Return one sentence or two."""
    if standing.outcome == "few":
        judged = count_words(standing.num_sequences, f"held-out {standing.noun}")
        there = standing.num_entities
        held = f" with {count_words(there, 'entity')}" if there else ""
        held = held.replace("entitys", "entities")
        return f"Too few to judge: {judged}{held}. {_say_value(standing)}{_say_beside(standing)}."
    return f"{_say_value(standing)}{_say_beside(standing)}."


def _say_value(standing: Standing) -> str:
    value = f"{standing.measure.name[:1].upper()}{standing.measure.name[1:]} is "
    value += standing.measure.format(standing.value)
    recall, precision = standing.own["entity_recall"], standing.own["entity_precision"]
    judged = count_words(standing.num_sequences, f"held-out {standing.noun}")
    if recall is None:
        return f"{value} on {judged}"
    found = f"Finds {recall:.0%} of the {standing.num_entities:,} entities of {judged}"
    if precision is not None:
        found += f", and {precision:.0%} of what it says is right"
    return f"{found}: {value[:1].lower()}{value[1:]}"


def _say_beside(standing: Standing) -> str:
    return say_lead(
        standing.measure, standing.outcome, standing.gain, standing.rival, standing.p_value
    )
