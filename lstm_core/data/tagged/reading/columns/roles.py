"""One finder a part: which of the free columns it is, why, and which others it could be."""

from __future__ import annotations

from collections.abc import Sequence
from math import log2

import numpy as np
import pandas as pd

from lstm_core.data.items.reading.columns.facts import ColumnFacts, read_column
from lstm_core.data.items.reading.columns.findings import Finding
from lstm_core.data.items.reading.columns.stretches import cut_stretches, gather_items
from lstm_core.data.items.reading.columns.vocabulary import names_item, names_time
from lstm_core.data.tagged.reading.columns.names import (
    names_owner,
    names_sentence,
    names_tag,
    names_token,
    rank_tag_name,
)
from lstm_core.data.tagged.schemes import count_tags, recognise_style
from lstm_core.data.wording import count_words
from lstm_core.errors import DataError

_MOST_TAGS = 1_000
_MOST_NUMBERED = 60
_LONGEST_TAG = 80
_SHARE_IN_ORDER = 0.95
_LONGEST_WORD = 30


def find_token(facts: Sequence[ColumnFacts], frame: pd.DataFrame) -> Finding:
    """Find the column of words: one a row, many of them, no numbers and no tags."""
    candidates = []
    for each in facts:
        is_named = names_token(each.name)
        if each.num_given == 0 or each.parts > 1 or (each.is_number and not is_named):
            continue
        if each.words > 1.5 or each.characters > _LONGEST_WORD or each.is_time:
            continue
        if each.num_given < 0.9 * each.num_rows or each.num_distinct < 3:
            continue
        if not is_named and (names_item(each.name) or names_owner(each.name)):
            continue
        if has_scheme(frame[each.name]):
            continue
        score = 4.0 * is_named + log2(each.num_distinct) - 2 * rank_tag_name(each.name)
        score += names_sentence(each.name)
        candidates.append((score, -each.place, each))
    candidates.sort(key=lambda each: each[:2], reverse=True)
    # A column of kinds stands beside numbers as well: words are many, or called so.
    if not candidates:
        return Finding("token", None, "No column holds words.")
    best = candidates[0][2]
    others = tuple(each.name for _, _, each in candidates[1:])
    beside_numbers = sum(each.is_number and not each.is_whole for each in facts)
    if not names_token(best.name) and (beside_numbers or rank_tag_name(best.name) >= 2):
        return Finding("token", None, "No column holds words.", (best.name, *others))
    reason = "Its name says so" if names_token(best.name) else "Its cells are words"
    words = count_words(best.num_distinct, "different word")
    return Finding("token", best.name, f"{reason}: {words}.", others)


def find_tag(
    facts: Sequence[ColumnFacts], frame: pd.DataFrame, content: str, item: str | None
) -> Finding:
    """Find the column of tags: few values that recur, under a name that says so."""
    last = max((each.place for each in facts), default=0)
    candidates = []
    for each in facts:
        rank = rank_tag_name(each.name)
        is_class = (
            2 <= each.num_distinct <= min(_MOST_TAGS, max(2, each.num_given / 2))
            and each.words <= 4
            and each.characters <= _LONGEST_TAG
            and each.parts < 2
            and not (each.is_time and not each.is_number)
            and (not each.is_number or (each.is_whole and each.num_distinct <= _MOST_NUMBERED))
        )
        if each.num_given == 0 or (not is_class and rank < 2):
            continue
        if item is not None and not gather_items(frame, item).varies(frame[each.name]).any():
            continue
        score = 2.0 * rank + 3 * is_class + 2 * (not each.is_number)
        score += 5 * has_scheme(frame[each.name]) + (each.place == last)
        score -= 0.3 * log2(max(2, each.num_distinct)) + 3 * (names_owner(each.name) and rank < 2)
        score -= 3 * (names_item(each.name) and rank < 2)
        if content == "numbers" and each.is_number and rank == 0:
            score -= 3
        candidates.append((score, each.place, each))
    candidates.sort(key=lambda each: each[:2], reverse=True)
    if not candidates:
        return Finding("tag", None, "No column has few values that change within sequences.")
    best = candidates[0][2]
    others = tuple(each.name for _, _, each in candidates[1:])
    said = count_words(best.num_distinct, "different value")
    reason = f"It has {said}."
    if has_scheme(frame[best.name]):
        reason = f"Its tags mark entities; it has {said}."
    elif rank_tag_name(best.name) >= 2:
        reason = f"Its name says so; it has {said}."
    close = len(candidates) > 1 and candidates[0][0] - candidates[1][0] < 1
    return Finding("tag", best.name, reason, others, asks=close)


