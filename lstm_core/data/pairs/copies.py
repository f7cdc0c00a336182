"""Sources that are the same: numbered, and asked whether they have one target."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from lstm_core.data.items.duplicates import normalise_text
from lstm_core.data.pairs.collection import PairCollection


def number_sources(collection: PairCollection) -> np.ndarray:
    """Number what is equal: int64, ``(pairs,)``; equal sources have equal numbers.

    Capitals, spaces, quotation marks and stops don't count. Numbers are 0, 1, … in the order in
    which the sources first occur.
    """
    numbers: dict[str, int] = {}
    return np.fromiter(
        (numbers.setdefault(normalise_text(text), len(numbers)) for text in collection.sources),
        dtype=np.int64,
        count=collection.num_pairs,
    )


def list_targets(collection: PairCollection) -> dict[str, tuple[str, ...]]:
    """Return the different targets of each source that has more than one, by the source."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for source, target in zip(collection.sources, collection.targets, strict=True):
        if target is not None:
            found[source][target] = None
    return {source: tuple(targets) for source, targets in found.items() if len(targets) > 1}
