"""One finder a part: which of the free columns it is, why, and which others it could be."""

from __future__ import annotations

from collections.abc import Sequence
from math import log2

import pandas as pd

from lstm_core.data.items.reading.columns.facts import ColumnFacts
from lstm_core.data.items.reading.columns.findings import Finding
from lstm_core.data.items.reading.columns.vocabulary import (
    names_group,
    names_item,
    names_sequence,
    names_split,
    names_text,
    rank_label_name,
)
from lstm_core.data.wording import count_words

_MOST_LABELS = 1_000
_SHARE_UNIQUE = 0.98
_FEW_FOR_GROUPS = 3
"""Items for each group, at least, before a column is offered as one."""


def find_text(facts: Sequence[ColumnFacts], content: str) -> Finding:
    """Find the column of texts, or of sequences of letters: long, and different in each row."""
    candidates = []
    for each in facts:
        if each.is_number or each.is_time or each.num_given == 0 or each.parts > 1:
            continue
        score = min(each.words, 20) / 4 + min(each.characters, 400) / 100
        score += 3 * names_text(each.name) + (3 if each.alphabet is not None else 0)
        score += 2 * names_sequence(each.name) * (each.characters >= 8)
        score += 2 * (each.share_distinct > 0.5)
        score -= 3 * (each.words < 1.5 and names_item(each.name) and each.alphabet is None)
        score -= 3 * (rank_label_name(each.name) >= 2 and each.share_distinct < 0.5)
        if each.share_distinct < 0.1 and not names_text(each.name):
            continue
        candidates.append((score, -each.place, each))
    candidates.sort(key=lambda each: each[:2], reverse=True)
    if not candidates:
        return Finding("text", None, "No column holds texts.")
    best = candidates[0][2]
    reason = "Its cells are the longest" if best.words >= 2 else "Its cells are sequences"
    reason = "Its cells are words" if best.words < 2 and best.alphabet is None else reason
    return Finding("text", best.name, f"{reason}, and nearly all differ.", _names(candidates[1:]))


def find_split(facts: Sequence[ColumnFacts]) -> Finding:
    """Find the column that says train, validation or test of each item."""
    found = [each for each in facts if each.parts > 1]
    found.sort(key=lambda each: not names_split(each.name))
    if not found:
        return Finding("split", None, "No column says train or test.")
    return Finding(
        "split",
        found[0].name,
        "Its values are the names of parts such as train and test.",
        tuple(each.name for each in found[1:]),
    )


def find_label(facts: Sequence[ColumnFacts], place: str = "") -> Finding:
    """Find the column of labels: few values that recur, under a name that says so.

    Args:
        place: ``first`` where the columns have no names and the first or the last of them holds
            the labels, as tables of series have it.
    """
    if place == "first" and facts:
        named = [each for each in facts if rank_label_name(each.name) >= 2]
        facts = named or _ends_of(facts) or facts
    last = max((each.place for each in facts), default=0)
    candidates = []
    for each in facts:
        rank = rank_label_name(each.name)
        if each.num_given == 0 or each.parts > 1:
            continue
        if each.is_time and (rank < 2 or not each.is_number):  # "Tag" is a German day as well
            continue
        recurs = each.num_distinct <= max(2, each.num_given / 2)
        is_class = (
            recurs
            and 2 <= each.num_distinct <= _MOST_LABELS
            and each.words <= 8
            and each.characters <= 80
            and (not each.is_number or each.is_whole)
        )
        if not is_class and rank < 2:
            continue
        score = 2.0 * rank + 3 * is_class + (not each.is_number) + (each.num_distinct <= 30)
        score += 0.5 * (each.place == last) + 0.2 * (each.place == 0)
        score -= 2 * (1 - each.num_given / each.num_rows)
        score -= 0.5 * log2(each.num_distinct)  # two values are a likelier class than twenty
        score -= 2 * names_group(each.name) * (rank < 3) + 2 * names_item(each.name) * (rank < 2)
        candidates.append((score, -each.place, each))
    candidates.sort(key=lambda each: each[:2], reverse=True)
    left = [each for each in facts if each.num_distinct > 1 and not names_item(each.name)]
    if not candidates and len(left) == 1:
        return Finding("label", left[0].name, "It is the only column left.")
    if not candidates:
        return Finding("label", None, "No column has few values that recur.", _others(facts))
    best = candidates[0][2]
    others = _names(candidates[1:])
    reason = f"It has {count_words(best.num_distinct, 'different value')}"
    if rank_label_name(best.name) >= 2:
        reason = f"Its name says so; it has {count_words(best.num_distinct, 'different value')}"
    close = len(candidates) > 1 and candidates[0][0] - candidates[1][0] < 1
    return Finding("label", best.name, f"{reason}.", others, asks=close)


