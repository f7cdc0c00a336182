"""The confirm card: what was understood of the items, how they will be split, and Train."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from lstm_core.charts.classification.labels import draw_label_counts
from lstm_core.data.items.collection import ItemCollection
from lstm_core.data.items.reading.columns.findings import Understanding
from lstm_core.data.items.summary import ItemsSummary
from lstm_core.errors import StudioError
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.classification.framing import Framing, frame_items
from pages._ui.data.draft import Draft, link_to_model
from pages._ui.data.kinds.items.loading import (
    describe_draft_items,
    load_draft_items,
    load_draft_source,
    load_draft_understanding,
)
from pages._ui.data.offers import show_refusal
from pages._ui.data.outlook import Outlook
from pages._ui.data.submission import submit, train_button
from pages._ui.settings.choices import show_choices
from pages._ui.shell.figures import recall_figure
from pages._ui.shell.messages import escape_markdown, show_error
from pages._ui.shell.plotly_options import PLOTLY_CONFIG
from pages._ui.tasks.classification.card_questions import ask_for_group, ask_for_label
from pages._ui.tasks.classification.columns_form import edit_columns
from pages._ui.tasks.classification.examples import show_examples


def show_confirm_card(draft: Draft) -> None:
    """Show the card; where the items can't be used as they are, say why and let it be changed."""
    try:
        load_draft_source(draft)
    except StudioError as error:
        show_error(error)
        return
    with st.container(border=True, key="confirm_card"):
        understanding: Understanding | None = None
        try:
            understanding = load_draft_understanding(draft)
            collection = load_draft_items(draft)
        except StudioError as error:
            show_error(error)
            edit_columns(draft, understanding, expanded=True)
            return
        summary = describe_draft_items(draft)
        _say_what_was_found(collection, summary)
        _show_labels(summary)
        show_examples(collection)
        if understanding is not None:
            ask_for_label(draft, understanding)
            ask_for_group(draft, understanding)
        outlook = Outlook.of(draft.spec, collection)
        if outlook.resolved is None:
            assert outlook.error is not None
            show_refusal(outlook.error, outlook, "data")
            link_to_model()
        else:
            _show_plan(outlook.resolved, outlook, has_copies=bool(summary.duplicates))
        edit_columns(draft, understanding, expanded=False)


def _say_what_was_found(collection: ItemCollection, summary: ItemsSummary) -> None:
    st.header(escape_markdown(summary.title), anchor=False)
    label = dict(collection.roles).get("label")
    column = f", from the column **{escape_markdown(label)}**" if label else ""
    st.markdown(f"Telling apart **{len(summary.labels):,} labels**{column}.")
    lengths = f"Lengths: {summary.lengths[:1].lower()}{summary.lengths[1:]}"
    said = (summary.evenness, lengths, summary.groups, summary.given_split)
    for sentence in filter(None, said):
        st.caption(escape_markdown(sentence))
    for note in (summary.duplicates, summary.conflicts, *summary.notes):
        if note:
            st.caption(f"• {escape_markdown(note)}")


def _show_labels(summary: ItemsSummary) -> None:
    counts = pd.DataFrame(
        {
            "label": [each.label for each in summary.labels],
            "num_items": [each.num_items for each in summary.labels],
        }
    )
    st.plotly_chart(
        recall_figure(draw_label_counts, counts),
        key="data.labels",
        config=PLOTLY_CONFIG | {"displayModeBar": False},
        alt="How many items each label has.",
    )


def _say_ties(framing: Framing, *, has_copies: bool) -> list[str]:
    """Say what stays on one side in each fold, where the split has not said so."""
    said = []
    if framing.plan.how == "grouped" and len(framing.splits) > 1:
        said.append(f'Items of one "{framing.facts.group[:40]}" stay on one side.')
    if has_copies and framing.plan.keep_copies_together:
        said.append("Copies stay on one side.")
    return said


def _show_plan(spec: ExperimentSpec, outlook: Outlook, *, has_copies: bool) -> None:
    """Say how the items are split and what should be known, and offer to train."""
    collection: ItemCollection = outlook.collection
    framing = frame_items(spec.task, collection)
    said = " ".join([framing.say(), *_say_ties(framing, has_copies=has_copies)])
    st.markdown(f":material/balance: {escape_markdown(said)}")
    for caution in outlook.list_cautions():
        st.warning(escape_markdown(caution), icon=":material/warning:")
    with st.container(horizontal=True, vertical_alignment="center"):
        if train_button("data.train", "Train"):
            submit("data.train", outlook.spec, collection)
        link_to_model()
    with st.expander("What was chosen for you, and why", key="data.choices"):
        show_choices(spec, outlook.reasons)
