"""What is learnt from, what stops the training and what is judged: the parts, fold by fold."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import pandas as pd

from lstm_core.data.items.duplicates import normalise_text
from lstm_core.data.items.splitting.choosing import Choice, choose_split
from lstm_core.data.items.splitting.cutting import split_items
from lstm_core.data.items.splitting.folding import fold_items
from lstm_core.data.items.splitting.plan import SplitPlan
from lstm_core.data.items.splitting.split import Split
from lstm_core.data.items.splitting.words import say_folds, say_split
from lstm_core.data.tagged.collection import TaggedCollection
from lstm_core.data.tagged.entities import OUTSIDE, list_types
from lstm_core.data.tagged.summary import name_sequence
from lstm_core.errors import DataError, SpecError
from lstm_core.spec.tasks.tagging import TaggingSpec

FEWEST_SEQUENCES = 10
"""Tagged ones; fewer can't be shared out to three parts."""

SPLIT_SEED = 0
"""The parts are the same whatever seed the networks are trained by: so runs can be compared."""

SPREAD = "Tags"
"""What a split spreads evenly, as sentences call it."""


@dataclass(frozen=True, eq=False)
class Facts:
    """The tagged sequences of a collection, as numbers.

    Attributes:
        sequences: those with tags.
        positions: ``(n,)`` where they stand in the whole collection.
        strata: ``(n,)`` the number of each one's rarest tag: by these it is split.
        copies: ``(n,)`` the number of each one's set of equal ones.
        groups: ``(n,)`` the number of each one's group, -1 for none; None where none is named.
        group: what a group is called. ``noun``: what a sequence is called.
    """

    sequences: TaggedCollection
    positions: np.ndarray
    strata: np.ndarray
    copies: np.ndarray
    groups: np.ndarray | None
    group: str
    noun: str


@dataclass(frozen=True, eq=False)
class Framing:
    """The parts of a collection.

    Attributes:
        facts: of the tagged sequences; all positions below are among them.
        plan: how they are split. ``splits``: fold by fold; a single one without folds.
        names: of the tags that are said. Of entities: ``O``, and ``B`` and ``I`` of each type in
            turn, whether or not both occur.
        tags: ``(steps,)`` numbers of these; -1 where a step's is none of them.
    """

    facts: Facts
    plan: SplitPlan
    splits: tuple[Split, ...]
    names: tuple[str, ...]
    tags: np.ndarray

    @property
    def marks_entities(self) -> bool:
        return self.facts.sequences.scheme == "bio"

    def say(self) -> str:
        """Say what is kept apart, and how."""
        facts = self.facts
        if len(self.splits) > 1:
            return say_folds(self.splits, self.plan, item=facts.noun)
        split = self.splits[0]
        # What is missing in the training part is said by tag, not by what was spread.
        known = Split(split.train, split.validation, split.test, split.left_out)
        group = facts.group or "group"
        return say_split(known, self.plan, (), item=facts.noun, group=group, even=SPREAD)

    def list_missing(self) -> list[str]:
        """Return tags, or types of entities, that occur but that no training part has."""
        sequences = self.facts.sequences
        every = list(sequences.tag_counts)
        learnt = sequences.select(np.unique(np.concatenate([s.train for s in self.splits])))
        if self.marks_entities:
            return sorted({*list_types(every)} - {*list_types([*learnt.tag_counts])})
        return sorted({*every} - {*learnt.tag_counts})


@dataclass(frozen=True)
class _Asked:
    """What a framing was asked for: equal where it would be the same."""

    fingerprint: str
    roles: tuple[tuple[str, str], ...]
    collection: TaggedCollection = field(compare=False, repr=False)
    plan: SplitPlan | None = None
    num_folds: int = 1


def gather_facts(collection: TaggedCollection) -> Facts:
    """Number what the tagged sequences have; once for a collection.

    Raises:
        DataError: there are too few of them, or all steps have one tag.
    """
    return _gather_facts(_Asked(collection.fingerprint, collection.roles, collection))


def frame_sequences(spec: TaggingSpec, collection: TaggedCollection) -> Framing:
    """Split a collection as the spec, filled in, says; once for each way to ask.

    Raises:
        DataError: what the split goes by is not there, or a part would be empty.
        SpecError: how it is to be split is still to be read from the data.
    """
    if spec.split is None:
        raise SpecError("How the sequences are split is still to be read from them.")
    plan = SplitPlan(
        spec.split,
        spec.test_fraction,
        spec.validation_fraction,
        SPLIT_SEED,
        spec.keep_copies_together,
    )
    asked = _Asked(collection.fingerprint, collection.roles, collection, plan, spec.num_folds or 1)
    return _frame(asked)


