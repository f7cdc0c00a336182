"""One item that a person asks a trained model about."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lstm_core.data.items.collection import ItemCollection, as_objects
from lstm_core.data.items.summary import name_items
from lstm_core.errors import DataError

MOST_LETTERS = 20_000
"""Of what is typed; longer items come in a file."""

_TYPED = "typed"


def pose_text(text: str, like: ItemCollection) -> ItemCollection:
    """Return what somebody typed as an item like those of a collection of texts or symbols.

    Raises:
        DataError: there is nothing, or too much.
    """
    noun = name_items(like)
    if not text.strip():
        raise DataError(f"There is no {noun} yet.", f"Type or paste a {noun}, or draw one.")
    if len(text) > MOST_LETTERS:
        raise DataError(
            f"This {noun} has {len(text):,} characters; {MOST_LETTERS:,} can be typed.",
            "Upload it in a file instead.",
        )
    known = text.encode("utf-8", "replace").decode()  # half of a sign can't be kept in a file
    return ItemCollection(
        content=like.content,
        alphabet=like.alphabet,
        ids=as_objects([_TYPED]),
        labels=as_objects([None]),
        texts=as_objects([known]),
    )


def pose_item(collection: ItemCollection, position: int) -> ItemCollection:
    """Return one of the items alone, without what the model is to say."""
    item = collection.select([position])
    return replace(
        item,
        labels=as_objects([None]),
        groups=None,
        times=None,
        parts=None,
        roles=(),
        understood=None,
        notes=(),
    )


def say_agreement(collection: ItemCollection, said: np.ndarray) -> str:
    """Say how many of the labels that new items came with are those that were said; or nothing.

    Args:
        said: ``(items,)`` names.
    """
    known = collection.is_labelled
    count = int(known.sum())
    if not count:
        return ""
    right = int((collection.labels[known] == said[known]).sum())
    whose = "all of them have" if count == len(known) else f"{count:,} of them have"
    return f"{whose[:1].upper()}{whose[1:]} a label already: {right / count:.0%} got that one."
