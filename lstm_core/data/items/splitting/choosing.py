"""Which split suits the items, when nobody has chosen one, and why."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lstm_core.data.items.splitting.plan import How

FEWEST_GROUPS = 3
"""One for each part."""

FEWEST_JUDGED = 100
"""Items of the test part, and"""
FEWEST_OF_LABEL = 10
"""of its rarest label; with fewer, all items are judged in turn."""

NUM_FOLDS = 5
MANY_FOLDS = 10
SMALL = 200
"""Items; so few are cut into more folds, so that enough is left to learn from."""


@dataclass(frozen=True)
class Choice:
    """A choice with its reason, a sentence that may hold names from files."""

    how: How
    num_folds: int
    reason: str


def choose_split(
    labels: np.ndarray,
    test_share: float,
    *,
    groups: np.ndarray | None = None,
    group: str = "",
    given: np.ndarray | None = None,
    even: str = "Labels",
    item: str = "item",
) -> Choice:
    """Choose how to split, and into how many folds; 1 is a single split.

    Args:
        labels: ``(n,)`` whole numbers from 0.
        test_share: what a single split would keep apart.
        groups: ``(n,)`` numbers, negative for none. ``group``: what they are called.
        given: ``(n,)`` names of parts, as the items came.
        even: what is spread over the parts. ``item``: what one is called.
    """
    if given is not None and len({part for part in given.tolist() if part is not None}) > 1:
        return Choice("given", 1, f"The {item}s say themselves which of them are kept apart.")
    how: How = "stratified"
    reason = f"{even} are spread evenly over the parts."
    if groups is not None and len(np.unique(groups[groups >= 0])) >= FEWEST_GROUPS:
        how = "grouped"
        reason = (
            f'{item[:1].upper()}{item[1:]}s of one "{group[:40]}" stay on one side: they resemble '
            "each other, and the network is to know new ones."
        )
    counts = np.bincount(labels[labels >= 0])
    num_judged = test_share * len(labels)
    rarest = test_share * counts[counts > 0].min(initial=len(labels))
    if num_judged >= FEWEST_JUDGED and (rarest >= FEWEST_OF_LABEL or num_judged >= 1_000):
        return Choice(how, 1, reason)
    num_folds = MANY_FOLDS if len(labels) < SMALL else NUM_FOLDS
    return Choice(
        how,
        num_folds,
        f"{reason} {num_judged:,.0f} held-out {item}s would tell little, so that all are judged in "
        f"turn, in {num_folds} folds.",
    )