def find_group(
    facts: Sequence[ColumnFacts], more: tuple[pd.DataFrame, pd.Series | None]
) -> Finding:
    """Find who or what several items come from; offer what has far fewer values than items."""
    table, labels = more
    named, offered = [], []
    for each in facts:
        if not 2 <= each.num_distinct <= each.num_given / 2 or each.parts > 1:
            continue
        if (each.is_number and not each.is_whole) or each.words > 6:
            continue
        if labels is not None and _says_the_same(table[each.name], labels):
            continue
        if names_group(each.name):
            named.append(each)
        elif each.num_distinct <= each.num_given / _FEW_FOR_GROUPS and not each.is_time:
            offered.append(each)
    # Fewer values than items by far, yet enough to be set apart.
    offered.sort(key=lambda each: (each.is_number, -each.num_distinct))
    others = tuple(each.name for each in [*named[1:], *offered])
    if named:
        best = named[0]
        return Finding(
            "group",
            best.name,
            f"Its name says that items belong together: {count_words(best.num_distinct, 'value')} "
            f"for {count_words(best.num_given, 'item')}.",
            others,
        )
    if offered:
        best = offered[0]
        return Finding(
            "group",
            None,
            f'Do items belong together? The column "{best.name[:40]}" has only '
            f"{count_words(best.num_distinct, 'value')} for {count_words(best.num_given, 'item')}.",
            others,
            asks=True,
        )
    return Finding("group", None, "No column has far fewer values than there are items.")


def find_item(facts: Sequence[ColumnFacts], table: pd.DataFrame) -> Finding:
    """Find the column that names the items: no two of them alike."""
    found = [
        each
        for each in facts
        if each.share_distinct >= _SHARE_UNIQUE
        and each.num_given >= _SHARE_UNIQUE * len(table)
        and each.characters <= 100
        and each.words <= 4
        and (not each.is_number or each.is_whole)
        and (not each.is_time or names_item(each.name))
    ]
    found.sort(key=lambda each: not names_item(each.name))
    if not found:
        return Finding("item", None, "No column names the items, so they are numbered.")
    return Finding(
        "item", found[0].name, "No two items have the same.", tuple(e.name for e in found[1:])
    )


def find_time(facts: Sequence[ColumnFacts]) -> Finding:
    """Find when an item happened: a date in each row. Numbers may as well say how long it took."""
    found = [each for each in facts if each.is_time and each.num_distinct > 2]
    dates = [each.name for each in found if not each.is_number]
    numbers = [each.name for each in found if each.is_number]
    if not dates:
        return Finding("time", None, "No column says when an item happened.", tuple(numbers))
    return Finding("time", dates[0], "It holds dates.", (*dates[1:], *numbers))


def _ends_of(facts: Sequence[ColumnFacts]) -> list[ColumnFacts]:
    """Return the first and the last column where they are labels rather than steps."""
    ends = [facts[0], facts[-1]]
    words = [each for each in facts if not each.is_number and each.num_given]
    fit = [each for each in ends if each.is_whole and 2 <= each.num_distinct <= 100]
    if words:
        return words
    return sorted(fit, key=lambda each: each.num_distinct)[:1]


def _says_the_same(column: pd.Series, labels: pd.Series) -> bool:
    """Whether a column is the label under other names: one value each way."""
    pairs = pd.concat([column, labels], axis=1).drop_duplicates()
    return len(pairs) == column.nunique() == labels.nunique()


def _names(candidates: Sequence[tuple[float, int, ColumnFacts]]) -> tuple[str, ...]:
    return tuple(each.name for _, _, each in candidates)


def _others(facts: Sequence[ColumnFacts]) -> tuple[str, ...]:
    found = [each for each in facts if each.num_distinct > 1]
    return tuple(each.name for each in sorted(found, key=lambda each: each.num_distinct))
