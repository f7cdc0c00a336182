"""A draft that goes on with what a recorded run was trained on."""

from __future__ import annotations

import streamlit as st

from pages._ui.data.draft import Draft, link_to_model
from pages._ui.shell.messages import escape_markdown


def show_kept_collection(draft: Draft) -> None:
    """Say that a draft goes on with what a recorded run had, whose columns are settled."""
    with st.container(border=True, key="kept_collection"):
        st.markdown(
            f"In use: the data of a run, **{escape_markdown(draft.spec.data.name)}**, as they were "
            "then. To give their columns other roles, bring them again."
        )
        link_to_model()
