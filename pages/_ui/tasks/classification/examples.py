"""Some items as they were read."""

from __future__ import annotations

import numpy as np
import streamlit as st

from lstm_core.charts.classification.signals import draw_signal
from lstm_core.data.items.collection import ItemCollection
from pages._ui.shell.figures import recall_figure
from pages._ui.shell.messages import escape_markdown
from pages._ui.shell.plotly_options import PLOTLY_CONFIG

NUM_EXAMPLES = 4
LONGEST_TEXT = 240


def show_examples(collection: ItemCollection) -> None:
    """Show an item of each of the first labels, or several where there are few labels."""
    numbers = choose_examples(collection.labels, NUM_EXAMPLES)
    for column, number in zip(st.columns(len(numbers)), numbers, strict=True):
        with column:
            label = collection.labels[number]
            st.caption(f"**{escape_markdown(str(label))}**")
            _show_item(collection, number)


def _show_item(collection: ItemCollection, number: int) -> None:
    item = collection.get_item(number)
    if isinstance(item, np.ndarray):
        assert collection.signals is not None
        st.plotly_chart(
            recall_figure(draw_signal, item, collection.signals.channels),
            key=f"data.example_{number}",
            config=PLOTLY_CONFIG | {"displayModeBar": False},
            alt="One item: its values over its steps.",
        )
        return
    st.text(item if len(item) <= LONGEST_TEXT else f"{item[:LONGEST_TEXT]}…")


def choose_examples(labels: np.ndarray, most: int) -> list[int]:
    """Return the places of items to show: the first of each label, then the second, in turn.

    Args:
        labels: ``(items,)``; items without one are passed over.
    """
    by_label: dict[str, list[int]] = {}
    for number, label in enumerate(labels):
        if label is not None and len(by_label.get(label, ())) < most:
            by_label.setdefault(label, []).append(number)
    rounds = [own[turn] for turn in range(most) for own in by_label.values() if turn < len(own)]
    order = {label: place for place, label in enumerate(by_label)}
    return sorted(rounds[:most], key=lambda number: (order[str(labels[number])], number))
