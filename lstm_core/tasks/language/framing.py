"""What of running text is learnt from, what stops the training and what is judged."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from lstm_core.data.documents.collection import DocumentCollection
from lstm_core.data.documents.repeats import Repeats, find_repeats
from lstm_core.data.documents.splitting.cutting import split_documents
from lstm_core.data.documents.splitting.plan import TextPlan, TextSplitChoice, choose_text_split
from lstm_core.data.documents.splitting.stretches import TextSplit, count_characters
from lstm_core.data.documents.splitting.words import say_text_split
from lstm_core.errors import DataError
from lstm_core.spec.tasks.language import LanguageSpec

FEWEST_CHARACTERS = 1_000
"""Of less, nothing can be learnt and nothing be told of it."""

PIECES = 8
"""In how many places the validation part is taken of a text whose end is judged: what stands just
before that end, and resembles it most, is then learnt from as well."""


@dataclass(frozen=True, eq=False)
class Framing:
    """The parts of running texts.

    Attributes:
        plan: how they are split. ``split``: the parts.
        repeats: paragraphs that occur again.
    """

    collection: DocumentCollection
    plan: TextPlan
    split: TextSplit
    repeats: Repeats

    def say(self) -> str:
        """Say what is kept apart, and how."""
        roles = dict(self.collection.roles)
        return say_text_split(self.split, self.plan, group=roles.get("group", "group"))

    @property
    def sizes(self) -> tuple[int, int, int]:
        """Characters to learn from, to stop by and to be judged on."""
        train, validation, test = (
            count_characters(part)
            for part in (self.split.train, self.split.validation, self.split.test)
        )
        return train, validation, test

    def list_learnt(self) -> np.ndarray:
        """Return the paragraphs of the test part that are learnt from as well.

        Returns:
            ``(n, 3)`` int64: the document, and where a paragraph starts and stops in it.
        """
        own = self.repeats
        parts = self.split.number_parts(own.documents, own.starts, own.stops)
        found = np.stack([own.documents, own.starts, own.stops], axis=1)
        learnt: np.ndarray = found[own.find_learnt(parts) & (parts == _TEST)]
        return learnt


_TEST = 2
"""The test part's number among ``PARTS``."""


@dataclass(frozen=True)
class _Asked:
    """What a framing was asked for: equal where it would be the same."""

    fingerprint: str
    plan: TextPlan
    collection: DocumentCollection = field(compare=False, repr=False)


def choose_parts(collection: DocumentCollection) -> TextSplitChoice:
    """Choose what is kept apart, when nobody has."""
    return choose_text_split(collection)


def frame_texts(spec: LanguageSpec, collection: DocumentCollection) -> Framing:
    """Split running texts as the spec, filled in, says; once for each way to ask.

    Raises:
        DataError: there is too little text, or it can't be split so.
    """
    if collection.num_characters < FEWEST_CHARACTERS:
        raise DataError(
            f"There are {collection.num_characters:,} characters, and a model that writes needs "
            f"{FEWEST_CHARACTERS:,} at the very least.",
            "Bring more text: a hundred thousand characters are a beginning.",
        )
    assert spec.split is not None
    plan = TextPlan(
        spec.split,
        spec.test_fraction,
        spec.validation_fraction,
        PIECES if spec.split == "end" else 1,
    )
    return _frame(_Asked(collection.fingerprint, plan, collection))


@lru_cache(maxsize=8)
def _frame(asked: _Asked) -> Framing:
    collection = asked.collection
    split = split_documents(collection, asked.plan)
    return Framing(collection, asked.plan, split, find_repeats(collection.texts))
