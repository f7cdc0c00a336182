"""Tags as they were written: cleaned, put into BIO, and asked whether they can be learnt."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np

from lstm_core.data.tagged.converting import TagReading, read_tags
from lstm_core.data.wording import count_words
from lstm_core.errors import DataError

MOST_TAGS = 1_000
_MANY_TAGS = 200
_MANY_NUMBERS = 30
_MOST_NUMBERS = 200
_LONGEST_TAG = 200
_FEW_STEPS = 5
_NUMBER = re.compile(r"[+-]?(\d{1,20}\.?\d{0,20}|\.\d{1,20})([eE][+-]?\d{1,3})?")


def clean_tags(cells: Sequence[str]) -> list[str | None]:
    """Return a tag a step; None where the cell is blank. Whole numbers lose their ``.0``."""
    cleaned = {cell: " ".join(cell.split())[:_LONGEST_TAG] or None for cell in set(cells)}
    known = [tag for tag in cleaned.values() if tag is not None]
    if known and all(re.fullmatch(r"[+-]?\d{1,15}\.0+", tag) for tag in known):
        cleaned = {cell: tag and tag.partition(".")[0] for cell, tag in cleaned.items()}
    return [cleaned[cell] for cell in cells]


def make_tags(tags: Sequence[str | None], lengths: np.ndarray, column: str) -> TagReading:
    """Return the tags as they are kept, fit to learn from.

    Args:
        tags: of all sequences, one behind another; of one sequence all are known, or none is.
        lengths: int64, ``(sequences,)``.
        column: where they come from, for messages.

    Raises:
        DataError: no tags, one alone, numbers that measure, nearly a tag for each step, or too
            many.
    """
    title = f'"{column[:60]}"'
    _check(Counter(tag for tag in tags if tag is not None), title)
    reading = read_tags(tags, lengths)
    counts = Counter(tag for tag in reading.tags if tag is not None)
    if len(counts) == 1:
        raise _refuse_one(counts)
    notes = list(reading.notes)
    if len(counts) > _MANY_TAGS:
        notes.append(f"{len(counts):,} tags are many: expect slow training and rare tags missed.")
    elif len(counts) > _MANY_NUMBERS and all(_NUMBER.fullmatch(tag) for tag in counts):
        notes.append(
            f"The tags are numbers with {len(counts):,} different values: if they measure "
            "something, cut them into ranges such as low, medium and high."
        )
    return TagReading(reading.tags, reading.scheme, tuple(notes))


def _check(counts: Counter[str], title: str) -> None:
    total = sum(counts.values())
    if not counts:
        raise DataError(
            f"No step has a tag: {title} is empty.",
            "Choose the column that says what each step is, or fill it in.",
        )
    if len(counts) == 1:
        raise _refuse_one(counts)
    if all(_NUMBER.fullmatch(tag) for tag in counts):
        fractions = any(not float(tag).is_integer() for tag in counts)
        is_quantity = len(counts) > (10 if fractions else _MOST_NUMBERS)
        if is_quantity or (len(counts) > 20 and total < _FEW_STEPS * len(counts)):
            raise DataError(
                f"{title} holds numbers with {len(counts):,} different values: that is a "
                "quantity, not a tag.",
                "Choose a column of kinds, or cut the numbers into ranges such as low, medium and "
                "high.",
            )
    if len(counts) > max(2, total / 2):
        raise DataError(
            f"{title} has {len(counts):,} different values for {count_words(total, 'step')}: that "
            "is a name for each step, not a tag.",
            "Choose a column whose values recur, such as a part of speech.",
        )
    if len(counts) > MOST_TAGS:
        raise DataError(
            f"{title} has {len(counts):,} different tags; at most {MOST_TAGS:,} are learnt.",
            "Join tags that mean nearly the same.",
        )


def _refuse_one(counts: Counter[str]) -> DataError:
    return DataError(
        f'All {sum(counts.values()):,} steps have the same tag, "{next(iter(counts))[:40]}".',
        "Bring steps of at least one other tag: there is nothing to tell apart.",
    )
