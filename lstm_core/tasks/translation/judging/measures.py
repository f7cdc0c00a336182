"""What translations are judged by. Light, so that pages can say it."""

from __future__ import annotations

from collections.abc import Sequence

from lstm_core.judging.measures import Measure

BLEU = Measure(
    "bleu",
    "BLEU",
    "How many of the runs of one to four words stand in the reference as well, over all held-out "
    "sentences together; what is too short loses. 100 is the reference itself, and good "
    "translations of people rarely pass 60.",
    "larger",
    100.0,
    ".1f",
)
CHRF = Measure(
    "chrf",
    "chrF",
    "How many of the runs of one to six characters are shared with the reference, those that are "
    "missed counting twice as much as those that are too many. 100 is the reference itself. It "
    "forgives a wrong ending of a word where BLEU does not.",
    "larger",
    100.0,
    ".1f",
)
EXACT = Measure(
    "exact_match",
    "Exact match",
    "The share of held-out texts that came out sign for sign as they should be. Where only one "
    "answer is right, as for dates, it is what counts; a sentence can be said in many ways.",
    "larger",
    1.0,
    ".1%",
)

MEASURES = (BLEU, CHRF, EXACT)

SHORT_WORDS = 3
"""Words that a target usually has at most where it is right or wrong as a whole."""
SHORT_CHARACTERS = 12
"""The same where no spaces part words."""


def choose_first(targets: Sequence[str]) -> Measure:
    """Return the measure that decides: exact match for short targets, BLEU for sentences.

    Args:
        targets: of the training part.
    """
    if not targets:
        return BLEU
    sizes = sorted((len(text.split()), len(text)) for text in targets)
    words, _ = sizes[len(sizes) // 2]
    characters = sorted(length for _, length in sizes)[len(sizes) // 2]
    if words == 1 and characters > SHORT_CHARACTERS:
        # One word that is long, or a sentence without spaces: marks within tell which.
        spread = sum(any(sign in text for sign in "。！？、") for text in targets)
        return BLEU if spread > len(targets) / 2 else EXACT
    return EXACT if words <= SHORT_WORDS else BLEU
