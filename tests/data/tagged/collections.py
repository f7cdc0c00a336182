"""Small collections for the tests of tagged sequences."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from lstm_core.data.items.collection import as_objects
from lstm_core.data.items.signals import Signals
from lstm_core.data.tagged.collection import TaggedCollection


def make_sentences(
    sentences: Sequence[Sequence[tuple[str, str | None]]], scheme: str = "bio", **given: Any
) -> TaggedCollection:
    """Return a collection of sentences, each a list of words and their tags."""
    steps = [step for sentence in sentences for step in sentence]
    columns = {
        name: as_objects(value) if isinstance(value, list) else value
        for name, value in given.items()
    }
    return TaggedCollection(
        content="words",
        scheme=scheme,
        ids=columns.pop("ids", as_objects([str(number) for number in range(len(sentences))])),
        tags=as_objects([tag for _, tag in steps]),
        words=as_objects([word for word, _ in steps]),
        sizes=np.array([len(sentence) for sentence in sentences], dtype=np.int64),
        **columns,
    )


def make_recordings(lengths: Sequence[int], num_channels: int = 2) -> TaggedCollection:
    generator = np.random.default_rng(1)
    items = [generator.normal(size=(length, num_channels)) for length in lengths]
    return TaggedCollection(
        content="numbers",
        scheme="plain",
        ids=as_objects([f"recording {number}" for number in range(len(lengths))]),
        tags=as_objects(["ab"[step // 2 % 2] for length in lengths for step in range(length)]),
        signals=Signals.from_items(items, [f"channel {n}" for n in range(num_channels)]),
    )
