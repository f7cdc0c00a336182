"""Small collections for the tests of running texts."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from lstm_core.data.documents.collection import DocumentCollection
from lstm_core.data.items.collection import as_objects

WORDS = ("harbour", "ship", "the", "came", "in", "night", "lamp", "and", "old", "sea")


def make_documents(texts: Sequence[str], **given: Any) -> DocumentCollection:
    columns: dict[str, Any] = {
        name: as_objects(value) if isinstance(value, list) else value
        for name, value in given.items()
    }
    ids = columns.pop("ids", as_objects([str(number) for number in range(len(texts))]))
    return DocumentCollection(ids=ids, texts=as_objects(list(texts)), **columns)


def write_prose(num_paragraphs: int, seed: int = 0) -> str:
    """Return paragraphs of a few lines, all different."""
    generator = np.random.default_rng(seed)

    def write_line() -> str:
        line = " ".join(generator.choice(WORDS, int(generator.integers(6, 12))))
        return line.capitalize() + generator.choice([".", "!", ", and", "?"])

    paragraphs = [
        "\n".join(write_line() for _ in range(int(generator.integers(2, 6))))
        for _ in range(num_paragraphs)
    ]
    return "\n\n".join(paragraphs) + "\n"
