"""What is wrong with the items: too few of a label, copies that disagree."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lstm_core.data.wording import count_words, list_names
from lstm_core.judging.diagnosis import Diagnosis, say_percent
from lstm_core.tasks.classification.doctor.settings import WEIGH_LABELS, Settings
from lstm_core.tasks.classification.judging.measures import UNEVEN

FEWEST_LEARNT = 10
"""Items of a label in the training part; from fewer, little more is learnt than those."""

DISAGREEING = 0.01
"""Share of the items whose copies have another label, from which on it is worth a word."""


def find_too_few(
    labels: np.ndarray, train: np.ndarray, names: Sequence[str], settings: Settings
) -> Diagnosis | None:
    """Look whether there are labels with hardly an item to learn from.

    Args:
        labels: ``(n,)`` of the whole collection; ``train``: ``(m,)`` positions of that part.
    """
    counts = np.bincount(labels[train], minlength=len(names))
    occurs = np.bincount(labels[labels >= 0], minlength=len(names)) > 0
    few = np.flatnonzero((counts < FEWEST_LEARNT) & occurs)
    if not len(few):
        return None
    few = few[np.argsort(counts[few], kind="stable")]
    fewest = int(few[0])
    has = (
        f'"{names[fewest][:40]}" has {counts[fewest]:,}'
        if counts[fewest]
        else f'"{names[fewest][:40]}" has none and can\'t be learnt'
    )
    is_uneven = counts.max() >= UNEVEN * max(int(counts[few].min()), 1)
    return Diagnosis(
        "too_few_items",
        "Too few items of a label",
        f"{len(few):,} of {len(names):,} labels {'has' if len(few) == 1 else 'have'} fewer than "
        f"{FEWEST_LEARNT} items to learn from: "
        f"{list_names([names[int(label)] for label in few])}. {has}.",
        "A network learns what many items of a label have in common. Bring more of them, join "
        "labels that mean nearly the same, or leave those labels out.",
        WEIGH_LABELS if is_uneven and not settings.weighs_labels else None,
    )


def find_disagreeing_copies(labels: np.ndarray, copies: np.ndarray) -> Diagnosis | None:
    """Look whether exact copies of an item have different labels.

    Args:
        copies: ``(n,)`` the number of each item's set of copies; negative for none.
    """
    has = (copies >= 0) & (labels >= 0)
    if not has.any():
        return None
    sets, places = np.unique(copies[has], return_inverse=True)
    own = labels[has]
    lowest = np.full(len(sets), np.iinfo(np.int64).max)
    highest = np.full(len(sets), -1)
    np.minimum.at(lowest, places, own)
    np.maximum.at(highest, places, own)
    differs = lowest != highest
    num = int(differs[places].sum())
    if num < max(2, DISAGREEING * len(labels)):
        return None
    return Diagnosis(
        "disagreeing_copies",
        "Copies that disagree",
        f"{count_words(num, 'item')} ({say_percent(num / len(labels))} of all) are copies of "
        "another one that has a different label.",
        "Nothing can get both right. Find out which label is true, or let one item have several "
        "meanings in labels of their own.",
    )
