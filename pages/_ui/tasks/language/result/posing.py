"""A text that a person asks a trained model about."""

from __future__ import annotations

from lstm_core.data.documents.collection import DocumentCollection
from lstm_core.data.documents.reading.cleaning import clean_text
from lstm_core.data.items.collection import as_objects
from lstm_core.errors import DataError

MOST_LETTERS = 20_000
"""Of what is typed; longer texts come in a file."""


def pose_text(text: str) -> DocumentCollection:
    """Return what somebody typed as a collection of one text.

    Raises:
        DataError: there is nothing, or too much.
    """
    if len(text) > MOST_LETTERS:
        raise DataError(
            f"This has {len(text):,} characters; {MOST_LETTERS:,} can be typed.",
            "Upload it in a file instead.",
        )
    cleaned = clean_text(text.encode("utf-8", "replace").decode())
    if not cleaned.strip():
        raise DataError("There is no text yet.", "Type or paste one.")
    return DocumentCollection(as_objects(["typed"]), as_objects([cleaned]))
