"""What is learnt from, what stops the training and what is judged: the parts, fold by fold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import pandas as pd

from lstm_core.data.items.collection import ItemCollection
from lstm_core.data.items.duplicates import find_duplicates
from lstm_core.data.items.signals import Signals
from lstm_core.data.items.splitting.choosing import Choice, choose_split
from lstm_core.data.items.splitting.cutting import split_items
from lstm_core.data.items.splitting.folding import fold_items
from lstm_core.data.items.splitting.plan import SplitPlan
from lstm_core.data.items.splitting.split import Split
from lstm_core.data.items.splitting.words import say_folds, say_split
from lstm_core.data.items.summary import name_items
from lstm_core.errors import DataError, SpecError
from lstm_core.spec.tasks.classification import ClassificationSpec

FEWEST_ITEMS = 10
"""Labelled ones; fewer can't be shared out to three parts."""

SPLIT_SEED = 0
"""The parts are the same whatever seed the networks are trained by: so runs can be compared."""


@dataclass(frozen=True, eq=False)
class Facts:
    """The labelled items of a collection, as numbers.

    Attributes:
        items: those with a label.
        positions: ``(n,)`` where they stand in the whole collection.
        names: of all labels. ``labels``: ``(n,)`` numbers of names.
        copies: ``(n,)`` the number of each item's set of equal ones.
        groups: ``(n,)`` the number of each item's group, -1 for none; None where none is named.
        group: what a group is called. ``item``: what an item is called.
    """

    items: ItemCollection
    positions: np.ndarray
    names: tuple[str, ...]
    labels: np.ndarray
    copies: np.ndarray
    groups: np.ndarray | None
    group: str
    item: str

    @property
    def sequences(self) -> Sequence[str] | Signals:
        """The items as baselines take them."""
        if self.items.signals is not None:
            return self.items.signals
        assert self.items.texts is not None
        return [str(text) for text in self.items.texts]


@dataclass(frozen=True, eq=False)
class Framing:
    """The parts of a collection.

    Attributes:
        facts: of the labelled items; all positions below are among them.
        plan: how they are split. ``splits``: fold by fold; a single one without folds.
        names: of the labels that are learnt in any fold.
        labels: ``(n,)`` numbers of these; -1 where an item's is none of them.
    """

    facts: Facts
    plan: SplitPlan
    splits: tuple[Split, ...]
    names: tuple[str, ...]
    labels: np.ndarray

    @property
    def counts(self) -> np.ndarray:
        """Items of each label in the first fold's training part, ``(labels,)``."""
        own = self.labels[self.splits[0].train]
        return np.bincount(own[own >= 0], minlength=len(self.names))

    def say(self) -> str:
        """Say what is kept apart, and how."""
        if len(self.splits) > 1:
            return say_folds(self.splits, self.plan, item=self.facts.item)
        facts = self.facts
        group = facts.group or "group"
        return say_split(self.splits[0], self.plan, facts.names, item=facts.item, group=group)


@dataclass(frozen=True)
class _Asked:
    """What a framing was asked for: equal where it would be the same.

    Sentences speak of columns, so that what these are called counts as well.
    """

    fingerprint: str
    roles: tuple[tuple[str, str], ...]
    collection: ItemCollection = field(compare=False, repr=False)
    plan: SplitPlan | None = None
    num_folds: int = 1


def gather_facts(collection: ItemCollection) -> Facts:
    """Number what the labelled items have; once for a collection.

    Raises:
        DataError: there are too few of them, or all have one label.
    """
    return _gather_facts(_Asked(collection.fingerprint, collection.roles, collection))


def frame_items(spec: ClassificationSpec, collection: ItemCollection) -> Framing:
    """Split a collection as the spec, filled in, says; once for each way to ask.

    Raises:
        DataError: what the split goes by is not there, or a part would be empty.
        SpecError: how it is to be split is still to be read from the items.
    """
    plan = plan_split(spec)
    folds = spec.num_folds or 1
    return _frame(_Asked(collection.fingerprint, collection.roles, collection, plan, folds))


def plan_split(spec: ClassificationSpec) -> SplitPlan:
    """Return what a spec, filled in, asks of the split.

    Raises:
        SpecError: it is not filled in.
    """
    if spec.split is None:
        raise SpecError("How the items are split is still to be read from them.")
    return SplitPlan(
        spec.split,
        spec.test_fraction,
        spec.validation_fraction,
        SPLIT_SEED,
        spec.keep_copies_together,
    )


def choose_parts(spec: ClassificationSpec, collection: ItemCollection) -> Choice:
    """Choose what the spec leaves open of how items are split; see ``choose_split``.

    Raises:
        DataError: as ``gather_facts`` does.
    """
    facts = gather_facts(collection)
    is_free = spec.split is None
    return choose_split(
        facts.labels,
        spec.test_fraction,
        groups=facts.groups if is_free or spec.split == "grouped" else None,
        group=facts.group,
        given=facts.items.parts if is_free or spec.split == "given" else None,
    )


@lru_cache(maxsize=4)
def _gather_facts(asked: _Asked) -> Facts:
    collection = asked.collection
    positions = np.flatnonzero(collection.is_labelled)
    items = collection if len(positions) == collection.num_items else collection.select(positions)
    if items.num_items < FEWEST_ITEMS:
        raise DataError(
            f"{items.num_items} items have a label; at least {FEWEST_ITEMS} are needed.",
            "Bring more items with a label; some dozens of each are where a network begins to "
            "learn.",
        )
    names = items.label_names
    if len(names) < 2:
        raise DataError(
            "All items have the same label, so there is nothing to tell apart.",
            "Bring items of another label as well, or choose another column of labels.",
        )
    number = {name: place for place, name in enumerate(names)}
    return Facts(
        items,
        positions,
        names,
        np.array([number[label] for label in items.labels], np.int64),
        find_duplicates(items),
        None if items.groups is None else pd.factorize(items.groups)[0].astype(np.int64),
        dict(items.roles).get("group", ""),
        name_items(items),
    )


@lru_cache(maxsize=8)
def _frame(asked: _Asked) -> Framing:
    assert asked.plan is not None
    facts = gather_facts(asked.collection)
    found = {
        "groups": facts.groups,
        "copies": facts.copies,
        "times": facts.items.times,
        "given": facts.items.parts,
    }
    if asked.num_folds > 1:
        splits = fold_items(asked.plan, asked.num_folds, facts.labels, **found)
    else:
        splits = [split_items(asked.plan, facts.labels, **found)]
    for split in splits:
        _require_two_labels(facts.labels[split.train])
    learnt = np.unique(np.concatenate([facts.labels[split.train] for split in splits]))
    numbers = np.full(len(facts.names), -1, np.int64)
    numbers[learnt] = np.arange(len(learnt))
    names = tuple(facts.names[label] for label in learnt)
    return Framing(facts, asked.plan, tuple(splits), names, numbers[facts.labels])


def _require_two_labels(labels: np.ndarray) -> None:
    """Refuse labels of a training part, ``(n,)``, of which nothing can be learnt."""
    if len(np.unique(labels)) < 2:
        raise DataError(
            "All items of the training part have the same label, so there is nothing to tell "
            "apart.",
            "Bring more items of the other labels, or split them another way.",
        )
