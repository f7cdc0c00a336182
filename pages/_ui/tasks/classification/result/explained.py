"""What the model says of one item, how sure it is, and what spoke for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import streamlit as st

from lstm_core.charts.classification.marks import draw_legend, mark_text
from lstm_core.charts.classification.probabilities import (
    MOST_BARS,
    draw_probabilities,
    rank_labels,
)
from lstm_core.charts.classification.spoken import draw_spoken
from lstm_core.charts.core.shares import say_share
from lstm_core.data.items.collection import ItemCollection
from lstm_core.data.items.storing import collection_to_bytes
from lstm_core.jobs.questions.explain_item import ExplainItem
from lstm_core.runs.snapshots.run import Run
from lstm_core.tasks.classification.explaining.words import (
    count_unknown,
    say_completeness,
    say_spoken,
)
from pages._ui.shell.figures import recall_figure
from pages._ui.shell.messages import escape_markdown
from pages._ui.shell.plotly_options import PLOTLY_CONFIG
from pages._ui.tasks.asking import ask_about_item
from pages._ui.tasks.classification.result.asked import HOW, WAYS

_SAID = -1
"""In place of a label's number: the one that the model says."""

_WAY_WORDS = {"occlusion": "Hide parts and ask again", "gradients": "Integrated gradients"}


def show_explained(
    run: Run,
    item: ItemCollection,
    *,
    key: str,
    names: Sequence[str],
    truth: str | None = None,
    how: str = HOW,
    label: str | None = None,
) -> tuple[str, str | None]:
    """Ask the run's model about an item and show what it says, with a choice of what to explain.

    Args:
        item: alone in a collection, as ``asking`` makes it.
        key: begins the keys of the widgets. ``names``: of the labels.
        truth: its own label, where it is known.
        how, label: what is chosen at first.

    Returns:
        What is chosen now.
    """
    place = st.container()
    how, label = _choose(key, names, how, label if label in names else None)
    question = ExplainItem(run.id, item.kind, collection_to_bytes(item), how, label)
    with place:
        answer = ask_about_item(key, question)
        if answer is not None:
            _show(key, item, answer, truth)
    return how, label


def _choose(key: str, names: Sequence[str], how: str, label: str | None) -> tuple[str, str | None]:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen: str = st.segmented_control(
            "What spoke for it is found by",
            WAYS,
            default=how,
            required=True,
            format_func=lambda way: _WAY_WORDS[way],
            key=f"{key}_how",
            help="Hiding parts asks the model again with each part hidden and sees what that takes "
            "from the label (occlusion). Integrated gradients follow the way from an item that "
            "says nothing to this one, and add up to exactly what is to be explained.",
        )
        asked: int = st.selectbox(
            "What is explained",
            range(_SAID, len(names)),
            index=0 if label is None else 1 + names.index(label),
            format_func=lambda place: "(what it says)" if place == _SAID else names[place],
            key=f"{key}_label",
            width=260,
        )
    return chosen, None if asked == _SAID else names[asked]


def _show(key: str, item: ItemCollection, answer: dict[str, Any], truth: str | None) -> None:
    labels, probabilities = answer["labels"], answer["probabilities"]
    sure = say_share(max(probabilities))
    st.subheader(f"{escape_markdown(answer['said'])} · {sure} sure", anchor=False)
    _show_truth(answer, truth)
    shown = rank_labels(labels, probabilities, truth)
    st.plotly_chart(
        recall_figure(draw_probabilities, labels, probabilities, truth),
        key=f"{key}_probabilities",
        config=PLOTLY_CONFIG | {"displayModeBar": False},
        alt="How likely each label is: "
        + ", ".join(f"{labels[place]} {say_share(probabilities[place])}" for place in shown)
        + ".",
    )
    if len(labels) > MOST_BARS:
        st.caption(f"The {MOST_BARS} likeliest of {len(labels):,} labels.")
    if item.signals is not None:
        _show_signal(key, item, answer)
    else:
        _show_text(item, answer)
    st.markdown(escape_markdown(say_spoken(answer)))
    st.caption(escape_markdown(say_completeness(answer)))


def _show_truth(answer: dict[str, Any], truth: str | None) -> None:
    if truth is None:
        return
    named = f"Its label is **{escape_markdown(truth)}**"
    if truth == answer["said"]:
        st.markdown(f":material/check: Right: {named[:1].lower()}{named[1:]}.")
    elif truth in answer["labels"]:
        st.markdown(f":material/close: Wrong: {named[:1].lower()}{named[1:]}.")
    else:
        st.markdown(f":material/close: {named}, which no item of the training part has.")


def _show_text(item: ItemCollection, answer: dict[str, Any]) -> None:
    is_spaced = item.content == "text"
    num_unknown = count_unknown(answer)
    marked = mark_text(answer["text"], answer["pieces"], answer["scores"], spaced=is_spaced)
    st.html(marked)
    st.html(draw_legend(answer["label"], has_unknown=num_unknown > 0))
    if num_unknown == len(answer["pieces"]):
        st.warning(
            "Nothing of this was met in training: the answer is a guess.",
            icon=":material/help:",
        )


def _show_signal(key: str, item: ItemCollection, answer: dict[str, Any]) -> None:
    assert item.signals is not None
    values = item.signals.get_item(0)
    spans = [(int(start), int(stop), float(score)) for start, stop, score in answer["spans"]]
    st.plotly_chart(
        recall_figure(
            draw_spoken, np.asarray(values), item.signals.channels, answer["scores"], spans
        ),
        key=f"{key}_spoken",
        config=PLOTLY_CONFIG,
        alt="The signal, the stretches behind it that spoke for the label and against it, and "
        "beneath it how much each step added. The sentence below names them.",
    )
    num_read = int(answer["num_steps"])
    if num_read < len(values):
        st.caption(f"The model reads its first {num_read:,} of {len(values):,} steps.")
