"""What is asked of a split of running texts, and which one suits them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from lstm_core.data.documents.collection import DocumentCollection

How = Literal["end", "documents", "grouped", "given"]
"""The end of each text kept apart; whole documents; so with no group on two sides; as the data
say themselves."""

FEWEST_DOCUMENTS = 20
LARGEST_SHARE = 0.3
"""Of all characters, in one document; with a larger one, parts can't be of the size asked for."""
FEWEST_GROUPS = 5


@dataclass(frozen=True)
class TextPlan:
    """What is asked of a split.

    Attributes:
        how: see ``How``.
        test_share: of all characters, kept apart to judge.
        validation_share: of the others, kept to decide when to stop.
        pieces: with ``end``: in how many places of the rest the validation part is taken. One is
            what stands just before the test part. Several leave that to be learnt from, which is
            nearest to what is judged.
        seed: chooses among what is equally good.
    """

    how: How = "end"
    test_share: float = 0.1
    validation_share: float = 0.05
    pieces: int = 1
    seed: int = 0

    def __post_init__(self) -> None:
        for name in ("test_share", "validation_share"):
            if not 0.0 < getattr(self, name) < 1.0:
                raise ValueError(f"{name} lies between 0 and 1, not at {getattr(self, name)}.")
        if self.pieces < 1:
            raise ValueError("The validation part is taken in one place at least.")


@dataclass(frozen=True)
class TextSplitChoice:
    """A choice with its reason, a sentence that may hold names from files."""

    how: How
    reason: str


def choose_text_split(collection: DocumentCollection) -> TextSplitChoice:
    """Choose what is kept apart, when nobody has."""
    if collection.parts is not None:
        return TextSplitChoice("given", "The data say themselves what is kept apart.")
    if collection.num_documents == 1:
        return TextSplitChoice("end", "The end of the text is judged by: it was never read.")
    largest = int(collection.lengths.max()) / collection.num_characters
    if collection.num_documents < FEWEST_DOCUMENTS or largest > LARGEST_SHARE:
        return TextSplitChoice(
            "end", "The end of each text is judged by: there are too few to keep whole ones apart."
        )
    groups = collection.groups
    if groups is not None and len(set(groups.tolist()) - {None}) >= FEWEST_GROUPS:
        weights = [int(collection.lengths[groups == group].sum()) for group in set(groups.tolist())]
        if np.max(weights) <= LARGEST_SHARE * collection.num_characters:
            column = dict(collection.roles).get("group", "group")
            return TextSplitChoice(
                "grouped",
                f'Texts of one "{column[:40]}" stay on one side: they resemble each other.',
            )
    return TextSplitChoice("documents", "Whole texts are kept apart, copies of them on one side.")
