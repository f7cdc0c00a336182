"""Whether pairs can be learnt, and what is odd about them."""

from __future__ import annotations

from collections.abc import Sequence

from lstm_core.data.pairs.reading.formats.parallel import find_drift
from lstm_core.data.wording import count_words
from lstm_core.errors import DataError

FEWEST_PAIRS = 50
FEW_PAIRS = 500
LONG_WORDS = 500
"""Words of a sentence that a person would call endless."""
LONG_CHARACTERS = 5_000

_MOSTLY_EQUAL = 0.5
_WORST_TAIL = 0.01


def check_ends(before: Sequence[str], after: Sequence[str], given: str, wanted: str) -> None:
    """See that both columns end together.

    Raises:
        DataError: one goes on alone: pasted beside each other, they may not belong together.
    """
    ends = [
        max((n for n, text in enumerate(side, 1) if text), default=0) for side in (before, after)
    ]
    tail = abs(ends[0] - ends[1])
    if tail <= max(1, _WORST_TAIL * max(ends)) or not min(ends):
        return
    counts = [sum(map(bool, side)) for side in (before, after)]
    place = find_drift([len(t) for t in before[: ends[0]]], [len(t) for t in after[: ends[1]]])
    drifts = "" if place is None else f" From about row {place + 1:,} on, lengths drift apart."
    raise DataError(
        f'The columns differ in length: "{given[:40]}" has {count_words(counts[0], "text")} and '
        f'"{wanted[:40]}" {counts[1]:,}; the last {tail:,} rows have one side alone.{drifts}',
        "See to it that both texts of a row belong together, and delete rows with one side.",
    )


def check_pairs(sources: Sequence[str], targets: Sequence[str], wanted: str) -> None:
    """See that there is something to learn.

    Raises:
        DataError: too few pairs, or the same target for all.
    """
    if len(sources) < FEWEST_PAIRS:
        raise DataError(
            f"There {'is' if len(sources) == 1 else 'are'} only "
            f"{count_words(len(sources), 'pair')}: too few to learn from and to judge by.",
            f"Bring {FEWEST_PAIRS} pairs at least; a language takes some ten thousand.",
        )
    if len(set(targets)) == 1:
        raise DataError(
            f'All texts of "{wanted[:40]}" are the same, "{targets[0][:40]}": there is nothing to '
            "learn.",
            "Choose the column of what each text is to be turned into.",
        )


def tell_pairs(sources: Sequence[str], targets: Sequence[str]) -> list[str]:
    """Say what is odd, a sentence each."""
    notes = []
    if len(sources) < FEW_PAIRS:
        notes.append(
            f"{count_words(len(sources), 'pair')} are few: a rule may be learnt from them, a "
            "language is not."
        )
    equal = sum(one == other for one, other in zip(sources, targets, strict=True))
    if equal > _MOSTLY_EQUAL * len(sources):
        notes.append(
            f"In {equal / len(sources):.0%} of the pairs both sides are the same: whoever copies "
            "what is given is right there. Leave such pairs out, unless that is to be learnt."
        )
    long = sum(
        len(text) > LONG_CHARACTERS or (len(text) > LONG_WORDS and len(text.split()) > LONG_WORDS)
        for pair in zip(sources, targets, strict=True)
        for text in pair
    )
    if long:
        longest = max(max(map(len, sources)), max(map(len, targets)))
        notes.append(
            f"{count_words(long, 'text')} {'has' if long == 1 else 'have'} more than "
            f"{LONG_WORDS:,} words or {LONG_CHARACTERS:,} characters, the longest "
            f"{longest:,} characters: what a network reads of it may be cut."
        )
    kinds = len(set(targets))
    if kinds <= 20 and kinds < len(targets) / 10:
        notes.append(
            f"There are only {kinds:,} different targets: to tell so few apart, learn to sort "
            "texts instead."
        )
    return notes
