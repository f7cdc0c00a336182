"""What is learnt from, what stops the training and what is judged: the parts, fold by fold."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from lstm_core.data.items.splitting.choosing import Choice
from lstm_core.data.items.splitting.plan import SplitPlan
from lstm_core.data.items.splitting.split import Split
from lstm_core.data.items.splitting.words import say_folds, say_split
from lstm_core.data.pairs.collection import PairCollection
from lstm_core.data.pairs.copies import number_sources
from lstm_core.data.pairs.splitting import (
    choose_pair_split,
    fold_pairs,
    number_groups,
    split_pairs,
)
from lstm_core.errors import DataError, SpecError
from lstm_core.spec.tasks.translation import TranslationSpec

FEWEST_PAIRS = 20
"""Whose target is known; fewer can't be shared out to three parts that tell anything."""

SPLIT_SEED = 0
"""The parts are the same whatever seed the networks are trained by: so runs can be compared."""

FEWEST_SINGLE = 500
"""Pairs, from which on one split tells enough; with fewer, all are judged in turn."""


@dataclass(frozen=True, eq=False)
class Framing:
    """The parts of a collection.

    Attributes:
        pairs: those whose target is known; all positions are among them.
        positions: ``(n,)`` where they stand in the whole collection.
        plan: how they are split. ``splits``: fold by fold; a single one without folds.
        copies: ``(n,)`` the number of each one's set of equal sources.
        groups: ``(n,)`` the number of each one's group, -1 for none; None where none is named.
    """

    pairs: PairCollection
    positions: np.ndarray
    plan: SplitPlan
    splits: tuple[Split, ...]
    copies: np.ndarray
    groups: np.ndarray | None

    def say(self) -> str:
        """Say what is kept apart, and how."""
        if len(self.splits) > 1:
            return say_folds(self.splits, self.plan, item="pair")
        group = dict(self.pairs.roles).get("group", "group")
        said = say_split(self.splits[0], self.plan, (), item="pair", group=group, even="Pairs")
        return f"{said} Copies stay on one side." if self.plan.keep_copies_together else said

    def count_copies(self, split: Split) -> int:
        """Count the pairs of a test part whose source is learnt from as well."""
        return int(np.isin(self.copies[split.test], self.copies[split.train]).sum())


@dataclass(frozen=True)
class _Asked:
    """What a framing was asked for: equal where it would be the same."""

    fingerprint: str
    roles: tuple[tuple[str, str], ...]
    plan: SplitPlan
    num_folds: int
    collection: PairCollection = field(compare=False, repr=False)


def choose_parts(spec: TranslationSpec, collection: PairCollection) -> Choice:
    """Choose how pairs are split, and into how many folds, when nobody has.

    Raises:
        DataError: there are too few pairs.
    """
    known = _find_known(collection)
    choice = choose_pair_split(known, spec.test_fraction)
    if choice.num_folds > 1 and known.num_pairs >= FEWEST_SINGLE:
        return Choice(choice.how, 1, choice.reason)
    return choice


def frame_pairs(spec: TranslationSpec, collection: PairCollection) -> Framing:
    """Split a collection as the spec, filled in, says; once for each way to ask.

    Raises:
        DataError: there are too few pairs, what the split goes by is not there, or a part would be
            empty.
        SpecError: how it is to be split is still to be read from the data.
    """
    if spec.split is None:
        raise SpecError("How the pairs are split is still to be read from them.")
    plan = SplitPlan(
        spec.split,
        spec.test_fraction,
        spec.validation_fraction,
        SPLIT_SEED,
        spec.keep_copies_together,
    )
    return _frame(
        _Asked(collection.fingerprint, collection.roles, plan, spec.num_folds or 1, collection)
    )


def _find_known(collection: PairCollection) -> PairCollection:
    known = collection.select(collection.is_known)
    if known.num_pairs < FEWEST_PAIRS:
        raise DataError(
            f"There are {known.num_pairs:,} pairs; {FEWEST_PAIRS} are needed at the very least.",
            "Bring more pairs: some thousand are where a network begins to translate.",
        )
    return known


@lru_cache(maxsize=8)
def _frame(asked: _Asked) -> Framing:
    known = _find_known(asked.collection)
    if asked.num_folds > 1:
        splits = fold_pairs(known, asked.plan, asked.num_folds)
    else:
        splits = [split_pairs(known, asked.plan)]
    return Framing(
        known,
        np.flatnonzero(asked.collection.is_known),
        asked.plan,
        tuple(splits),
        number_sources(known),
        number_groups(known),
    )
