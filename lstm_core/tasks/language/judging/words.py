"""The verdict in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lstm_core.data.wording import count_words
from lstm_core.judging.measures import Measure
from lstm_core.judging.outcome import Outcome
from lstm_core.judging.words import say_chance

_CHANGE = "More text, or a wider network that learns for longer, may change that."

ADVICE: Mapping[Outcome, str] = {
    "win": "",
    "mixed": "",
    "unclear": "Counting what follows what may do as well: there is too little here to tell the "
    f"two apart. {_CHANGE}",
    "level": f"Counting what follows what does as well here. {_CHANGE}",
    "behind": "Counting what follows what did better here, though by no more than chance explains. "
    f"{_CHANGE}",
    "loss": f"Counting what follows what does better here: the network has learnt less. {_CHANGE}",
    "few": "Whatever the figures say can be chance. Bring more text.",
}


@dataclass(frozen=True)
class Standing:
    """What the sentence is made of.

    Attributes:
        measure, value: that decides, and the model's. ``rival_value``: of the best baseline.
        num_characters: what was judged. ``noun``: what a unit is called.
        rival: the best baseline as it stands in a sentence.
        gain: how much less surprised the model is, in nats a unit; ``p_value`` as in
            ``Comparison``.
    """

    outcome: Outcome
    measure: Measure
    value: float
    rival_value: float
    num_characters: int
    noun: str
    rival: str
    gain: float
    p_value: float | None


def say_verdict(standing: Standing) -> str:
    """Return one sentence or two."""
    said = f"{_say_value(standing)}{_say_beside(standing)}."
    if standing.outcome == "few":
        count = count_words(standing.num_characters, "held-out character")
        return f"Too few to judge: {count}. {said}"
    return said


def _say_value(standing: Standing) -> str:
    value = standing.measure.format(standing.value)
    judged = count_words(standing.num_characters, "character")
    if standing.measure.key == "perplexity":
        return (
            f"Of text that it never read ({judged}), it is as unsure about the next "
            f"{standing.noun} as if {value} were equally likely"
        )
    return f"Text that it never read ({judged}) surprises it by {value} nats a character"


def _say_beside(standing: Standing) -> str:
    rival = f"{standing.rival}: {standing.measure.format(standing.rival_value)}"
    if standing.outcome == "level" or standing.gain == 0:
        return f", exactly as much as {rival}"
    which = "less" if standing.gain > 0 else "more"
    beside = f", {which} than {rival}"
    p_value = standing.p_value
    if p_value is None:
        return f"{beside}; there is too little to tell that from chance"
    if standing.gain > 0:
        chance = say_chance(p_value)
        if standing.outcome == "win":
            return f"{beside}; chance explains such a lead in {chance}"
        return f"{beside}, which may be chance: it explains such a lead in {chance}"
    explained = say_chance(1.0 - p_value)
    though = ", though" if standing.outcome != "loss" else ";"
    return f"{beside}{though} chance explains such a gap in {explained}"
