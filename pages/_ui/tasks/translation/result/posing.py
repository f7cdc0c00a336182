"""Texts that a person asks a trained model about, a line each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lstm_core.data.items.collection import as_objects
from lstm_core.data.pairs.collection import PairCollection
from lstm_core.errors import DataError

MOST_LETTERS = 10_000
MOST_LINES = 200
"""Of what is typed; more comes in a file."""


def split_lines(text: str) -> list[str]:
    """Return the lines of what somebody typed that are not empty, with single spaces in them.

    Raises:
        DataError: there is none, or too much.
    """
    remedy = "Upload it in a file instead."
    if len(text) > MOST_LETTERS:
        raise DataError(
            f"This has {len(text):,} characters; {MOST_LETTERS:,} can be typed.", remedy
        )
    kept = text.encode("utf-8", "replace").decode()  # half of a sign can't be kept
    cleaned = (" ".join(line.replace("\0", "").split()) for line in kept.split("\n"))
    lines = [line for line in cleaned if line]
    if not lines:
        raise DataError("There is no text yet.", "Type or paste one, or draw one.")
    if len(lines) > MOST_LINES:
        raise DataError(f"This has {len(lines):,} lines; {MOST_LINES:,} can be typed.", remedy)
    return lines


def pose_lines(lines: Sequence[str]) -> PairCollection:
    """Return texts whose partners are not known."""
    return PairCollection(
        ids=as_objects([str(number + 1) for number in range(len(lines))]),
        sources=as_objects(list(lines)),
        targets=as_objects([None] * len(lines)),
    )


def pose_alone(texts: PairCollection) -> PairCollection:
    """Return texts without what the model is to say."""
    return replace(
        texts,
        targets=as_objects([None] * texts.num_pairs),
        groups=None,
        parts=None,
        roles=(),
        understood=None,
        notes=(),
    )
