"""The confirm card: what was understood of the texts, how they are split, and Train."""

from __future__ import annotations

import streamlit as st

from lstm_core.data.documents.collection import DocumentCollection
from lstm_core.data.documents.reading.understanding import DocumentsUnderstanding
from lstm_core.data.documents.summary import DocumentsSummary
from lstm_core.data.wording import count_words
from lstm_core.errors import StudioError
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.language.framing import frame_texts
from pages._ui.data.draft import Draft, link_to_model
from pages._ui.data.kinds.documents.loading import (
    describe_draft_documents,
    load_draft_documents,
    load_draft_documents_source,
    load_draft_documents_understanding,
)
from pages._ui.data.offers import show_refusal
from pages._ui.data.outlook import Outlook
from pages._ui.data.submission import submit, train_button
from pages._ui.settings.choices import show_choices
from pages._ui.shell.messages import escape_markdown, show_error
from pages._ui.tasks.language.card_questions import ask_for_group, ask_for_split, ask_for_text
from pages._ui.tasks.language.columns_form import edit_columns
from pages._ui.tasks.language.examples import show_examples


def show_confirm_card(draft: Draft) -> None:
    """Show the card; where the texts can't be used as they are, say why and let it change."""
    try:
        load_draft_documents_source(draft)
    except StudioError as error:
        show_error(error)
        return
    with st.container(border=True, key="confirm_card"):
        understanding: DocumentsUnderstanding | None = None
        try:
            understanding = load_draft_documents_understanding(draft)
            collection = load_draft_documents(draft)
        except StudioError as error:
            show_error(error)
            edit_columns(draft, understanding, expanded=True)
            return
        _say_what_was_found(collection, describe_draft_documents(draft))
        show_examples(collection)
        if understanding is not None:
            ask_for_text(draft, understanding)
            ask_for_group(draft, understanding)
        outlook = Outlook.of(draft.spec, collection)
        if outlook.resolved is None:
            assert outlook.error is not None
            show_refusal(outlook.error, outlook, "data")
            link_to_model()
        else:
            _show_plan(draft, outlook.resolved, outlook)
        edit_columns(draft, understanding, expanded=False)


def _say_what_was_found(collection: DocumentCollection, summary: DocumentsSummary) -> None:
    st.header(escape_markdown(summary.title), anchor=False)
    column = dict(collection.roles).get("text")
    told = (
        f" of the column **{escape_markdown(str(column))}**"
        if _has_names(collection, column)
        else ""
    )
    texts = count_words(collection.num_documents, "text")
    st.markdown(f"Learning to write on from **{texts}**{told}.")
    said = (summary.signs, summary.lengths, summary.lines, summary.groups, summary.given_split)
    for sentence in filter(None, said):
        st.caption(escape_markdown(sentence))
    for note in (summary.repeated, summary.little, *summary.notes):
        if note:
            st.caption(f"• {escape_markdown(note)}")


def _has_names(collection: DocumentCollection, column: str | None) -> bool:
    """Whether texts come from a column that a person gave a name; files have none."""
    understood = collection.understood
    return bool(column) and understood is not None and bool(understood.header)


def _show_plan(draft: Draft, spec: ExperimentSpec, outlook: Outlook) -> None:
    """Say how the texts are split and what should be known, and offer to train."""
    collection: DocumentCollection = outlook.collection
    ask_for_split(draft, collection, spec.task.split)
    st.markdown(f":material/balance: {escape_markdown(frame_texts(spec.task, collection).say())}")
    for caution in outlook.list_cautions():
        st.warning(escape_markdown(caution), icon=":material/warning:")
    with st.container(horizontal=True, vertical_alignment="center"):
        if train_button("data.train", "Train"):
            submit("data.train", outlook.spec, collection)
        link_to_model()
    with st.expander("What was chosen for you, and why", key="data.choices"):
        show_choices(spec, outlook.reasons)
