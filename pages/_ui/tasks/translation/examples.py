"""Some pairs, as they were read."""

from __future__ import annotations

import numpy as np
import streamlit as st

from lstm_core.data.pairs.collection import PairCollection
from pages._ui.data.excerpts import mark_all, mark_pair

NUM_EXAMPLES = 4
_MOST_LOOKED_AT = 2_000
"""Pairs among which examples are looked for."""


def show_examples(collection: PairCollection) -> None:
    """Show some pairs, what is given above what is wanted."""
    blocks = [
        mark_pair(collection.sources[number], collection.targets[number])
        for number in choose_examples(collection)
    ]
    if blocks:
        st.html(mark_all(blocks))


def choose_examples(collection: PairCollection, most: int = NUM_EXAMPLES) -> list[int]:
    """Return the places of pairs to show: of all usual lengths, from short to long ones."""
    known = np.flatnonzero(collection.is_known)[:_MOST_LOOKED_AT]
    if not len(known):
        return []
    lengths = np.array([len(collection.sources[number]) for number in known])
    order = known[np.argsort(lengths, kind="stable")]
    places = {round((len(order) - 1) * (step + 1) / (most + 1)) for step in range(most)}
    return [int(order[place]) for place in sorted(places)]
