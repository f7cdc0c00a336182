"""The confirm card: what was understood of the pairs, how they are split, and Train."""

from __future__ import annotations

import streamlit as st

from lstm_core.data.pairs.collection import PairCollection
from lstm_core.data.pairs.reading.columns.understanding import PairUnderstanding
from lstm_core.data.pairs.summary import PairsSummary
from lstm_core.data.wording import count_words
from lstm_core.errors import StudioError
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.translation.framing import frame_pairs
from pages._ui.data.draft import Draft, link_to_model
from pages._ui.data.kinds.pairs.loading import (
    describe_draft_pairs,
    load_draft_pairs,
    load_draft_pairs_source,
    load_draft_pairs_understanding,
)
from pages._ui.data.offers import show_refusal
from pages._ui.data.outlook import Outlook
from pages._ui.data.submission import submit, train_button
from pages._ui.settings.choices import show_choices
from pages._ui.shell.messages import escape_markdown, show_error
from pages._ui.tasks.translation.card_questions import ask_for_group, ask_for_sides
from pages._ui.tasks.translation.columns_form import edit_columns
from pages._ui.tasks.translation.examples import show_examples


def show_confirm_card(draft: Draft) -> None:
    """Show the card; where the pairs can't be used as they are, say why and let it change."""
    try:
        load_draft_pairs_source(draft)
    except StudioError as error:
        show_error(error)
        return
    with st.container(border=True, key="confirm_card"):
        understanding: PairUnderstanding | None = None
        try:
            understanding = load_draft_pairs_understanding(draft)
            collection = load_draft_pairs(draft)
        except StudioError as error:
            show_error(error)
            edit_columns(draft, understanding, expanded=True)
            return
        _say_what_was_found(collection, describe_draft_pairs(draft))
        show_examples(collection)
        if understanding is not None:
            ask_for_sides(draft, understanding)
            ask_for_group(draft, understanding)
        outlook = Outlook.of(draft.spec, collection)
        if outlook.resolved is None:
            assert outlook.error is not None
            show_refusal(outlook.error, outlook, "data")
            link_to_model()
        else:
            _show_plan(outlook.resolved, outlook)
        edit_columns(draft, understanding, expanded=False)


def _say_what_was_found(collection: PairCollection, summary: PairsSummary) -> None:
    st.header(escape_markdown(summary.title), anchor=False)
    roles = dict(collection.roles)
    count = count_words(int(collection.is_known.sum()), "pair")
    if {"given", "wanted"} <= set(roles):
        given, wanted = (escape_markdown(roles[part][:40]) for part in ("given", "wanted"))
        st.markdown(f"Turning **{given}** into **{wanted}**, learnt from {count}.")
    else:
        st.markdown(f"Turning what is given into what is wanted, learnt from {count}.")
    said = (summary.languages, summary.lengths, summary.groups, summary.given_split)
    for sentence in filter(None, said):
        st.caption(escape_markdown(sentence))
    for note in (summary.repeated, summary.several, summary.equal, *summary.notes):
        if note:
            st.caption(f"• {escape_markdown(note)}")


def _show_plan(spec: ExperimentSpec, outlook: Outlook) -> None:
    """Say how the pairs are split and what should be known, and offer to train."""
    collection: PairCollection = outlook.collection
    framing = frame_pairs(spec.task, collection)
    st.markdown(f":material/balance: {escape_markdown(framing.say())}")
    for caution in outlook.list_cautions():
        st.warning(escape_markdown(caution), icon=":material/warning:")
    with st.container(horizontal=True, vertical_alignment="center"):
        if train_button("data.train", "Train"):
            submit("data.train", outlook.spec, collection)
        link_to_model()
    with st.expander("What was chosen for you, and why", key="data.choices"):
        show_choices(spec, outlook.reasons)