def choose_parts(spec: TaggingSpec, collection: TaggedCollection) -> Choice:
    """Choose what the spec leaves open of how sequences are split; see ``choose_split``.

    Raises:
        DataError: as ``gather_facts`` does.
    """
    facts = gather_facts(collection)
    is_free = spec.split is None
    if is_free and facts.sequences.times is not None and facts.sequences.parts is None:
        reason = "They are pieces of few long recordings: the newest are kept apart."
        return Choice("time", 1, reason)
    return choose_split(
        np.zeros(len(facts.strata), np.int64),  # a rare tag is no reason for folds
        spec.test_fraction,
        groups=facts.groups if is_free or spec.split == "grouped" else None,
        group=facts.group,
        given=facts.sequences.parts if is_free or spec.split == "given" else None,
        even=SPREAD,
        item=facts.noun,
    )


@lru_cache(maxsize=4)
def _gather_facts(asked: _Asked) -> Facts:
    collection = asked.collection
    positions = np.flatnonzero(collection.is_tagged)
    is_whole = len(positions) == collection.num_sequences
    sequences = collection if is_whole else collection.select(positions)
    noun = name_sequence(collection)
    if sequences.num_sequences < FEWEST_SEQUENCES:
        raise DataError(
            f"{sequences.num_sequences} {noun}s have tags; at least {FEWEST_SEQUENCES} are needed.",
            f"Bring more {noun}s with tags; some hundred are where a network begins to learn.",
        )
    counts = sequences.tag_counts
    if len(counts) < 2:
        raise DataError(
            f'All steps have the same tag, "{next(iter(counts))[:40]}", so there is nothing to '
            "learn.",
            "Bring sequences with other tags as well, or choose another column of tags.",
        )
    return Facts(
        sequences,
        positions,
        _find_rarest(sequences),
        _number_copies(sequences),
        None if sequences.groups is None else pd.factorize(sequences.groups)[0].astype(np.int64),
        dict(sequences.roles).get("group", ""),
        noun,
    )


def _find_rarest(sequences: TaggedCollection) -> np.ndarray:
    """Return the number of the rarest tag of each sequence, ``(sequences,)``."""
    counts = sequences.tag_counts
    ranks = {tag: rank for rank, tag in enumerate(sorted(counts, key=lambda tag: -counts[tag]))}
    numbers = np.array([ranks[tag] for tag in sequences.tags], np.int64)
    found: np.ndarray = np.maximum.reduceat(numbers, sequences.starts)
    return found


def _number_copies(sequences: TaggedCollection) -> np.ndarray:
    """Number equal sequences alike, whatever their tags, ``(sequences,)``."""
    seen: dict[object, int] = {}
    keys: list[object] = []
    for number in range(sequences.num_sequences):
        if sequences.signals is not None:
            keys.append(sequences.signals.get_item(number).tobytes())
        else:
            keys.append(normalise_text(" ".join(sequences.get_words(number))))
    return np.array([seen.setdefault(key, len(seen)) for key in keys], np.int64)


@lru_cache(maxsize=8)
def _frame(asked: _Asked) -> Framing:
    assert asked.plan is not None
    facts = gather_facts(asked.collection)
    sequences = facts.sequences
    found = {
        "groups": facts.groups,
        "copies": facts.copies,
        "times": sequences.times,
        "given": sequences.parts,
    }
    if asked.num_folds > 1:
        splits = fold_items(asked.plan, asked.num_folds, facts.strata, **found)
    else:
        splits = [split_items(asked.plan, facts.strata, **found)]
    learnt = sequences.select(np.unique(np.concatenate([split.train for split in splits])))
    names = name_tags(learnt)
    if len(names) < 2:
        raise DataError(
            "All steps of the training part have the same tag, so there is nothing to learn.",
            "Bring more sequences with other tags, or split them another way.",
        )
    number = {name: place for place, name in enumerate(names)}
    tags = np.array([number.get(tag, -1) for tag in sequences.tags], np.int64)
    return Framing(facts, asked.plan, tuple(splits), names, tags)


def name_tags(sequences: TaggedCollection) -> tuple[str, ...]:
    """Return the tags that can be said, in the order of their numbers."""
    if sequences.scheme != "bio":
        return tuple(sequences.tag_counts)
    marks = (f"{mark}{name}" for name in sequences.types for mark in ("B-", "I-"))
    return (OUTSIDE, *marks)