def find_item(
    facts: Sequence[ColumnFacts], frame: pd.DataFrame, content: str, begins: np.ndarray | None
) -> Finding:
    """Find the column that says which rows are one sequence, where nothing else says it."""
    candidates = []
    for each in facts:
        if not 1 <= each.num_distinct <= max(1, len(frame) / 2) or each.num_given < len(frame):
            continue
        if (each.is_number and not each.is_whole) or each.words > 4 or each.parts > 1:
            continue
        is_named = names_sentence(each.name) or names_item(each.name)
        is_owner = names_owner(each.name)
        if rank_tag_name(each.name) >= 2 or names_token(each.name):
            continue
        if not (is_named or is_owner) or (is_owner and not is_named and content == "words"):
            continue
        num_runs = len(cut_stretches(frame, [each.name]).lengths)
        is_together = num_runs <= 1.02 * each.num_distinct
        # Two values that come and go are a state, not two sequences.
        comes_and_goes = num_runs > 0.7 * len(frame) and not is_named
        if comes_and_goes or (each.num_distinct <= 2 and not is_together):
            continue
        score = 2 * is_named + 2 * names_sentence(each.name) + is_together + (num_runs > 1)
        candidates.append((score, num_runs, -each.place, each))
    candidates.sort(key=lambda each: each[:3], reverse=True)
    others = tuple(each.name for *_, each in candidates)
    if begins is not None:
        return Finding("item", None, "The file says where a sequence begins.", others)
    if not candidates or candidates[0][3].num_distinct < 2:
        return Finding("item", None, "No column says which rows are one sequence.", others)
    best = candidates[0][3]
    said = count_words(best.num_distinct, "different value")
    return Finding("item", best.name, f"Its rows are one sequence: {said}.", others[1:])


def find_group(
    facts: Sequence[ColumnFacts], frame: pd.DataFrame, item: str | None, tag: str | None
) -> Finding:
    """Find who or what several sequences come from: a person, a document."""
    named = []
    for each in facts:
        if not names_owner(each.name) or not 2 <= each.num_distinct <= each.num_given / 2:
            continue
        if each.parts > 1 or (each.is_number and not each.is_whole) or each.name == tag:
            continue
        named.append(each)
    # Of a person and their recordings, the person holds more together.
    named.sort(key=lambda each: each.num_distinct)
    if not named:
        return Finding("group", None, "No column names a person or a document.")
    best = named[0]
    said = count_words(best.num_distinct, "value")
    reason = f"Its name says that sequences belong together: {said}."
    return Finding("group", best.name, reason, tuple(each.name for each in named[1:]))


def find_channels(
    facts: Sequence[ColumnFacts], frame: pd.DataFrame, decimal: str
) -> tuple[str, ...]:
    """Return the columns of numbers that change; what counts rows or tells times is none."""
    return tuple(
        each.name
        for each in facts
        if each.is_number
        and each.num_distinct > 1
        and not each.is_time
        and not names_tag(each.name)  # another kind of tag, which would give this one away
        and not counts_rows(frame[each.name], each, decimal)
    )


def counts_rows(column: pd.Series, facts: ColumnFacts, decimal: str) -> bool:
    """Whether a column grows with nearly every row: it counts them, or tells their times."""
    numbers = read_column(column, decimal)
    steps = np.diff(numbers)
    steps = steps[np.isfinite(steps)]
    if not len(steps):
        return False
    grows = float((steps > 0).mean())
    if names_time(facts.name) or facts.name.strip().lower() in ("", "id", "unnamed: 0", "nr"):
        return grows >= 0.7
    usual = float(np.median(steps))
    # The times of even steps may be fractions; what is measured seldom grows so evenly.
    is_even = usual > 0 and float((np.abs(steps - usual) <= 1e-3 * usual).mean()) >= _SHARE_IN_ORDER
    return is_even and facts.num_distinct > 20


def has_scheme(column: pd.Series) -> bool:
    """Whether a column's values are places in entities."""
    counts = column.value_counts()
    if len(counts) > _MOST_TAGS:
        return False
    found = count_tags([])
    found.update({str(tag): int(count) for tag, count in counts.items() if tag})
    try:
        return recognise_style(found) is not None
    except DataError:
        return True  # most of them are; what is wrong with the others is told later
