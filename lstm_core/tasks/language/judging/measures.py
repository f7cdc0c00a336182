"""What models that write are judged by. Light, so that pages can say it."""

from __future__ import annotations

from lstm_core.judging.measures import Measure
from lstm_core.learning.encoding.unit_kinds.face import UnitKind

NATS = Measure(
    "nats",
    "Nats a character",
    "How surprised it is by each character of text that it never read, on average: the negative "
    "natural logarithm of the probability that it gave to it. 0 is no surprise at all; 0.69 is a "
    "coin's. Of words and pieces, their surprise is shared out among their characters.",
    "smaller",
    0.0,
    ".3f",
)
PERPLEXITY = Measure(
    "perplexity",
    "Perplexity",
    "Among how many units, all equally likely, it would be as unsure as it is about the next one. "
    "Comparable only where units are the same.",
    "smaller",
    1.0,
    ".2f",
)
NATS_A_UNIT = Measure(
    "nats_a_unit",
    "Nats a unit",
    "The same for each unit: character, word or piece. It is what the training makes small.",
    "smaller",
    0.0,
    ".3f",
)
UNKNOWN = Measure(
    "unknown",
    "Unknown units",
    "The share of units of the text judged that the training part lacks. To foresee that something "
    "unknown comes is easier than to foresee what: where there are many, the others flatter.",
    "smaller",
    0.0,
    ".1%",
)

MEASURES = (NATS, PERPLEXITY, NATS_A_UNIT, UNKNOWN)


def choose_first(kind: UnitKind | None) -> Measure:
    """Return the measure that decides for units of a kind."""
    return PERPLEXITY if kind == "words" else NATS
