"""Splits pairs so that no source is learnt from and judged by."""

from __future__ import annotations

import numpy as np

from lstm_core.data.items.splitting.choosing import Choice, choose_split
from lstm_core.data.items.splitting.cutting import split_items
from lstm_core.data.items.splitting.folding import fold_items
from lstm_core.data.items.splitting.plan import SplitPlan
from lstm_core.data.items.splitting.split import Split
from lstm_core.data.pairs.collection import PairCollection
from lstm_core.data.pairs.copies import number_sources


def choose_pair_split(collection: PairCollection, test_share: float = 0.1) -> Choice:
    """Choose how to split, when nobody has, and why."""
    return choose_split(
        _label(collection),
        test_share,
        groups=number_groups(collection),
        group=dict(collection.roles).get("group", "group"),
        given=collection.parts,
        even="Pairs",
    )


def split_pairs(collection: PairCollection, plan: SplitPlan) -> Split:
    """Split as planned; copies of a source, as ``number_sources`` finds them, stay on one side.

    Of parts as given, a copy of what is judged is left out of what is learnt from.

    Raises:
        DataError: what the plan needs is not there, or a part would be empty.
    """
    return split_items(
        plan,
        _label(collection),
        groups=number_groups(collection),
        copies=number_sources(collection),
        given=collection.parts,
    )


def fold_pairs(collection: PairCollection, plan: SplitPlan, num_folds: int) -> list[Split]:
    """Return a split for each fold; see ``fold_items``.

    Raises:
        DataError: there is too little to fold, or what the plan needs is not there.
    """
    return fold_items(
        plan,
        num_folds,
        _label(collection),
        groups=number_groups(collection),
        copies=number_sources(collection),
        given=collection.parts,
    )


def number_groups(collection: PairCollection) -> np.ndarray | None:
    """Number the groups: int64, ``(pairs,)``, -1 for a pair without one; None where none has."""
    if collection.groups is None:
        return None
    numbers: dict[str, int] = {}
    return np.array(
        [-1 if g is None else numbers.setdefault(g, len(numbers)) for g in collection.groups],
        dtype=np.int64,
    )


def _label(collection: PairCollection) -> np.ndarray:
    """Return one label for all: there is nothing but chance to spread evenly."""
    return np.zeros(collection.num_pairs, np.int64)
