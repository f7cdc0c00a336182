"""Labels as they were written: made one spelling each, and asked whether they are classes."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from lstm_core.data.wording import count_words, list_names
from lstm_core.errors import DataError

MOST_LABELS = 1_000
_MANY_LABELS = 200
_FEW_ITEMS = 10
_MANY_NUMBERS = 30
_WORST_SHARE_OF_RARE = 0.05
_MISSING = frozenset({"", "nan", "null", "?", "#n/a"})
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_SHORTEST_WORD = 3
_LONGEST_LABEL = 200


def clean_labels(cells: Sequence[str]) -> tuple[list[str | None], list[str]]:
    """Return a label an item, None where there is none, and what was made alike.

    Whole numbers lose their ``.0``; words that differ in capitals alone become one, the most
    frequent spelling. Labels of one or two letters stay as they are: a and A may be two.
    """
    labels = [" ".join(cell.split())[:_LONGEST_LABEL] for cell in cells]
    given = [None if label.lower() in _MISSING else label for label in labels]
    known = {label for label in given if label is not None}
    if known and all(_NUMBER.fullmatch(label) for label in known):
        whole = {label: float(label) for label in known}
        if all(number.is_integer() and abs(number) < 1e15 for number in whole.values()):
            return [None if label is None else str(int(whole[label])) for label in given], []
        return given, []
    counts = Counter(label for label in given if label is not None)
    spellings: dict[str, list[str]] = defaultdict(list)
    for label in counts:
        spellings[label.casefold()].append(label)
    usual = {
        label: max(family, key=lambda each: (counts[each], each))
        for folded, family in spellings.items()
        for label in family
        if len(folded) >= _SHORTEST_WORD
    }
    merged = sorted({usual[label] for label in usual if usual[label] != label})
    notes = (
        [f"Labels that differ in capitals alone are one: {list_names(merged)}."] if merged else []
    )
    return [None if label is None else usual.get(label, label) for label in given], notes


def check_labels(labels: Sequence[str | None], column: str) -> tuple[set[str], list[str]]:
    """Return labels that are too rare to be learnt, and what there is to be told.

    Args:
        labels: of all items that hold anything.
        column: where they come from, for messages.

    Raises:
        DataError: no labels, one alone, numbers that measure, nearly a label for each item, too
            many, or too many items whose label occurs once.
    """
    counts = Counter(label for label in labels if label is not None)
    total = sum(counts.values())
    title = f'"{column[:60]}"'
    if not counts:
        raise DataError(
            f"No item has a label: {title} is empty.",
            "Choose the column that says what each item is, or fill it in.",
        )
    _refuse_measurements(counts, total, title)
    if len(counts) == 1:
        raise DataError(
            f'All {total:,} items have the same label, "{next(iter(counts))[:40]}".',
            "Add items of at least one other label: there is nothing to tell apart.",
        )
    if len(counts) > max(2, total / 2):
        raise DataError(
            f"{title} has {len(counts):,} different values for {count_words(total, 'item')}: that "
            "is a name for each item, not a label.",
            "Choose a column whose values recur, such as a category.",
        )
    rare = {label for label, count in counts.items() if count < 2}
    kept = len(counts) - len(rare)
    if rare and (kept < 2 or len(rare) > max(1, _WORST_SHARE_OF_RARE * total)):
        raise DataError(
            f"Of {len(counts):,} labels, {len(rare):,} have a single item: "
            f"{list_names(sorted(rare))}.",
            "Bring at least two items of each label, better twenty; or give rare labels a common "
            'name such as "other".',
        )
    _refuse_many(kept, total, title)
    notes = []
    if rare:
        notes.append(
            f"Left out, because a label needs two items at least: {count_words(len(rare), 'label')}"
            f" with a single one, {list_names(sorted(rare))}."
        )
    if kept > _MANY_LABELS:
        notes.append(f"{kept:,} labels are many: expect slow training and rare labels missed.")
    if len(counts) > _MANY_NUMBERS and all(_NUMBER.fullmatch(label) for label in counts):
        notes.append(
            f"The labels are numbers with {len(counts):,} different values: if they measure "
            "something, cut them into ranges such as low, medium and high."
        )
    return rare, notes


def _refuse_measurements(counts: Counter[str], total: int, title: str) -> None:
    if not all(_NUMBER.fullmatch(label) for label in counts):
        return
    values = [float(label) for label in counts]
    fractions = any(not value.is_integer() for value in values)
    if (fractions and len(counts) > 10) or (len(counts) > 20 and total < 5 * len(counts)):
        raise DataError(
            f"{title} holds numbers with {len(counts):,} different values: that is a quantity, "
            "not a class.",
            "Choose a column of classes, or cut the numbers into ranges such as low, medium and "
            "high.",
        )


def _refuse_many(num_labels: int, total: int, title: str) -> None:
    if num_labels > MOST_LABELS or (num_labels > _MANY_LABELS and total < _FEW_ITEMS * num_labels):
        raise DataError(
            f"{title} has {num_labels:,} labels for {count_words(total, 'item')}.",
            f"Join labels that mean nearly the same, or bring at least {_FEW_ITEMS} items of each "
            f"and at most {MOST_LABELS:,} labels.",
        )
