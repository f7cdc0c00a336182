"""The verdict in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lstm_core.data.wording import count_words
from lstm_core.judging.measures import Measure
from lstm_core.judging.outcome import Outcome
from lstm_core.judging.words import say_lead

_CHANGE = "More pairs, or a network that learns for longer, may change that."

ADVICE: Mapping[Outcome, str] = {
    "win": "",
    "mixed": "Which of the two to take depends on which mistakes cost you more.",
    "unclear": "Something simple may do as well: there is too little here to tell the two apart. "
    "More pairs to judge by would.",
    "level": f"Something simple does as well here. {_CHANGE}",
    "behind": "Something simple did better here, though by no more than chance explains: take the "
    f"simple one. {_CHANGE}",
    "loss": f"Something simple does better here: take that. {_CHANGE}",
    "few": "Whatever the figures say can be chance. Bring more pairs, and look at each translation "
    "until then.",
}


@dataclass(frozen=True)
class Standing:
    """What the sentence is made of.

    Attributes:
        measure, value: that decides, and the model's.
        num_pairs: that were judged.
        rival: the best baseline as it stands in a sentence.
        gain: over it, in units of the measure; ``p_value`` as in ``Comparison``.
    """

    outcome: Outcome
    measure: Measure
    value: float
    num_pairs: int
    rival: str
    gain: float
    p_value: float | None


def say_verdict(standing: Standing) -> str:
    """Return one sentence or two."""
    if standing.outcome == "few":
        judged = count_words(standing.num_pairs, "held-out text")
        return f"Too few to judge: {judged}. {_say_value(standing)}{_say_beside(standing)}."
    return f"{_say_value(standing)}{_say_beside(standing)}."


def _say_value(standing: Standing) -> str:
    measure, judged = standing.measure, count_words(standing.num_pairs, "held-out text")
    value = measure.format(standing.value)
    if measure.key == "exact_match":
        return f"{value} of {judged} come out exactly as they should"
    return f"{measure.name} is {value} on {judged}"


def _say_beside(standing: Standing) -> str:
    return say_lead(
        standing.measure, standing.outcome, standing.gain, standing.rival, standing.p_value
    )
