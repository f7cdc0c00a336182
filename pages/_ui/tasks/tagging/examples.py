"""Some sequences with their tags, as they were read."""

from __future__ import annotations

import numpy as np
import streamlit as st

from lstm_core.charts.tagging.ribbon import Ribbon, draw_ribbons
from lstm_core.charts.tagging.sentence import mark_sentence
from lstm_core.charts.tagging.stretches import choose_colours, find_stretches
from lstm_core.data.tagged.collection import TaggedCollection
from lstm_core.data.tagged.entities import OUTSIDE
from pages._ui.shell.figures import recall_figure
from pages._ui.shell.plotly_options import PLOTLY_CONFIG

NUM_EXAMPLES = 3
MOST_STEPS = 600
"""Of a recording that is shown as an example."""

_MOST_WORDS = 60
_MOST_LOOKED_AT = 2_000
"""Sequences among which examples are looked for."""


def show_examples(collection: TaggedCollection) -> None:
    """Show some sentences with their tags in them, or one recording with its tags behind it."""
    is_recording = collection.signals is not None
    numbers = choose_examples(collection, 1 if is_recording else NUM_EXAMPLES)
    if not numbers:
        return
    colours = choose_colours(collection.types)
    if is_recording:
        _show_recording(collection, numbers[0], colours)
        return
    for number in numbers:
        words, tags = collection.get_words(number), collection.get_tags(number)
        st.html(mark_sentence(words[:_MOST_WORDS], tags[:_MOST_WORDS], collection.scheme, colours))


def _show_recording(collection: TaggedCollection, number: int, colours: dict[str, str]) -> None:
    assert collection.signals is not None
    values = collection.signals.get_item(number)[:MOST_STEPS]
    stretches = find_stretches(collection.get_tags(number)[:MOST_STEPS], collection.scheme)
    st.plotly_chart(
        recall_figure(
            draw_ribbons,
            np.asarray(values),
            collection.channels,
            [Ribbon("tags", stretches)],
            colours,
        ),
        key="data.example",
        config=PLOTLY_CONFIG | {"displayModeBar": False},
        alt="One recording: its values over its steps, and below them the tag of each.",
    )
    length = int(collection.lengths[number])
    if length > MOST_STEPS:
        st.caption(f"Its first {MOST_STEPS:,} of {length:,} steps.")


def choose_examples(collection: TaggedCollection, most: int) -> list[int]:
    """Return the places of sequences to show: together they have as many tags as can be.

    Of those that add as many, those come first that have many themselves and a usual length.
    """
    looked_at = np.flatnonzero(collection.is_tagged)[:_MOST_LOOKED_AT].tolist()
    tags = {number: set(collection.get_tags(number)) for number in looked_at}
    usual = float(np.median(collection.lengths)) if looked_at else 0.0
    chosen: list[int] = []
    seen: set[str] = {OUTSIDE}
    while tags and len(chosen) < most:
        best = max(tags, key=lambda n: (
            len(tags[n] - seen), len(tags[n]), -abs(float(collection.lengths[n]) - usual), -n
        ))  # fmt: skip
        seen |= tags.pop(best)
        chosen.append(best)
    return sorted(chosen)
