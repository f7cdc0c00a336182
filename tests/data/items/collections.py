"""Small collections for the tests of labelled sequences."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from lstm_core.data.items.collection import ItemCollection, as_objects
from lstm_core.data.items.signals import Signals


def make_texts(
    texts: Sequence[str], labels: Sequence[str | None] | None = None, **given: Any
) -> ItemCollection:
    labels = labels or [None] * len(texts)
    columns: dict[str, Any] = {
        name: as_objects(value) if isinstance(value, list) else value
        for name, value in given.items()
    }
    return ItemCollection(
        content=columns.pop("content", "text"),
        ids=columns.pop("ids", as_objects([str(number) for number in range(len(texts))])),
        labels=as_objects(list(labels)),
        texts=as_objects(list(texts)),
        **columns,
    )


def make_signals(
    lengths: Sequence[int], labels: Sequence[str | None] | None = None, num_channels: int = 2
) -> ItemCollection:
    generator = np.random.default_rng(1)
    items = [generator.normal(size=(length, num_channels)) for length in lengths]
    return ItemCollection(
        content="numbers",
        ids=as_objects([f"item {number}" for number in range(len(lengths))]),
        labels=as_objects(list(labels or [None] * len(lengths))),
        signals=Signals.from_items(items, [f"channel {number}" for number in range(num_channels)]),
    )
