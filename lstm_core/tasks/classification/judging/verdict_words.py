"""The verdict in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lstm_core.data.wording import count_words
from lstm_core.judging.measures import Measure
from lstm_core.judging.outcome import Outcome
from lstm_core.judging.words import say_chance, say_gain

_CHANGE = "More items, or labels that are told apart by more than single words or figures, may "
_CHANGE += "change that."

ADVICE: Mapping[Outcome, str] = {
    "win": "",
    "mixed": "Which of the two to take depends on which mistakes cost you more.",
    "unclear": "A simple model may do as well: there is too little here to tell the two apart. "
    "More items to judge by would.",
    "level": f"A simple model does as well here. {_CHANGE}",
    "behind": "A simple model did better here, though by no more than chance explains: take the "
    f"simple one. {_CHANGE}",
    "loss": f"A simple model does better here: take that. {_CHANGE}",
    "few": "Whatever the figures say can be chance. Bring more items, and take a simple model "
    "until then.",
}


@dataclass(frozen=True)
class Standing:
    """What the sentence is made of.

    Attributes:
        measure, value: that decides, and the model's.
        accuracy: the model's.
        item: what one is called.
        rival: the best baseline as it stands in a sentence.
        gain: over it, in units of the measure; ``p_value`` as in ``Comparison``.
        worse: a measure by which the model is behind, with both values.
        simplest_gain: over always saying the most frequent label; None where there is nothing to
            add.
    """

    outcome: Outcome
    measure: Measure
    value: float
    accuracy: float
    num_items: int
    num_labels: int
    item: str
    rival: str
    gain: float
    p_value: float | None
    worse: tuple[Measure, float, float] | None
    simplest_gain: float | None


def say_verdict(standing: Standing) -> str:
    """Return one or two sentences."""
    if standing.outcome == "few":
        judged = count_words(standing.num_items, standing.item)
        return (
            f"Too few to judge: {judged} were held out, of which {standing.accuracy:.0%} got their "
            f"right label. Beside {standing.rival}, that is {_say_gain(standing)}."
        )
    sentence = f"{_say_value(standing)}{_say_beside(standing)}."
    if standing.outcome == "mixed":
        assert standing.worse is not None
        measure, own, other = standing.worse
        sentence += (
            f" But its {_name(measure)} is lower: {measure.format(own)} beside "
            f"{measure.format(other)}."
        )
    if standing.outcome != "win" and standing.simplest_gain is not None:
        gain = say_gain(standing.measure, standing.simplest_gain)
        sentence += f" It does beat always saying the most frequent label, by {gain}."
    return sentence


def _say_value(standing: Standing) -> str:
    judged = f"{standing.accuracy:.0%} of {standing.num_items:,} held-out {standing.item}s"
    if standing.measure.key == "accuracy":
        if standing.num_labels == 2:
            return f"Tells the two labels apart in {judged}"
        return f"Finds the right one of {standing.num_labels:,} labels in {judged}"
    return (
        f"Finds the right one of {standing.num_labels:,} labels in {judged}; its "
        f"{_name(standing.measure)}, to which each label counts the same, is "
        f"{standing.measure.format(standing.value)}"
    )


def _say_beside(standing: Standing) -> str:
    p_value = standing.p_value
    gain = _say_gain(standing)
    if standing.outcome == "level":
        return f", exactly as well as {standing.rival}"
    beside = f", {gain} than {standing.rival}"
    if p_value is None:
        return f"{beside}; there is too little to tell that from chance"
    if standing.outcome in ("win", "mixed"):
        return f"{beside}; chance explains such a lead in {say_chance(p_value)}"
    if standing.outcome == "unclear":
        return f"{beside}, which may be chance: it explains such a lead in {say_chance(p_value)}"
    explained = say_chance(1.0 - p_value)
    if standing.outcome == "behind":
        return f"{beside}, though chance explains such a gap in {explained}"
    return f"{beside}; chance explains such a gap in {explained}"


def _say_gain(standing: Standing) -> str:
    if standing.gain == 0:
        return "the same"
    which = "better" if standing.gain > 0 else "worse"
    return f"{say_gain(standing.measure, standing.gain)} {which}"


def _name(measure: Measure) -> str:
    return "macro-F1" if measure.key == "macro_f1" else measure.title.lower()
