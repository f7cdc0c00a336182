"""What is asked on the confirm card itself: which texts, what belongs together, what is kept."""

from __future__ import annotations

import streamlit as st

from lstm_core.data.documents.collection import DocumentCollection
from lstm_core.data.documents.reading.understanding import DocumentsUnderstanding
from lstm_core.spec.items import NO_COLUMN
from pages._ui.data.columns_form import put_parts
from pages._ui.data.draft import Draft, change_draft
from pages._ui.shell.messages import escape_markdown
from pages._ui.shell.widget_keys import follow_value

_MOST_BUTTONS = 5
_LONGEST_NAME = 40

_SPLITS = {
    "end": "The end of each text",
    "documents": "Whole texts",
    "grouped": "Whole texts, none of one group on two sides",
    "given": "As the texts came",
}


def ask_for_text(draft: Draft, understanding: DocumentsUnderstanding) -> None:
    """Offer the other columns of texts."""
    finding = understanding.findings["text"]
    if not finding.others:
        return
    st.caption("Read another column instead:")
    with st.container(horizontal=True):
        for number, name in enumerate(finding.others[:_MOST_BUTTONS]):
            st.button(
                escape_markdown(name[:_LONGEST_NAME]),
                key=f"card.text.{number}",
                on_click=put_parts,
                args=(draft, {"text": name}),
            )


def ask_for_group(draft: Draft, understanding: DocumentsUnderstanding) -> None:
    """Say that texts are taken to belong together, where nobody said so, and offer the contrary."""
    finding = understanding.findings["group"]
    if finding.value is None or draft.spec.data.group is not None:
        return
    with st.container(border=True, key="card.group"):
        name = escape_markdown(finding.value[:_LONGEST_NAME])
        st.markdown(f":material/group: Texts of one “{name}” belong together.")
        st.caption(
            f"{escape_markdown(finding.reason)} Those of one author or book resemble each other. "
            "Kept together, they are either all learnt from or all kept apart."
        )
        st.button(
            "They don't belong together",
            key="card.group.apart",
            on_click=put_parts,
            args=(draft, {"group": NO_COLUMN}),
        )


def ask_for_split(draft: Draft, collection: DocumentCollection, shown: str) -> None:
    """Ask what is kept apart to judge, where there is a choice.

    Args:
        shown: what is kept as things are.
    """
    options = list_splits(collection)
    if len(options) < 2 or shown not in options:
        return
    follow_value("card.split", shown)
    said = st.segmented_control(
        "What is kept apart to judge?",
        options,
        default=shown,
        format_func=_SPLITS.__getitem__,
        required=True,
        key="card.split",
        help="Split. The end of a text resembles what stands before it; whole texts that were "
        "never seen are the harder test.",
    )
    if said is not None and said != shown:
        change_draft(draft.spec.with_values({"task.split": said}))
        st.rerun()


def list_splits(collection: DocumentCollection) -> list[str]:
    """Return the ways in which the texts can be split."""
    able = ["end"]
    if collection.num_documents >= 3:
        able.append("documents")
    groups = set() if collection.groups is None else {*collection.groups.tolist()} - {None}
    if len(groups) >= 3:
        able.append("grouped")
    parts = set() if collection.parts is None else {*collection.parts.tolist()} - {None}
    return [*able, "given"] if len(parts) > 1 else able
