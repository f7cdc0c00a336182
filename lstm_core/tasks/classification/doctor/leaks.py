"""What is judged was learnt from: copies, or others of the same group, on both sides."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from lstm_core.data.items.splitting.cutting import split_items
from lstm_core.data.items.splitting.plan import SplitPlan
from lstm_core.data.items.splitting.split import Split
from lstm_core.data.wording import count_words
from lstm_core.errors import DataError
from lstm_core.judging.diagnosis import Diagnosis, say_percent
from lstm_core.spec.items import Content
from lstm_core.tasks.classification.baselines.fitting import (
    Sequences,
    fit_baselines,
    select_items,
)
from lstm_core.tasks.classification.baselines.words import BASELINES
from lstm_core.tasks.classification.doctor.settings import KEEP_COPIES, KEEP_GROUPS, Settings
from lstm_core.tasks.classification.judging.answers import choose_labels

FEWEST_COPIES = 3
COPIED = 0.01
"""Share of the test part that are copies, from which on it is worth a word."""

SHARED = 0.1
"""Share of the test part whose group was learnt from, from which on it is."""

QUICK: dict[Content, str] = {"text": "tfidf", "numbers": "features", "symbols": "kmers"}
"""The baseline that is fitted twice to see what keeping apart does."""


@dataclass(frozen=True)
class Apart:
    """The accuracy of a baseline with and without keeping apart what belongs together.

    Attributes:
        baseline: its name.
        mixed, apart: without, and with.
    """

    baseline: str
    mixed: float
    apart: float


def measure_apart(
    content: Content,
    items: Sequences,
    labels: np.ndarray,
    num_labels: int,
    plan: SplitPlan,
    *,
    groups: np.ndarray | None = None,
    copies: np.ndarray | None = None,
) -> Apart | None:
    """Fit a baseline to both splits; what keeping apart costs it, it will cost a network.

    Args:
        plan: the split that is compared with; its seed and shares count for both.
        groups: ``(n,)``, kept apart on one side of the comparison and not on the other.
        copies: the same of exact copies; where groups are given, kept together on both.

    None where it can't be done: too few groups.
    """
    mixed = replace(plan, how="stratified", keep_copies_together=groups is not None)
    kept = replace(
        plan, how="stratified" if groups is None else "grouped", keep_copies_together=True
    )
    name = QUICK[content]
    found = []
    for each in (mixed, kept):
        try:
            split = split_items(each, labels, groups=groups, copies=copies)
        except DataError:  # with so few groups, there is nothing to tell
            return None
        fitted = fit_baselines(
            content, items, labels, split.train, split.validation, num_labels, only=(name,)
        )
        if name not in fitted.models:
            return None
        said = choose_labels(fitted.models[name](select_items(items, split.test)))
        found.append(float((said == labels[split.test]).mean()))
    return Apart(name, *found)


def find_copies(
    labels: np.ndarray,
    probabilities: np.ndarray,
    split: Split,
    copies: np.ndarray,
    settings: Settings,
) -> Diagnosis | None:
    """Look whether held-out items are exact copies of what was learnt from.

    Args:
        labels: ``(n,)`` of the whole collection.
        probabilities: ``(m, labels)`` of the test part, in its order.
        copies: ``(n,)`` the number of each item's set of copies; negative for none.
    """
    learnt = np.concatenate([split.train, split.validation])
    is_copy = np.isin(copies[split.test], copies[learnt]) & (copies[split.test] >= 0)
    num = int(is_copy.sum())
    if num < max(FEWEST_COPIES, COPIED * len(split.test)):
        return None
    right = choose_labels(probabilities) == labels[split.test]
    others = (
        f", of the others {say_percent(float(right[~is_copy].mean()))}" if not is_copy.all() else ""
    )
    return Diagnosis(
        "copies_on_both_sides",
        "It is judged by what it has seen",
        f"{count_words(num, 'held-out item')} ({say_percent(num / len(is_copy))}) are exact copies "
        f"of what was learnt from. Of these {say_percent(float(right[is_copy].mean()))} got their "
        f"right label{others}; reported are {say_percent(float(right.mean()))}.",
        "New items are no copies: what is reported is better than what will come.",
        None if settings.keeps_copies else KEEP_COPIES,
    )


def find_shared_groups(
    split: Split,
    groups: np.ndarray,
    settings: Settings,
    *,
    group: str = "group",
    apart: Apart | None = None,
) -> Diagnosis | None:
    """Look whether held-out items belong to groups that were learnt from.

    Args:
        groups: ``(n,)`` the number of each item's group; negative for none.
        group: what a group is called: the column's name.
        apart: what keeping groups apart does to a baseline, where that was measured.
    """
    known = groups[np.concatenate([split.train, split.validation])]
    own = groups[split.test]
    is_shared = np.isin(own, known) & (own >= 0)
    share = float(is_shared.mean())
    if share < SHARED:
        return None
    evidence = (
        f'{say_percent(share)} of the held-out items have a "{group[:40]}" that was learnt from '
        "as well."
    )
    if apart is not None:
        evidence += (
            f" With each on one side, {BASELINES[apart.baseline]} gets "
            f"{say_percent(apart.apart)} right instead of {say_percent(apart.mixed)}."
        )
    return Diagnosis(
        "groups_on_both_sides",
        "It may know who it is, not what it is",
        evidence,
        "Items of one person, patient or document resemble each other. If the network is to be "
        "used on new ones, keep them apart; if it will only ever meet these, all is well.",
        None if settings.split == "grouped" else KEEP_GROUPS,
    )
